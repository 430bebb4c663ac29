package org.partyline.examples.operator;

import java.io.InputStream;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.partyline.examples.operator.book.Actor;
import org.partyline.examples.text.Layout;

/**
 * What every command finds at its place.
 *
 * @param environment the environment variables
 * @param in standard input
 * @param clock tells the time
 */
record Desk(Map<String, String> environment, InputStream in, Clock clock) {
    static final String VARIABLE = "PARTYLINE_OPERATOR";

    Layout layout() {
        return Layout.of(environment);
    }

    /**
     * {@return who sits there}
     *
     * @throws IllegalArgumentException if the account's name is none for an actor
     */
    Actor operator() {
        String name = environment.getOrDefault(VARIABLE, System.getProperty("user.name", ""));
        try {
            return Actor.operator(name.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("say who you are: --as NAME, or " + VARIABLE, e);
        }
    }
}
