package org.partyline.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of what arrives through futures and streams. Messages are for people: one line, without a secret or a body, and
 * with the control and invisible characters of foreign text written by number.
 *
 * @serial exclude
 */
public class ImException extends RuntimeException implements Cloneable {
    private static final long serialVersionUID = 1L;

    private final String operation;
    private final boolean retryable;
    private final @Nullable Duration retryAfter;

    /**
     * Describes the failure.
     *
     * @param operation what was attempted, in a few words: {@code "sign in"}, {@code "load roster"}
     * @param message what happened; made safe to print
     * @param cause the cause, or null
     * @param retryable whether the same call can succeed later without a change
     * @param retryAfter how long to wait before that, or null if nobody said
     */
    protected ImException(
            String operation,
            String message,
            @Nullable Throwable cause,
            boolean retryable,
            @Nullable Duration retryAfter) {
        super(SafeText.message(message), cause);
        this.operation = operation;
        this.retryable = retryable;
        this.retryAfter = retryAfter;
    }

    /**
     * {@return a copy whose stack trace is the calling thread's, to be thrown to a caller that waited; the original, with
     * the trace of where it arose, is suppressed in it unless others are; the cause is the same}
     */
    public final ImException atCaller() {
        ImException copy;
        try {
            copy = (ImException) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("this class is Cloneable", e);
        }
        copy.fillInStackTrace();
        if (getSuppressed().length == 0) {
            copy.addSuppressed(this); // a list that has something in it would be shared with the original
        }
        return copy;
    }

    /** {@return what was attempted, in a few words} */
    public final String operation() {
        return operation;
    }

    /** {@return whether the same call can succeed later without a change} */
    public final boolean isRetryable() {
        return retryable;
    }

    /** {@return how long the other side asked to wait, or empty if it did not say} */
    public final Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
