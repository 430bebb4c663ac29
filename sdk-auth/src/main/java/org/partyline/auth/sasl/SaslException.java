package org.partyline.auth.sasl;

import org.jspecify.annotations.Nullable;

/**
 * Sign-in that cannot go on, found on this side. The message never holds a secret.
 *
 * @serial exclude
 */
public final class SaslException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** No mechanism that the server offers is allowed and usable with these credentials. */
        NO_MECHANISM,
        /** The credentials' supplier failed, or gave nothing, or gave what the mechanism cannot carry. */
        CREDENTIALS_UNUSABLE,
        /** The server's message does not follow the mechanism's grammar, or is out of bounds. */
        BAD_CHALLENGE,
        /** What the server offers is weaker than before, or contradicts itself: somebody between may have changed it. */
        DOWNGRADE,
        /** The server did not prove that it knows the account. */
        SERVER_NOT_VERIFIED,
        /** It was cancelled, or took too long. */
        CANCELLED
    }

    private final Reason reason;

    /**
     * Describes the failure.
     *
     * @param reason what is wrong
     * @param message for people; holds no secret
     */
    public SaslException(Reason reason, String message) {
        this(reason, message, null);
    }

    /**
     * Describes the failure.
     *
     * @param reason what is wrong
     * @param message for people; holds no secret
     * @param cause the cause, or null
     */
    public SaslException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** {@return what is wrong} */
    public Reason reason() {
        return reason;
    }
}
