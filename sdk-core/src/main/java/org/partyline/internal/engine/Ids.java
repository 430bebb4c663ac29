package org.partyline.internal.engine;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Makes identifiers that nobody can guess: 128 random bits each. Random bytes are drawn in bulk, because a call to the
 * generator costs more than the bytes do. Safe for use by many threads.
 */
public final class Ids {
    private static final int BYTES = 16;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom random = new SecureRandom();
    private final byte[] pool = new byte[256 * BYTES];
    private int used = pool.length;

    /** {@return a new identifier: 22 letters, digits, hyphens and underscores} */
    public String next() {
        byte[] id = new byte[BYTES];
        synchronized (pool) {
            if (used == pool.length) {
                random.nextBytes(pool);
                used = 0;
            }
            System.arraycopy(pool, used, id, 0, BYTES);
            used += BYTES;
        }
        return TEXT.encodeToString(id);
    }
}
