package org.partyline.examples.operator.book;

/** What was to be done about a license cannot be done as things stand. Nothing was written. */
public final class IllegalTransition extends Exception {
    private static final long serialVersionUID = 1L;

    IllegalTransition(String license, Action action, String why) {
        super("cannot " + action + " " + license + ": " + why);
    }
}
