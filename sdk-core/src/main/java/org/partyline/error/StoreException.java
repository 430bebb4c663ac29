package org.partyline.error;

import org.jspecify.annotations.Nullable;

/**
 * A store could not be opened, read or written.
 *
 * @serial exclude
 */
public final class StoreException extends ImException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** Another client, in this process or in another, has the account's records open. */
        IN_USE,
        /** The directory or its files cannot be made, opened or read. */
        NOT_ACCESSIBLE,
        /** The disk did not take what was to be written: it is full, broken, or was taken away. */
        NOT_WRITTEN,
        /** The key is not the one that the records were written with. */
        WRONG_KEY,
        /** The records were written by a later version of the library. */
        TOO_NEW,
        /** The store is closed. */
        CLOSED
    }

    /**
     * Describes the failure.
     *
     * @param operation what was attempted
     * @param reason why it failed
     * @param message what happened
     * @param cause the cause, or null
     */
    public StoreException(String operation, Reason reason, String message, @Nullable Throwable cause) {
        super(
                operation,
                operation + ": " + message,
                cause,
                reason == Reason.IN_USE || reason == Reason.NOT_WRITTEN || reason == Reason.NOT_ACCESSIBLE,
                null);
        this.reason = reason;
    }

    /** {@return why} */
    public Reason reason() {
        return reason;
    }
}
