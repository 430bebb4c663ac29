package org.partyline.auth.internal.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;

/**
 * PBKDF2 (RFC 8018 section 5.2) for one block, which is SCRAM's {@code Hi()} (RFC 5802 section 2.2). Written over {@link
 * Mac} because the platform's {@code PBEKeySpec} keeps copies of the password that nobody can wipe, and cannot be stopped.
 */
public final class Pbkdf2 {
    /** Iterations between two looks at whether to stop: about a millisecond of work. */
    private static final int SLICE = 1024;

    private static final byte[] FIRST_BLOCK = {0, 0, 0, 1};

    private Pbkdf2() {}

    /**
     * Derives one block, as long as the hash.
     *
     * @param mac keyed with the password; left ready for reuse
     * @param salt the salt
     * @param iterations how often
     * @param stop asked every thousand iterations or so: whether to give up
     * @return the block, for the caller to wipe
     * @throws CancellationException if told to stop
     * @throws GeneralSecurityException if the Mac fails
     */
    public static byte[] derive(Mac mac, byte[] salt, int iterations, BooleanSupplier stop)
            throws GeneralSecurityException {
        byte[] current = new byte[mac.getMacLength()];
        mac.update(salt);
        mac.update(FIRST_BLOCK);
        mac.doFinal(current, 0);
        byte[] result = current.clone();
        try {
            for (int i = 1; i < iterations; i++) {
                if (i % SLICE == 0 && stop.getAsBoolean()) {
                    Arrays.fill(result, (byte) 0);
                    throw new CancellationException("key derivation was stopped");
                }
                mac.update(current);
                mac.doFinal(current, 0);
                for (int j = 0; j < result.length; j++) {
                    result[j] ^= current[j];
                }
            }
            return result;
        } finally {
            Arrays.fill(current, (byte) 0);
        }
    }
}
