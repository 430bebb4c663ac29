package org.partyline.xmpp.internal.stanza;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;

/** When a delayed stanza was sent (XEP-0203). */
public final class Delay {
    /** The namespace of {@code <delay/>}. */
    public static final String NAMESPACE = "urn:xmpp:delay";

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Delay() {}

    /**
     * {@return the time in a {@code <delay/>}, or null if it has none from 1970 to 9999}
     *
     * @param delay the element
     */
    public static @Nullable Instant read(XmlElement delay) {
        String stamp = delay.attribute("stamp");
        if (stamp == null || stamp.length() > 64) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(stamp).toInstant();
            return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * {@return the stanza with a time in it, where it bears none}
     *
     * @param stanza the stanza
     * @param stamp the time, or null for none
     */
    public static XmlElement stamped(XmlElement stanza, @Nullable Instant stamp) {
        return stamp == null || stanza.child(NAMESPACE, "delay") != null
                ? stanza
                : stanza.toBuilder()
                        .child(XmlElement.builder(NAMESPACE, "delay")
                                .attribute("stamp", stamp.toString())
                                .build())
                        .build();
    }
}
