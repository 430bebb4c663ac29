package org.partyline.error;

import java.time.Duration;

/**
 * No answer came in time.
 *
 * @serial exclude
 */
public final class RequestTimeoutException extends ImException {
    private static final long serialVersionUID = 1L;

    private final String awaited;
    private final Duration waited;

    /**
     * Describes the failure.
     *
     * @param operation what was attempted
     * @param awaited what was awaited, from whom
     * @param waited how long
     */
    public RequestTimeoutException(String operation, String awaited, Duration waited) {
        super(operation, operation + ": no " + awaited + " within " + waited.toMillis() + " ms", null, true, null);
        this.awaited = awaited;
        this.waited = waited;
    }

    /** {@return what was awaited, from whom} */
    public String awaited() {
        return awaited;
    }

    /** {@return how long} */
    public Duration waited() {
        return waited;
    }
}
