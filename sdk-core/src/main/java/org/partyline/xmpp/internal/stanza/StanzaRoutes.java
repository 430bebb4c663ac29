package org.partyline.xmpp.internal.stanza;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.transport.xml.XmlElement;

/** Where features say what they handle. Handlers are called on the loop, and must not block. */
public interface StanzaRoutes {

    /**
     * Handles IQ requests by their payload's qualified name. Exactly one feature may claim a name.
     *
     * @param namespace the payload's namespace
     * @param name the payload's local name
     * @param handler answers them
     */
    void onIq(String namespace, String name, IqHandler handler);

    /**
     * Handles messages. Handlers are asked in the order of registration, until one consumes the message.
     *
     * @param handler true when it consumed the message
     */
    void onMessage(Predicate<XmlElement> handler);

    /**
     * Hears every presence stanza.
     *
     * @param handler gets it
     */
    void onPresence(Consumer<XmlElement> handler);

    /**
     * Tells whom this client's messages went to, for those who speak about one (receipts, errors, corrections).
     *
     * @param known knows it; called on the loop
     */
    void onAddressee(Addressees known);

    /**
     * Tells who announced that its {@code <stanza-id/>}s can be relied on (XEP-0359).
     *
     * @param known says it of the account, or of a room; called on the loop
     */
    void onStanzaIds(Predicate<Jid> known);

    /**
     * Names a feature in this client's answer to service discovery (XEP-0030).
     *
     * @param feature the feature's {@code var}
     */
    void discoFeature(String feature);

    /** Knows whom messages of this client went to. */
    @FunctionalInterface
    interface Addressees {
        /**
         * {@return the address that a message went to, or null for one that is not known}
         *
         * @param id the message's id
         */
        @Nullable
        Jid of(String id);
    }

    /** Answers IQ requests. */
    @FunctionalInterface
    interface IqHandler {
        /**
         * Answers a request.
         *
         * @param iq the whole stanza; its {@code type} is {@code get} or {@code set}
         * @return the answer, made by {@link Stanzas#result} or {@link Stanzas#error}
         */
        XmlElement handle(XmlElement iq);
    }
}
