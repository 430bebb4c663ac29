package org.partyline.auth.internal.crypto;

import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A private key. Its bytes can be wiped; what a computation leaves on the heap cannot. Never shows itself. */
public final class SigningKey {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] secret;
    private final VerifyKey verifyKey;
    private boolean wiped;

    private SigningKey(byte[] secret, VerifyKey verifyKey) {
        this.secret = secret;
        this.verifyKey = verifyKey;
    }

    /**
     * {@return a new key}
     *
     * @param kind its kind
     */
    public static SigningKey generate(KeyKind kind) {
        Libraries.require();
        byte[] secret = new byte[KeyKind.KEY_BYTES];
        try {
            do {
                RANDOM.nextBytes(secret);
            } while (kind == KeyKind.P256 && !P256.isPrivate(secret));
            return of(kind, secret);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("a key that was just made is none", e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * {@return a key of its bytes}
     *
     * @param kind its kind
     * @param secret the seed (RFC 8032 section 5.1.5) or the number (RFC 7518 section 6.2.2.1), 32 bytes; copied
     * @throws InvalidKeyException if they are no key
     */
    public static SigningKey of(KeyKind kind, byte[] secret) throws InvalidKeyException {
        Libraries.require();
        if (secret.length != KeyKind.KEY_BYTES) {
            throw new InvalidKeyException("a private key has 32 bytes");
        }
        if (kind == KeyKind.P256) {
            return new SigningKey(secret.clone(), VerifyKey.of(P256.publicKey(secret)));
        }
        byte[] x = new byte[KeyKind.KEY_BYTES];
        Ed25519.generatePublicKey(secret, 0, x, 0);
        return new SigningKey(secret.clone(), VerifyKey.ed25519(x));
    }

    /** {@return the public key} */
    public VerifyKey verifyKey() {
        return verifyKey;
    }

    /**
     * {@return a signature of 64 bytes}
     *
     * @param message what to sign
     * @throws IllegalStateException if the key was wiped
     */
    public synchronized byte[] sign(byte[] message) {
        checkUsable();
        if (verifyKey.kind() == KeyKind.P256) {
            return P256.sign(secret, message);
        }
        byte[] signature = new byte[KeyKind.SIGNATURE_BYTES];
        Ed25519.sign(secret, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    /**
     * {@return a copy of the private key, 32 bytes, for the caller to wipe}
     *
     * @throws IllegalStateException if the key was wiped
     */
    public synchronized byte[] secret() {
        checkUsable();
        return secret.clone();
    }

    /** Overwrites the private key. It cannot sign afterwards; a signature that is being made is finished first. */
    public synchronized void wipe() {
        wiped = true;
        Arrays.fill(secret, (byte) 0);
    }

    private void checkUsable() {
        if (wiped) {
            throw new IllegalStateException("the key was wiped");
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + verifyKey.kind() + ", ***]";
    }
}
