package org.partyline.error;

import org.jspecify.annotations.Nullable;

/**
 * The connection was lost while the call was under way.
 *
 * @serial exclude
 */
public final class ConnectionLostException extends ImException {
    private static final long serialVersionUID = 1L;

    private final boolean outcomeUnknown;

    /**
     * Describes the failure.
     *
     * @param operation what was attempted
     * @param message what happened
     * @param cause the cause, or null
     * @param outcomeUnknown whether the server may have carried it out
     */
    public ConnectionLostException(
            String operation, String message, @Nullable Throwable cause, boolean outcomeUnknown) {
        super(operation, message, cause, true, null);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** {@return whether the server may have carried it out all the same} */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}
