package org.partyline.auth.internal.crypto;

import org.bouncycastle.crypto.digests.SHA256Digest;

/** SHA-256 (FIPS 180-4), without asking a provider. */
public final class Hashes {
    private Hashes() {}

    /**
     * {@return the hash, 32 bytes}
     *
     * @param bytes what to hash
     */
    public static byte[] sha256(byte[] bytes) {
        SHA256Digest digest = new SHA256Digest();
        digest.update(bytes, 0, bytes.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return hash;
    }
}
