package org.partyline.xmpp.internal.mam;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.error.ImException;
import org.partyline.error.ProtocolViolationException;
import org.partyline.internal.engine.Ids;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.Delay;
import org.partyline.xmpp.internal.stanza.StanzaRoutes;
import org.partyline.xmpp.internal.stanza.StanzaSession;
import org.partyline.xmpp.internal.stanza.Stanzas;

/**
 * Reads pages of the account's own archive (XEP-0313). Results come as messages before the answer to the query; the origin gate
 * lets through those alone that an open query asked for. Loop only.
 */
final class ArchiveReader {
    private static final String OPERATION = "read the archive";
    private static final String FORWARD = "urn:xmpp:forward:0";
    /** Longer ids are not believed to be ids (XEP-0313 gives no bound; ours is that of a stanza's id). */
    private static final int MAX_ID = 1023;

    private final StanzaSession session;
    private final Ids ids = new Ids();
    private final Map<String, Collected> open = new HashMap<>();

    /** What came of one query so far. */
    private static final class Collected {
        final int max;
        final List<ArchivePage.Result> results = new ArrayList<>();
        final Map<String, XmlElement> known = new HashMap<>();
        int repeated;

        @Nullable
        String wrong;

        Collected(int max) {
            this.max = max;
        }

        /**
         * A query that was sent again with a resumed session is answered twice. And there are archives whose ids are times, so that
         * two messages of one moment have one id (ejabberd 23.01).
         */
        void add(ArchivePage.Result result) {
            XmlElement same = known.put(result.id(), result.message());
            if (result.message().equals(same) && ++repeated <= max) {
                return;
            }
            if (results.size() >= max) {
                wrong = "the archive sent more than the " + max + " messages that were asked for";
            } else {
                results.add(result);
            }
        }
    }

    ArchiveReader(StanzaSession session) {
        this.session = session;
    }

    void register(StanzaRoutes routes) {
        routes.onMessage(this::onMessage);
    }

    /** {@return a page; completes on the loop; fails with an {@code ImException}} */
    CompletableFuture<ArchivePage> read(ArchiveRequest request) {
        String queryId = ids.next();
        Collected collected = new Collected(request.max());
        open.put(queryId, collected);
        return session.query(OPERATION, "set", session.account(), request.toXml(queryId), null)
                .handle((answer, failure) -> {
                    open.remove(queryId);
                    if (failure != null) {
                        throw wrapped(failure);
                    }
                    return page(collected, answer.child(ArchiveRequest.ARCHIVE, "fin"));
                });
    }

    private static RuntimeException wrapped(Throwable failure) {
        return failure instanceof RuntimeException known
                ? known
                : new java.util.concurrent.CompletionException(failure);
    }

    private static ArchivePage page(Collected collected, @Nullable XmlElement fin) {
        if (fin == null) {
            throw violation("the archive's answer has no <fin/>");
        }
        if (collected.wrong != null) {
            throw violation(collected.wrong);
        }
        String complete = fin.attribute("complete");
        XmlElement paging = fin.child(ArchiveRequest.PAGING, "set");
        XmlElement last = paging == null ? null : paging.child(ArchiveRequest.PAGING, "last");
        List<ArchivePage.Result> results = collected.results;
        String lastId =
                results.isEmpty() ? null : results.get(results.size() - 1).id();
        if (last != null && lastId != null && !last.text().equals(lastId)) {
            throw violation("the archive's page ends with another message than it says");
        }
        return new ArchivePage(List.copyOf(results), lastId, "true".equals(complete) || "1".equals(complete));
    }

    private static ImException violation(String what) {
        return new ProtocolViolationException(OPERATION, what, null);
    }

    private boolean onMessage(XmlElement stanza) {
        XmlElement result = stanza.child(ArchiveRequest.ARCHIVE, "result");
        if (result == null) {
            return false;
        }
        String queryId = result.attribute("queryid");
        Collected collected = queryId == null ? null : open.get(queryId);
        if (collected == null) {
            return false; // an application asked for it, through the raw door
        }
        String id = result.attribute("id");
        XmlElement forwarded = result.child(FORWARD, "forwarded");
        XmlElement message = forwarded == null ? null : forwarded.child(Stanzas.CLIENT, "message");
        if (id == null || id.isEmpty() || id.length() > MAX_ID || forwarded == null || message == null) {
            collected.wrong = "the archive sent a result without an id or a message";
            return true;
        }
        XmlElement delay = forwarded.child(Delay.NAMESPACE, "delay");
        collected.add(new ArchivePage.Result(
                id,
                delay == null || message.child(Delay.NAMESPACE, "delay") != null
                        ? message
                        : message.toBuilder().child(delay).build()));
        return true;
    }
}
