package org.partyline.xmpp.internal.mam;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.archive.ArchivePage;
import org.partyline.archive.ArchiveQuery;
import org.partyline.archive.ArchivedMessage;
import org.partyline.archive.MessageArchive;
import org.partyline.error.ImException;
import org.partyline.error.NotConnectedException;
import org.partyline.error.UnsupportedFeatureException;
import org.partyline.internal.engine.Ids;
import org.partyline.internal.future.PublicFuture;
import org.partyline.message.Message;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.ArchiveReader;
import org.partyline.xmpp.internal.stanza.Feature;
import org.partyline.xmpp.internal.stanza.StanzaRoutes;
import org.partyline.xmpp.internal.stanza.StanzaSession;

/** Reads archives of messages (XEP-0313). */
public final class MamFeature implements Feature, MessageArchive, ArchiveReader {
    /** Archives of which it is kept what they can do. */
    private static final int MAX_ARCHIVES = 100;

    /** Makes messages of stanzas. */
    @FunctionalInterface
    public interface MessageReader {
        /**
         * {@return the message, or null for what is none to read}
         *
         * @param stanza a message stanza
         */
        @Nullable
        Message read(XmlElement stanza);
    }

    private final StanzaSession session;
    private final Function<Jid, CompletableFuture<Set<String>>> featuresOf;
    private final MessageReader reader;
    private final Ids ids = new Ids();
    /** As many at most as requests may wait. Any thread takes one away by cancelling; its content is for the loop. */
    private final Map<String, OpenPage> open = new ConcurrentHashMap<>();
    /** What archives can do, asked once a session; loop only. */
    private final Map<Jid, CompletableFuture<Set<String>>> known = new LinkedHashMap<>();

    /**
     * Makes the feature.
     *
     * @param session the session
     * @param featuresOf asks what somebody can do, on the loop
     * @param reader makes messages of stanzas
     */
    public MamFeature(
            StanzaSession session, Function<Jid, CompletableFuture<Set<String>>> featuresOf, MessageReader reader) {
        this.session = session;
        this.featuresOf = featuresOf;
        this.reader = reader;
    }

    @Override
    public void register(StanzaRoutes routes) {
        routes.onMessage(this::onMessage);
    }

    @Override
    public void onSessionEnded() {
        known.clear();
    }

    /** A message with a result is nothing else besides, also where it answers a query of the application's own. */
    private boolean onMessage(XmlElement stanza) {
        XmlElement result = stanza.child(ArchiveStanzas.ARCHIVE, "result");
        if (result == null) {
            return false;
        }
        String id = result.attribute("queryid");
        OpenPage page = id == null ? null : open.get(id);
        if (page != null) {
            try {
                page.take(result);
            } catch (ImException e) {
                page.done().completeExceptionally(e);
            }
        }
        return true;
    }

    @Override
    public CompletableFuture<ArchivePage> page(ArchiveQuery query) {
        ArchiveStanzas.query(query, ""); // throws here and now what cannot be written
        CompletableFuture<ArchivePage> done = new CompletableFuture<>();
        try {
            session.loop().execute(() -> read(query, done));
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(new NotConnectedException(OpenPage.OPERATION));
        }
        return PublicFuture.of(done, session.callbacks());
    }

    @Override
    public Flow.Publisher<ArchivePage> pages(ArchiveQuery query) {
        ArchiveStanzas.query(query, "");
        return new ArchivePages(query, this::page, session.callbacks());
    }

    private void read(ArchiveQuery query, CompletableFuture<ArchivePage> done) {
        CompletableFuture<Page> page = fetch(query);
        page.whenComplete((found, failure) -> {
            if (failure == null) {
                done.complete(publicPage(query, found));
            } else {
                done.completeExceptionally(failure);
            }
        });
        done.whenComplete((found, failure) -> page.cancel(false));
    }

    private ArchivePage publicPage(ArchiveQuery query, Page page) {
        List<ArchivedMessage> messages = new ArrayList<>(page.entries().size());
        for (Entry entry : page.entries()) {
            XmlElement stanza = entry.delayedMessage();
            Message message = stanza == null ? null : reader.read(stanza);
            if (message != null) {
                messages.add(new ArchivedMessage(entry.id(), entry.stamp(), message));
            }
        }
        return new ArchivePage(
                query, messages, page.first(), page.last(), page.complete(), page.stable(), page.total());
    }

    @Override
    public Run forwards(@Nullable String after, @Nullable Instant since) {
        return new ArchiveRun(
                new ArchiveQuery(null, null, since, null, after, null, false, ArchiveQuery.DEFAULT_PAGE_SIZE),
                this::fetch);
    }

    @Override
    public CompletableFuture<Page> newest() {
        return fetch(new ArchiveQuery(null, null, null, null, null, null, true, 1));
    }

    private CompletableFuture<Page> fetch(ArchiveQuery query) {
        CompletableFuture<Page> done = new CompletableFuture<>();
        Jid archive = query.archive() == null ? session.account() : query.archive();
        features(archive).whenComplete((features, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else if (!features.contains(ArchiveStanzas.ARCHIVE)) {
                done.completeExceptionally(unsupported("an archive (XEP-0313)", archive));
            } else if (ArchiveStanzas.needsExtended(query) && !features.contains(ArchiveStanzas.EXTENDED)) {
                done.completeExceptionally(unsupported("ranges of ids (" + ArchiveStanzas.EXTENDED + ")", archive));
            } else if (!done.isDone()) {
                ask(query, done);
            }
        });
        return done;
    }

    /** {@return how many pages are under way} */
    int open() {
        return open.size();
    }

    private static UnsupportedFeatureException unsupported(String feature, Jid by) {
        return new UnsupportedFeatureException(OpenPage.OPERATION, feature, by.toString());
    }

    private CompletableFuture<Set<String>> features(Jid archive) {
        CompletableFuture<Set<String>> asked = known.get(archive);
        if (asked == null || asked.isCompletedExceptionally()) {
            asked = featuresOf.apply(archive);
            known.remove(archive);
            known.put(archive, asked);
            if (known.size() > MAX_ARCHIVES) {
                known.remove(known.keySet().iterator().next());
            }
        }
        return asked;
    }

    private void ask(ArchiveQuery query, CompletableFuture<Page> done) {
        String id = ids.next();
        XmlElement payload = ArchiveStanzas.query(query, id);
        OpenPage page = new OpenPage(query, done);
        open.put(id, page);
        CompletableFuture<XmlElement> answer = session.query(OpenPage.OPERATION, "set", query.archive(), payload, null);
        answer.whenComplete((iq, failure) -> {
            open.remove(id);
            if (failure == null) {
                page.close(iq);
            } else {
                done.completeExceptionally(failure);
            }
        });
        // Cancelled, or not to be believed, it is not waited for, and the origin gate lets no more of it in.
        done.whenComplete((found, failure) -> answer.cancel(false));
    }
}
