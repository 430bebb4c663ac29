package org.partyline.error;

/**
 * A message was not sent, and will not be: it was taken back, or its time was up.
 *
 * @serial exclude
 */
public final class NotSentException extends ImException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes the failure.
     *
     * @param message why it was not sent
     */
    public NotSentException(String message) {
        super("send a message", "send a message: " + message, null, false, null);
    }
}
