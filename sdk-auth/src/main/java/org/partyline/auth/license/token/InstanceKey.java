package org.partyline.auth.license.token;

import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.Map;
import org.partyline.auth.internal.crypto.KeyKind;
import org.partyline.auth.internal.crypto.SigningKey;
import org.partyline.auth.internal.jose.Jwk;
import org.partyline.auth.internal.jose.Jws;
import org.partyline.auth.internal.jose.TokenType;
import org.partyline.auth.license.LicenseCode;
import org.partyline.auth.license.LicenseException;
import org.partyline.auth.license.PublicJwk;

/**
 * The key of one installation, P-256, which is made there and never leaves it. Access tokens are of no use without it. Never shows
 * itself in {@code toString}.
 */
public final class InstanceKey {
    private static final byte VERSION = 1;

    private final SigningKey key;

    private InstanceKey(SigningKey key) {
        this.key = key;
    }

    /**
     * {@return a new key}
     *
     * @throws IllegalStateException if the libraries that licenses need are missing
     */
    public static InstanceKey generate() {
        return new InstanceKey(SigningKey.generate(KeyKind.P256));
    }

    /**
     * {@return the key that {@link #encode} gave}
     *
     * @param stored the bytes; copied, for the caller to wipe
     * @throws LicenseException if they are none ({@link LicenseCode#LICENSE_MALFORMED})
     * @throws IllegalStateException if the libraries that licenses need are missing
     */
    public static InstanceKey decode(byte[] stored) throws LicenseException {
        byte[] secret = stored.length == 0 ? stored : Arrays.copyOfRange(stored, 1, stored.length);
        try {
            if (stored.length == 0 || stored[0] != VERSION) {
                throw new InvalidKeyException("another version");
            }
            return new InstanceKey(SigningKey.of(KeyKind.P256, secret));
        } catch (InvalidKeyException e) {
            throw new LicenseException(LicenseCode.LICENSE_MALFORMED, "what is stored is no key of an installation");
        } finally {
            if (secret != stored) {
                Arrays.fill(secret, (byte) 0);
            }
        }
    }

    /**
     * {@return the key for the application's key store, 33 bytes, for the caller to wipe}
     *
     * @throws IllegalStateException if it was wiped
     */
    public byte[] encode() {
        byte[] secret = key.secret();
        byte[] stored = new byte[secret.length + 1];
        stored[0] = VERSION;
        System.arraycopy(secret, 0, stored, 1, secret.length);
        Arrays.fill(secret, (byte) 0);
        return stored;
    }

    /** {@return the public key, without a name} */
    public PublicJwk publicKey() {
        try {
            return PublicJwk.parse(new Jwk(key.verifyKey(), null).json());
        } catch (LicenseException e) {
            throw new IllegalStateException("a key that was checked is none", e);
        }
    }

    /** {@return its thumbprint, which access tokens name it by (RFC 7638, RFC 9449 section 6.1)} */
    public String thumbprint() {
        return new Jwk(key.verifyKey(), null).thumbprint();
    }

    String sign(TokenType type, Map<String, ?> claims) {
        return Jws.sign(type, key, null, claims);
    }

    /** Overwrites the key. It cannot prove anything afterwards. */
    public void wipe() {
        key.wipe();
    }

    @Override
    public String toString() {
        return "InstanceKey[" + thumbprint() + ", ***]";
    }
}
