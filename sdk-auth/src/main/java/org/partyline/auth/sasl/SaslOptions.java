package org.partyline.auth.sasl;

import java.time.Duration;

/**
 * What a client accepts when it signs in. The number is that of the table of limits in {@code docs/architecture.md}.
 *
 * @param allowPlain whether PLAIN may be used, and then only under verified TLS; off by default
 * @param minIterations fewest PBKDF2 iterations accepted (L31)
 * @param maxIterations most PBKDF2 iterations accepted (L31)
 * @param deadline how long one computation may take (L31)
 */
public record SaslOptions(boolean allowPlain, int minIterations, int maxIterations, Duration deadline) {

    /** SCRAM only, 4,096 to 1,000,000 iterations, 5 seconds. */
    public static final SaslOptions DEFAULT = new SaslOptions(false, 4096, 1_000_000, Duration.ofSeconds(5));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if minIterations is below 1 or above maxIterations
     */
    public SaslOptions {
        if (minIterations < 1 || maxIterations < minIterations) {
            throw new IllegalArgumentException("iterations from " + minIterations + " to " + maxIterations);
        }
    }

    /**
     * {@return the same, with PLAIN allowed or not}
     *
     * @param allowed whether PLAIN may be used under verified TLS
     */
    public SaslOptions withPlain(boolean allowed) {
        return new SaslOptions(allowed, minIterations, maxIterations, deadline);
    }
}
