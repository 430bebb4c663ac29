package org.partyline.auth.license.token;

import java.time.Duration;
import java.time.Instant;

/** How far two clocks may be apart. */
final class Leeway {
    static final Duration SECONDS = Duration.ofSeconds(60);

    private Leeway() {}

    /** {@return whether something that begins at an instant has begun} */
    static boolean begun(Instant begin, Instant now) {
        return !now.plus(SECONDS).isBefore(begin);
    }

    /** {@return whether something ended: a token is good before its end, and not at it (RFC 7519 section 4.1.4)} */
    static boolean ended(Instant end, Instant now) {
        return !now.minus(SECONDS).isBefore(end);
    }

    /** {@return whether a proof was made now, give or take} */
    static boolean fresh(Instant made, Instant now) {
        return Duration.between(made, now).abs().compareTo(SECONDS) <= 0;
    }
}
