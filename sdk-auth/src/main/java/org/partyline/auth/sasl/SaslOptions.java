package org.partyline.auth.sasl;

import java.time.Duration;
import java.util.Objects;

/**
 * What a client accepts when it signs in. The number is that of the table of limits in {@code docs/architecture.md}.
 *
 * @param allowPlain whether PLAIN may be used, and then only under verified TLS, and never once an account has signed in by
 *     a stronger mechanism; off by default
 * @param requireChannelBinding whether a password may only be proved to whom the TLS channel ends at; off by default
 * @param minIterations fewest PBKDF2 iterations accepted (L31)
 * @param maxIterations most PBKDF2 iterations accepted (L31)
 * @param deadline how long one computation may take (L31)
 */
public record SaslOptions(
        boolean allowPlain, boolean requireChannelBinding, int minIterations, int maxIterations, Duration deadline) {

    private static final int HARD_MAX_ITERATIONS = 100_000_000;
    private static final Duration HARD_MAX_DEADLINE = Duration.ofMinutes(5);

    /** SCRAM, with channel binding where the server has it; 4,096 to 1,000,000 iterations, 5 seconds. */
    public static final SaslOptions DEFAULT = new SaslOptions(false, false, 4096, 1_000_000, Duration.ofSeconds(5));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if minIterations is below 1 or above maxIterations, maxIterations is above
     *     100,000,000, or the deadline is not between 1 ms and 5 minutes
     */
    public SaslOptions {
        if (minIterations < 1 || maxIterations < minIterations || maxIterations > HARD_MAX_ITERATIONS) {
            throw new IllegalArgumentException("minIterations and maxIterations must be between 1 and "
                    + HARD_MAX_ITERATIONS + ", in this order: " + minIterations + ", " + maxIterations);
        }
        Objects.requireNonNull(deadline, "deadline");
        if (deadline.compareTo(Duration.ofMillis(1)) < 0 || deadline.compareTo(HARD_MAX_DEADLINE) > 0) {
            throw new IllegalArgumentException("deadline must be between 1 ms and 5 minutes: " + deadline);
        }
    }

    /**
     * {@return the same, with PLAIN allowed or not}
     *
     * @param allowed whether PLAIN may be used under verified TLS
     */
    public SaslOptions withPlain(boolean allowed) {
        return new SaslOptions(allowed, requireChannelBinding, minIterations, maxIterations, deadline);
    }

    /**
     * {@return the same, with channel binding required or not}
     *
     * @param required whether a sign-in by password without it fails
     */
    public SaslOptions withRequiredChannelBinding(boolean required) {
        return new SaslOptions(allowPlain, required, minIterations, maxIterations, deadline);
    }

    /**
     * {@return the same, with other bounds of PBKDF2's cost}
     *
     * @param min fewest iterations accepted
     * @param max most iterations accepted
     * @throws IllegalArgumentException if min is below 1 or above max, or max is above 100,000,000
     */
    public SaslOptions withIterations(int min, int max) {
        return new SaslOptions(allowPlain, requireChannelBinding, min, max, deadline);
    }

    /**
     * {@return the same, with another deadline}
     *
     * @param limit how long one computation may take: 1 ms to 5 minutes
     * @throws IllegalArgumentException if it is out of this range
     */
    public SaslOptions withDeadline(Duration limit) {
        return new SaslOptions(allowPlain, requireChannelBinding, minIterations, maxIterations, limit);
    }
}
