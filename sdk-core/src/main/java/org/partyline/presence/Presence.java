package org.partyline.presence;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody can be reached, in a word and a text.
 *
 * @param availability the word
 * @param statusText the text, or null
 * @param priority which device gets messages that name none: -128 to 127, negative for never
 */
public record Presence(Availability availability, @Nullable String statusText, int priority) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the priority is out of range
     */
    public Presence {
        if (priority < -128 || priority > 127) {
            throw new IllegalArgumentException("priority must be -128 to 127: " + priority);
        }
    }

    /** {@return there} */
    public static Presence available() {
        return new Presence(Availability.AVAILABLE, null, 0);
    }

    /**
     * {@return there, with a text}
     *
     * @param status the text
     */
    public static Presence available(String status) {
        return new Presence(Availability.AVAILABLE, status, 0);
    }

    /**
     * {@return away, with a text}
     *
     * @param status the text
     */
    public static Presence away(String status) {
        return new Presence(Availability.AWAY, status, 0);
    }

    /**
     * {@return busy, with a text}
     *
     * @param status the text
     */
    public static Presence doNotDisturb(String status) {
        return new Presence(Availability.DO_NOT_DISTURB, status, 0);
    }

    /** {@return not there: others see the account leave, while messages still come} */
    public static Presence offline() {
        return new Presence(Availability.OFFLINE, null, 0);
    }

    /**
     * {@return the same with another priority}
     *
     * @param priority -128 to 127
     */
    public Presence withPriority(int priority) {
        return new Presence(availability, statusText, priority);
    }

    /** {@return the text} */
    public Optional<String> status() {
        return Optional.ofNullable(statusText);
    }

    /** {@return whether somebody is there at all} */
    public boolean isAvailable() {
        return availability != Availability.OFFLINE;
    }
}
