package org.partyline.xmpp.internal.carbons;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.Delay;
import org.partyline.xmpp.internal.stanza.Feature;
import org.partyline.xmpp.internal.stanza.StanzaRoutes;
import org.partyline.xmpp.internal.stanza.StanzaSession;
import org.partyline.xmpp.internal.stanza.Stanzas;

/**
 * Copies of messages to and from other devices of this account (XEP-0280). Those that reach this come from the
 * account itself, and hold no other copy: the origin gate sees to that.
 */
public final class CarbonsFeature implements Feature {
    private static final String NAMESPACE = "urn:xmpp:carbons:2";
    private static final String FORWARD = "urn:xmpp:forward:0";

    private final StanzaSession session;
    private final Supplier<CompletableFuture<Boolean>> offered;
    private final Consumer<XmlElement> received;
    private final Consumer<XmlElement> sent;

    /**
     * Makes the feature.
     *
     * @param session the session
     * @param offered asks whether the server has carbons
     * @param received takes the copy of a message that another device got
     * @param sent takes the copy of a message that another device sent
     */
    public CarbonsFeature(
            StanzaSession session,
            Supplier<CompletableFuture<Boolean>> offered,
            Consumer<XmlElement> received,
            Consumer<XmlElement> sent) {
        this.session = session;
        this.offered = offered;
        this.received = received;
        this.sent = sent;
    }

    @Override
    public void register(StanzaRoutes routes) {
        routes.onMessage(this::onMessage);
    }

    @Override
    public XmlElement inlineWish() {
        return XmlElement.of(NAMESPACE, "enable");
    }

    @Override
    public CompletableFuture<Void> onBound() {
        if (session.inlined(NAMESPACE)) {
            return CompletableFuture.completedFuture(null);
        }
        return offered.get()
                .thenCompose(has -> has
                        ? session.query("enable carbons", "set", null, XmlElement.of(NAMESPACE, "enable"), null)
                                .thenApply(result -> null)
                        : CompletableFuture.completedFuture(null));
    }

    private boolean onMessage(XmlElement stanza) {
        XmlElement wrapper = wrapper(stanza);
        if (wrapper == null) {
            return false;
        }
        XmlElement forwarded = wrapper.child(FORWARD, "forwarded");
        XmlElement message = forwarded == null ? null : forwarded.child(Stanzas.CLIENT, "message");
        if (forwarded == null || message == null) {
            return true;
        }
        (wrapper.name().equals("sent") ? sent : received).accept(withDelay(message, forwarded));
        return true;
    }

    /** {@return the first carbon wrapper in a message, or null: a message with one is nothing else besides} */
    private static @Nullable XmlElement wrapper(XmlElement message) {
        for (int i = 0; i < message.nodeCount(); i++) {
            if (message.node(i) instanceof XmlElement child
                    && child.namespace().equals(NAMESPACE)
                    && (child.name().equals("received") || child.name().equals("sent"))) {
                return child;
            }
        }
        return null;
    }

    /** The copy's own time counts, where the message inside bears none (XEP-0297 section 3). */
    private static XmlElement withDelay(XmlElement message, XmlElement forwarded) {
        XmlElement delay = forwarded.child(Delay.NAMESPACE, "delay");
        return delay == null || message.child(Delay.NAMESPACE, "delay") != null
                ? message
                : message.toBuilder().child(delay).build();
    }
}
