package org.partyline.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The other side answered with an error.
 *
 * @serial exclude
 */
public final class RequestRejectedException extends ImException {
    private static final long serialVersionUID = 1L;

    private final String condition;
    private final @Nullable String text;
    private final @Nullable String by;

    /**
     * Describes the failure.
     *
     * @param operation what was attempted
     * @param condition the condition of RFC 6120 section 8.3.3; what could be none becomes {@code undefined-condition}
     * @param text what the other side said for people, or null
     * @param by who refused, or null if it did not say
     * @param retryable whether the same call can succeed later (error type {@code wait})
     * @param retryAfter how long to wait, or null if nobody said
     */
    public RequestRejectedException(
            String operation,
            String condition,
            @Nullable String text,
            @Nullable String by,
            boolean retryable,
            @Nullable Duration retryAfter) {
        super(
                operation,
                operation + ": " + SafeText.condition(condition) + (by == null ? "" : " by " + SafeText.foreign(by)),
                null,
                retryable,
                retryAfter);
        this.condition = SafeText.condition(condition);
        this.text = text;
        this.by = by;
    }

    /** {@return the condition, such as {@code item-not-found}} */
    public String condition() {
        return condition;
    }

    /** {@return what the other side said for people: foreign text, to be shown with care} */
    public Optional<String> text() {
        return Optional.ofNullable(text);
    }

    /** {@return who refused} */
    public Optional<String> by() {
        return Optional.ofNullable(by);
    }
}
