package org.partyline.examples.operator.book;

import java.util.Locale;

/** How a product's installations prove what they are. */
public enum Profile {
    /** The partner's backend vouches for each of them. */
    BACKEND,
    /** Nobody vouches for them. */
    EMBEDDED,
    /** There is one, and the partner runs it. */
    BOT;

    /**
     * {@return the profile of a name}
     *
     * @param name in lower case
     * @throws IllegalArgumentException if it is none
     */
    public static Profile parse(String name) {
        for (Profile each : values()) {
            if (each.toString().equals(name)) {
                return each;
            }
        }
        throw new IllegalArgumentException("profiles are backend, embedded and bot");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
