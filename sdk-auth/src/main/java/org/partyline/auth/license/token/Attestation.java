package org.partyline.auth.license.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.partyline.auth.internal.jose.JoseException;
import org.partyline.auth.internal.jose.JsonObject;
import org.partyline.auth.internal.jose.Jwk;
import org.partyline.auth.license.LicenseException;
import org.partyline.auth.license.Product;
import org.partyline.auth.license.PublicJwk;

/**
 * What a partner's backend says of an installation (draft-ietf-oauth-attestation-based-client-auth).
 *
 * @param license the license's id
 * @param issuedAt when it was said, to the second
 * @param expiresAt when it ends, at most 24 h later
 * @param product which product is installed, and in what version
 * @param key the installation's key
 * @param evidence what the backend relies on
 */
public record Attestation(
        String license, Instant issuedAt, Instant expiresAt, Product product, PublicJwk key, Evidence evidence) {

    private static final Duration LONGEST = Duration.ofHours(24);

    /** What the backend relies on. */
    public enum Evidence {
        /** Nothing beyond its own users' accounts. */
        NONE,
        /** Google's verdict on an Android device. */
        PLAY_INTEGRITY,
        /** Apple's on an iOS device. */
        APP_ATTEST,
        /** A security chip. */
        TPM;

        /** {@return the name in tokens} */
        public String tokenName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException if it ends before it is issued, or over 24 h later
     */
    public Attestation {
        if (!issuedAt.isBefore(expiresAt)
                || Duration.between(issuedAt, expiresAt).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("an attestation is good for at most 24 h");
        }
    }

    static Attestation read(JsonObject claims) throws JoseException, LicenseException {
        Jwk key = Jwk.read(claims.object("cnf").object("jwk"));
        return new Attestation(
                claims.text("sub"),
                claims.date("iat"),
                claims.date("exp"),
                Product.of(claims.text("prd"), claims.text("ver")),
                PublicJwk.parse(key.json()),
                evidence(claims.object("att").text("kind")));
    }

    private static Evidence evidence(String name) throws JoseException {
        for (Evidence each : Evidence.values()) {
            if (each.tokenName().equals(name)) {
                return each;
            }
        }
        throw JoseException.claim("kind");
    }
}
