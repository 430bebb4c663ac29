package org.partyline.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server ended the session and said why: it shuts down, say, or another device took this one's place.
 *
 * @serial exclude
 */
public final class ServerClosedException extends ImException {
    private static final long serialVersionUID = 1L;

    private final String condition;
    private final @Nullable String text;

    /**
     * Describes the failure.
     *
     * @param condition the condition of RFC 6120 section 4.9.3
     * @param text what the server said for people, or null
     * @param retryable whether a new connection can be of use without a change
     */
    public ServerClosedException(String condition, @Nullable String text, boolean retryable) {
        super(
                "stay connected",
                "the server closed the stream: " + SafeText.condition(condition),
                null,
                retryable,
                null);
        this.condition = SafeText.condition(condition);
        this.text = text;
    }

    /** {@return the condition, such as {@code system-shutdown} or {@code conflict}} */
    public String condition() {
        return condition;
    }

    /** {@return what the server said for people: foreign text, to be shown with care} */
    public Optional<String> text() {
        return Optional.ofNullable(text);
    }
}
