package org.partyline.testkit.internal.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** What a server keeps of a password (RFC 5802 section 3). */
public final class ScramKeys {
    private final ScramHash hash;
    private final byte[] salt;
    private final int iterations;
    private final byte[] storedKey;
    private final byte[] serverKey;

    private ScramKeys(ScramHash hash, byte[] salt, int iterations, byte[] saltedPassword) {
        this.hash = hash;
        this.salt = salt;
        this.iterations = iterations;
        byte[] clientKey = hmac(hash, saltedPassword, "Client Key".getBytes(StandardCharsets.US_ASCII));
        this.storedKey = digest(hash, clientKey);
        this.serverKey = hmac(hash, saltedPassword, "Server Key".getBytes(StandardCharsets.US_ASCII));
    }

    /** {@return the keys of a password} Costs as many rounds of hashing as there are iterations. */
    public static ScramKeys derive(ScramHash hash, String password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(prepared(password).toCharArray(), salt, iterations, hash.bytes() * Byte.SIZE);
        try {
            byte[] salted = SecretKeyFactory.getInstance(hash.derivation())
                    .generateSecret(spec)
                    .getEncoded();
            return of(hash, salt, iterations, salted);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + hash.derivation(), e);
        }
    }

    /** {@return the keys of what a client made of its password (XEP-0480 section 3)} */
    public static ScramKeys of(ScramHash hash, byte[] salt, int iterations, byte[] saltedPassword) {
        return new ScramKeys(hash, salt.clone(), iterations, saltedPassword);
    }

    /**
     * What SASLprep (RFC 4013) does to a password that it allows: any space becomes a space, some characters become nothing,
     * the rest is normalized by NFKC.
     */
    private static String prepared(String password) {
        StringBuilder mapped = new StringBuilder(password.length());
        password.codePoints().forEach(c -> {
            if (Character.getType(c) == Character.SPACE_SEPARATOR) {
                mapped.append(' ');
            } else if (c != 0xad && c != 0x200d && c != 0x200c && c != 0xfeff && c != 0x2060) {
                mapped.appendCodePoint(c);
            }
        });
        return Normalizer.normalize(mapped, Normalizer.Form.NFKC);
    }

    public byte[] salt() {
        return salt.clone();
    }

    int iterations() {
        return iterations;
    }

    /** {@return whether the proof is the password holder's} */
    boolean isProof(byte[] proof, byte[] authMessage) {
        byte[] signature = hmac(hash, storedKey, authMessage);
        if (proof.length != signature.length) {
            return false;
        }
        byte[] clientKey = new byte[proof.length];
        for (int i = 0; i < proof.length; i++) {
            clientKey[i] = (byte) (proof[i] ^ signature[i]);
        }
        return MessageDigest.isEqual(digest(hash, clientKey), storedKey);
    }

    byte[] serverSignature(byte[] authMessage) {
        return hmac(hash, serverKey, authMessage);
    }

    static byte[] hmac(ScramHash hash, byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance(hash.mac());
            mac.init(new SecretKeySpec(key, hash.mac()));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + hash.mac(), e);
        }
    }

    static byte[] digest(ScramHash hash, byte[] data) {
        try {
            return MessageDigest.getInstance(hash.digest()).digest(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + hash.digest(), e);
        }
    }

    @Override
    public String toString() {
        return "ScramKeys[" + hash.mechanism() + ", ***]";
    }
}
