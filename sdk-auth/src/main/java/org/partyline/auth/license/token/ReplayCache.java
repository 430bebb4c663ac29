package org.partyline.auth.license.token;

import java.time.Instant;

/**
 * Remembers which proofs were used. Servers of one network that stand side by side need to share one. Called by many threads.
 */
@FunctionalInterface
public interface ReplayCache {

    /**
     * {@return whether this is the proof's first use, and there is room to remember it: what cannot be remembered must not pass}
     *
     * @param id the proof, at most 200 printable characters
     * @param now the instant
     * @param until the last instant at which it could be used again
     */
    boolean firstUse(String id, Instant now, Instant until);

    /**
     * {@return a cache of this process}
     *
     * @param most how many proofs it has room for; when they are all still usable, further ones are refused
     * @throws IllegalArgumentException if that is below 1
     */
    static ReplayCache inMemory(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a cache has room for 1 or more");
        }
        return new MemoryReplayCache(most);
    }
}
