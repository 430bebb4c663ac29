package org.partyline.error;

import org.jspecify.annotations.Nullable;

/** The other side broke the protocol. */
public final class ProtocolViolationException extends ImException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes the failure.
     *
     * @param operation what was attempted
     * @param message which rule was broken, without the text that broke it
     * @param cause the cause, or null
     */
    public ProtocolViolationException(String operation, String message, @Nullable Throwable cause) {
        super(operation, message, cause, true, null);
    }
}
