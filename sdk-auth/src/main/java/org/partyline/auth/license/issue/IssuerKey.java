package org.partyline.auth.license.issue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.Map;
import org.partyline.auth.internal.crypto.SigningKey;
import org.partyline.auth.internal.jose.Jwk;
import org.partyline.auth.internal.jose.Jws;
import org.partyline.auth.internal.jose.TokenType;
import org.partyline.auth.license.LicenseException;
import org.partyline.auth.license.PublicJwk;

/** A private key of a family, with the name that tokens know it by. Never shows itself in {@code toString}. */
public final class IssuerKey {
    private static final byte VERSION = 1;
    private static final int MAX_NAME = 64;
    private static final int HEAD = 3;

    private final KeyFamily family;
    private final String kid;
    private final SigningKey key;

    private IssuerKey(KeyFamily family, String kid, SigningKey key) {
        this.family = family;
        this.kid = checked(kid);
        this.key = key;
    }

    /**
     * {@return a new key: Ed25519, but P-256 for access tokens and partners}
     *
     * @param family whose it is
     * @param kid its name, 1 to 64 printable characters of ASCII
     * @throws IllegalArgumentException if the name is none
     */
    public static IssuerKey generate(KeyFamily family, String kid) {
        return new IssuerKey(family, checked(kid), SigningKey.generate(family.kind()));
    }

    /**
     * {@return the key that {@link #encode} gave}
     *
     * @param stored the bytes; copied, for the caller to wipe
     * @throws IllegalArgumentException if they are none; the message does not show them
     */
    public static IssuerKey decode(byte[] stored) {
        int name = stored.length < HEAD ? -1 : stored[2];
        boolean readable = name > 0 && stored.length > HEAD + name && stored[0] == VERSION;
        if (!readable) {
            throw new IllegalArgumentException("what is stored is no key of an issuer");
        }
        KeyFamily family = KeyFamily.tagged(stored[1]);
        byte[] secret = Arrays.copyOfRange(stored, HEAD + name, stored.length);
        try {
            String kid = new String(stored, HEAD, name, US_ASCII);
            return new IssuerKey(family, kid, SigningKey.of(family.kind(), secret));
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("what is stored is no key of an issuer", e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static String checked(String kid) {
        if (kid.isEmpty() || kid.length() > MAX_NAME || !kid.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException("a key's name has 1 to 64 printable characters of ASCII");
        }
        return kid;
    }

    /**
     * {@return the key for the operator's key store, for the caller to wipe}
     *
     * @throws IllegalStateException if it was wiped
     */
    public byte[] encode() {
        byte[] name = kid.getBytes(US_ASCII);
        byte[] secret = key.secret();
        byte[] stored = new byte[HEAD + name.length + secret.length];
        stored[0] = VERSION;
        stored[1] = family.tag();
        stored[2] = (byte) name.length;
        System.arraycopy(name, 0, stored, HEAD, name.length);
        System.arraycopy(secret, 0, stored, HEAD + name.length, secret.length);
        Arrays.fill(secret, (byte) 0);
        return stored;
    }

    /** {@return whose it is} */
    public KeyFamily family() {
        return family;
    }

    /** {@return its name} */
    public String kid() {
        return kid;
    }

    /** {@return the public key, with the name} */
    public PublicJwk publicKey() {
        try {
            return PublicJwk.parse(new Jwk(key.verifyKey(), kid).json());
        } catch (LicenseException e) {
            throw new IllegalStateException("a key that was checked is none", e);
        }
    }

    String sign(TokenType type, Map<String, ?> claims) {
        if (!family.signs(type)) {
            throw new IllegalArgumentException("a key of " + family + " does not sign " + type.typ());
        }
        return Jws.sign(type, key, kid, claims);
    }

    /** Overwrites the key. It cannot sign afterwards. */
    public void wipe() {
        key.wipe();
    }

    @Override
    public String toString() {
        return "IssuerKey[" + family + " " + kid + ", ***]";
    }
}
