package org.partyline.xmpp.internal.sm;

import java.util.OptionalInt;
import org.partyline.transport.xml.XmlElement;

/** The elements of stream management, version 3 (XEP-0198). */
public final class SmElements {
    /** The namespace. */
    public static final String NS = "urn:xmpp:sm:3";

    private SmElements() {}

    /** {@return the request to switch stream management on, with resumption} */
    public static XmlElement enable() {
        return XmlElement.builder(NS, "enable").attribute("resume", "true").build();
    }

    /**
     * {@return the request to resume a session}
     *
     * @param session the session
     */
    public static XmlElement resume(SmSession session) {
        return XmlElement.builder(NS, "resume")
                .attribute("h", Integer.toUnsignedString(session.received()))
                .attribute("previd", session.id())
                .build();
    }

    /** {@return the request for an acknowledgement} */
    public static XmlElement request() {
        return XmlElement.of(NS, "r");
    }

    /**
     * {@return an acknowledgement}
     *
     * @param received how many stanzas were handled, as unsigned
     */
    public static XmlElement ack(int received) {
        return XmlElement.builder(NS, "a")
                .attribute("h", Integer.toUnsignedString(received))
                .build();
    }

    /**
     * {@return the counter of an element, as unsigned, or empty if it has none that is one}
     *
     * @param element the element
     */
    public static OptionalInt count(XmlElement element) {
        String h = element.attribute("h");
        if (h == null || h.isEmpty() || h.length() > 10 || !h.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        long value = Long.parseLong(h);
        return value > 0xFFFF_FFFFL ? OptionalInt.empty() : OptionalInt.of((int) value);
    }
}
