package org.partyline.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sign-in was refused, or the server did not prove itself. Never holds the secret.
 *
 * @serial exclude
 */
public final class AuthenticationFailedException extends ImException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String mechanism;
    private final String condition;

    /**
     * Describes the failure.
     *
     * @param mechanism the mechanism, or null if none could be chosen
     * @param condition the condition of RFC 6120 section 6.5, or {@code "no-mechanism"}, {@code "server-not-verified"},
     *     {@code "credentials-unusable"}, {@code "bad-challenge"} when this side ended it
     * @param message what happened
     * @param cause the cause, or null
     * @param retryable whether trying again without new credentials can succeed
     */
    public AuthenticationFailedException(
            @Nullable String mechanism,
            String condition,
            String message,
            @Nullable Throwable cause,
            boolean retryable) {
        super("sign in", message, cause, retryable, null);
        this.mechanism = mechanism;
        this.condition = SafeText.condition(condition);
    }

    /** {@return the mechanism, or empty if none could be chosen} */
    public Optional<String> mechanism() {
        return Optional.ofNullable(mechanism);
    }

    /** {@return the condition: of RFC 6120 section 6.5 where the server refused} */
    public String condition() {
        return condition;
    }
}
