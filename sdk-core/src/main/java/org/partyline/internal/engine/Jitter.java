package org.partyline.internal.engine;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Random delays, so that clients that lost the same server do not all come back in the same second. The only place
 * where randomness needs not be unguessable. Not safe for use by several threads at once.
 */
public final class Jitter {
    private final SplittableRandom random;

    /** Starts from a seed that no other client has. */
    public Jitter() {
        this(new SecureRandom().nextLong());
    }

    /**
     * @param seed where the sequence starts
     */
    public Jitter(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /**
     * {@return a delay, each in the range equally likely}
     *
     * @param least the shortest
     * @param most the longest; not below the shortest
     */
    public Duration between(Duration least, Duration most) {
        return Duration.ofNanos(random.nextLong(least.toNanos(), most.toNanos() + 1));
    }

    /**
     * {@return a duration, up to a tenth shorter or longer}
     *
     * @param about the duration
     */
    public Duration around(Duration about) {
        Duration tenth = about.dividedBy(10);
        return between(about.minus(tenth), about.plus(tenth));
    }
}
