package org.partyline.auth.license;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.internal.jose.Json;
import org.partyline.auth.internal.jose.Jwk;

/**
 * A public key, Ed25519 or P-256, as JSON (RFC 7517). Its point was checked when it was read: keys that anybody can make
 * signatures for are none. Immutable.
 */
public final class PublicJwk {
    private static final int MAX_CHARS = 1024;

    private final Jwk jwk;

    PublicJwk(Jwk jwk) {
        this.jwk = jwk;
    }

    /**
     * {@return a key of its JSON. Members beyond those that make the key, and {@code kid}, are dropped}
     *
     * @param json the text, at most 1,024 characters
     * @throws LicenseException if it is no key, an unsafe one, or a private one ({@link LicenseCode#LICENSE_MALFORMED})
     * @throws IllegalStateException if the libraries that licenses need are missing
     */
    public static PublicJwk parse(String json) throws LicenseException {
        return Documents.read("a key", () -> {
            if (json.length() > MAX_CHARS) {
                throw Documents.malformed("a key: it is too long");
            }
            return new PublicJwk(Jwk.read(Json.read(json)));
        });
    }

    Jwk jwk() {
        return jwk;
    }

    /** {@return its name, if it has one} */
    public Optional<String> kid() {
        return Optional.ofNullable(jwk.kid());
    }

    /** {@return its thumbprint: base64url of a SHA-256, 43 characters (RFC 7638)} */
    public String thumbprint() {
        return jwk.thumbprint();
    }

    /** {@return the key as JSON, without white space} */
    public String json() {
        return jwk.json();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PublicJwk key && key.jwk.equals(jwk);
    }

    @Override
    public int hashCode() {
        return jwk.hashCode();
    }

    @Override
    public String toString() {
        return "PublicJwk[" + thumbprint() + "]";
    }
}
