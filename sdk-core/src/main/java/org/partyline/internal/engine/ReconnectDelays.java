package org.partyline.internal.engine;

import java.time.Duration;

/**
 * How long to wait before the next attempt: first by what ended the connection, then twice as long at most each time,
 * always with full jitter. A connection that held for a minute starts the series anew; one that broke at once does not,
 * so that a server that accepts and drops is not hammered.
 */
public final class ReconnectDelays {
    /** The longest first delay (L29). */
    private static final Duration SOON = Duration.ofSeconds(5);
    /** The longest first delay where the server is in trouble (L29). */
    private static final Duration SPREAD = Duration.ofSeconds(30);

    private static final Duration LEAST = Duration.ofSeconds(1);
    /** The longest delay of all (L29). */
    private static final Duration MOST = Duration.ofMinutes(3);
    /** Doubled with each attempt, for the longest delay of the next (L29). */
    private static final Duration BASE = Duration.ofSeconds(10);
    /** Online for so long, the series starts anew (L29). */
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private final Jitter jitter;
    private int attempts;

    /**
     * @param jitter the randomness
     */
    public ReconnectDelays(Jitter jitter) {
        this.jitter = jitter;
    }

    /** Starts the series anew. */
    public void reset() {
        attempts = 0;
    }

    /**
     * Notes that a connection has ended.
     *
     * @param online how long it was of use
     */
    public void wasOnline(Duration online) {
        if (online.compareTo(SETTLED) >= 0) {
            reset();
        }
    }

    /**
     * {@return how long to wait now}
     *
     * @param verdict what ended the connection or the attempt; not {@link Verdict#STOP}
     */
    public Duration next(Verdict verdict) {
        int attempt = attempts++;
        if (attempt == 0) {
            return jitter.between(Duration.ZERO, verdict == Verdict.RETRY_SPREAD ? SPREAD : SOON);
        }
        // 10 s doubled five times is beyond the cap already, so the shift needs no more.
        Duration longest = BASE.multipliedBy(1L << Math.min(attempt, 5));
        return jitter.between(LEAST, longest.compareTo(MOST) < 0 ? longest : MOST);
    }
}
