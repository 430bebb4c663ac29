package org.partyline.xmpp.internal.trace;

import java.util.Set;

/**
 * What a trace shows of one element. Its name and namespace are always shown, and {@code xml:lang}.
 *
 * @param text what is shown of its text
 * @param all whether all attributes are shown
 * @param attributes those that are shown; the others get what the text gets, and at most a length
 * @param deep whether everything within it is hidden in the same way, whatever it is
 */
record Rule(Show text, boolean all, Set<String> attributes, boolean deep) {

    /** What is shown of a text. */
    enum Show {
        /** The text. */
        TEXT,
        /** The text if the reader of the trace asked for what people wrote, else its length. */
        WRITTEN,
        /** Its length. */
        LENGTH,
        /** That there is one: a length says something of a password. Hidden before it is kept. */
        NOTHING
    }

    /** What holds for an element that no row names. */
    static final Rule UNKNOWN = new Rule(Show.LENGTH, false, Set.of(), false);

    /** What holds for everything within a secret. */
    static final Rule SECRET = new Rule(Show.NOTHING, false, Set.of(), true);

    static Rule shown() {
        return new Rule(Show.TEXT, true, Set.of(), false);
    }

    static Rule shown(String... attributes) {
        return new Rule(Show.TEXT, false, Set.of(attributes), false);
    }

    static Rule written(String... attributes) {
        return new Rule(Show.WRITTEN, false, Set.of(attributes), false);
    }

    static Rule length(String... attributes) {
        return new Rule(Show.LENGTH, false, Set.of(attributes), false);
    }

    /** Text and other attributes are secret, and what is within has rules of its own. */
    static Rule secret(String... attributes) {
        return new Rule(Show.NOTHING, false, Set.of(attributes), false);
    }

    boolean isSecret() {
        return text == Show.NOTHING;
    }

    boolean shows(String attribute) {
        return all || attributes.contains(attribute);
    }
}
