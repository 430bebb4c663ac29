package org.partyline.examples.operator.book;

import java.util.Set;

/**
 * Who did something.
 *
 * @param role on which side
 * @param name which one; for {@link Role#AUTOMATIC}, why
 */
public record Actor(Role role, String name) {
    /** What machines may suspend a license for; all else takes a person. */
    public static final Set<String> AUTOMATIC_REASONS = Set.of("abuse", "quota", "key-compromise");

    /** Checks the name. */
    public Actor {
        if (!name.matches("[a-z0-9][a-z0-9_.-]{0,31}")) {
            throw new IllegalArgumentException(
                    "no name of an actor: letters in lower case, digits, and _ . - within; 32 characters at most");
        }
        if (role == Role.AUTOMATIC && !AUTOMATIC_REASONS.contains(name)) {
            throw new IllegalArgumentException("no reason to do something automatically");
        }
    }

    /** {@return one of the operator's people} */
    public static Actor operator(String name) {
        return new Actor(Role.OPERATOR, name);
    }

    /** {@return a partner} */
    public static Actor partner(String name) {
        return new Actor(Role.PARTNER, name);
    }

    /**
     * {@return the actor of a text}
     *
     * @param text as {@link #toString()} gives it
     * @throws IllegalArgumentException if it is none
     */
    public static Actor parse(String text) {
        for (Role role : Role.values()) {
            if (text.startsWith(role.prefix() + ":")) {
                return new Actor(role, text.substring(role.prefix().length() + 1));
            }
        }
        throw new IllegalArgumentException("no actor");
    }

    @Override
    public String toString() {
        return role.prefix() + ":" + name;
    }
}
