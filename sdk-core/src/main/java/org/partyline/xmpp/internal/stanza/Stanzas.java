package org.partyline.xmpp.internal.stanza;

import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;

/** Making and reading of stanzas (RFC 6120 section 8). */
public final class Stanzas {
    /** The namespace of stanzas. */
    public static final String CLIENT = "jabber:client";
    /** The namespace of stanza error conditions. */
    public static final String ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas";

    private Stanzas() {}

    /**
     * {@return whether a stanza is an IQ that answers a request}
     *
     * @param stanza the stanza
     */
    public static boolean isAnswer(XmlElement stanza) {
        return stanza.name().equals("iq")
                && ("result".equals(stanza.attribute("type")) || "error".equals(stanza.attribute("type")));
    }

    /**
     * {@return the empty or filled result that answers a request}
     *
     * @param iq the request
     * @param payload the payload, or null for none
     */
    public static XmlElement result(XmlElement iq, @Nullable XmlElement payload) {
        return answer(iq, "result").child(payload).build();
    }

    /**
     * {@return the error that answers a request}
     *
     * @param iq the request
     * @param type {@code cancel}, {@code modify}, {@code auth} or {@code wait}
     * @param condition the condition's name
     */
    public static XmlElement error(XmlElement iq, String type, String condition) {
        return answer(iq, "error")
                .child(XmlElement.builder(CLIENT, "error")
                        .attribute("type", type)
                        .child(XmlElement.of(ERRORS, condition))
                        .build())
                .build();
    }

    /**
     * {@return a text, cut where it is too long: between characters, so that none of it is half a surrogate pair}
     *
     * @param text foreign text
     * @param most how many UTF-16 code units are kept
     */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    private static XmlElement.Builder answer(XmlElement iq, String type) {
        return XmlElement.builder(CLIENT, "iq")
                .attribute("type", type)
                .attribute("id", iq.attribute("id"))
                .attribute("to", iq.attribute("from"));
    }
}
