package org.partyline.xmpp.internal.message;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.partyline.address.Jid;
import org.partyline.internal.engine.Ids;
import org.partyline.message.Message;
import org.partyline.message.MessageType;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.LruMaps;
import org.partyline.xmpp.internal.stanza.StanzaSession;
import org.partyline.xmpp.internal.stanza.Stanzas;

/** Tells others which of their messages the user was shown (XEP-0333). Loop only. */
final class MarkerSender {
    /** Conversations of which the last marker is known, so that it is not sent twice; the longest unused is forgotten. */
    static final int MOST_MARKED = 1_000;

    private static final XmlElement STORE = XmlElement.of("urn:xmpp:hints", "store");

    private final StanzaSession session;
    private final Predicate<Jid> mayKnow;
    private final Ids ids = new Ids();
    private final Map<Jid, String> marked = LruMaps.ofAtMost(MOST_MARKED);

    /**
     * @param session the session
     * @param mayKnow whether somebody may learn that this account is there
     */
    MarkerSender(StanzaSession session, Predicate<Jid> mayKnow) {
        this.session = session;
        this.mayKnow = mayKnow;
    }

    /** {@return completes with whether a marker was written, on the loop} */
    CompletableFuture<Boolean> mark(Message message) {
        Jid peer = message.from().bare();
        String id = message.id();
        if (id == null || !isToBeMarked(message, peer) || id.equals(marked.get(peer))) {
            return CompletableFuture.completedFuture(false);
        }
        XmlElement stanza = XmlElement.builder(Stanzas.CLIENT, "message")
                .attribute("to", peer.toString())
                .attribute("id", ids.next())
                .attribute("type", MessageStanza.name(message.type()))
                .child(XmlElement.builder(MessageStanza.MARKERS, "displayed")
                        .attribute("id", id)
                        .build())
                .child(STORE)
                .build();
        return session.send("mark a message as displayed", stanza).thenApply(written -> {
            marked.put(peer, id);
            return true;
        });
    }

    /** What was not asked for is not told, nor what this account sent (XEP-0333 section 5), nor to whom may not know (section 7). */
    private boolean isToBeMarked(Message message, Jid peer) {
        return message.markable()
                && message.type() != MessageType.GROUPCHAT
                && !peer.equals(session.account())
                && mayKnow.test(message.from());
    }
}
