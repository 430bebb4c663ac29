package org.partyline.examples.chat;

/** What was typed cannot be done; the message tells the user why. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }
}
