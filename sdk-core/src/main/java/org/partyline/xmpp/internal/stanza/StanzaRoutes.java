package org.partyline.xmpp.internal.stanza;

import java.util.function.Consumer;
import java.util.function.Predicate;
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
     * Names a feature in this client's answer to service discovery (XEP-0030).
     *
     * @param feature the feature's {@code var}
     */
    void discoFeature(String feature);

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
