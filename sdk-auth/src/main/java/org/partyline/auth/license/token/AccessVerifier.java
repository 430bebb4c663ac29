package org.partyline.auth.license.token;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.internal.jose.Jws;
import org.partyline.auth.internal.jose.Keys;
import org.partyline.auth.internal.jose.TokenType;
import org.partyline.auth.license.LicenseCode;
import org.partyline.auth.license.LicenseException;
import org.partyline.auth.license.PublicJwk;

/**
 * Verifies access tokens and the proofs that go with them, on the server's side of one network. Clocks may be 60 s apart. Safe
 * for use by many threads.
 */
public final class AccessVerifier {
    private final URI issuer;
    private final String audience;
    private final Keys keys;
    private final ProofVerifier proofs;
    private final InstantSource clock;

    private AccessVerifier(URI issuer, String audience, Keys keys, ProofVerifier proofs, InstantSource clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.keys = keys;
        this.proofs = proofs;
        this.clock = clock;
    }

    /**
     * {@return a verifier}
     *
     * @param issuer who issues tokens
     * @param audience this network, such as {@code xmpp:net.example}
     * @param keys the keys for this network's tokens, each with a name; two while one follows the other
     * @param used remembers which proofs were used
     * @param clock the time
     * @throws IllegalArgumentException if a key has no name of its own
     */
    public static AccessVerifier of(
            URI issuer, String audience, List<PublicJwk> keys, ReplayCache used, InstantSource clock) {
        return new AccessVerifier(
                issuer, audience, Keys.of(Tokens.jwks(keys), TokenType.ACCESS), ProofVerifier.of(used, clock), clock);
    }

    /**
     * {@return what an access token says. Whoever has copied it can show it: ask for a proof where that is possible}
     *
     * @param accessToken the token, type {@code at+jwt}
     * @throws LicenseException if it cannot be read ({@link LicenseCode#LICENSE_MALFORMED}) or does not hold
     *     ({@link LicenseCode#PROOF_INVALID})
     */
    public AccessClaims token(String accessToken) throws LicenseException {
        return Tokens.read("access token", LicenseCode.PROOF_INVALID, () -> {
            AccessClaims claims = AccessClaims.read(Jws.verify(accessToken, TokenType.ACCESS, keys));
            Instant now = clock.instant();
            if (!Leeway.begun(claims.notBefore(), now) || !Leeway.begun(claims.issuedAt(), now)) {
                throw Tokens.invalid("access token: it begins later");
            }
            if (Leeway.ended(claims.expiresAt(), now)) {
                throw Tokens.invalid("access token: it ended");
            }
            if (!claims.issuer().equals(issuer)) {
                throw Tokens.invalid("access token: it is by another issuer");
            }
            if (!claims.audience().equals(audience)) {
                throw Tokens.invalid("access token: it is for another network");
            }
            return claims;
        });
    }

    /**
     * {@return what an access token says, of somebody who signs in and has its key}
     *
     * @param accessToken the token
     * @param proof the proof, type {@code im-pop+jwt}
     * @throws LicenseException as for {@link #token} and {@link ProofVerifier#sasl}
     */
    public AccessClaims sasl(String accessToken, String proof) throws LicenseException {
        AccessClaims claims = token(accessToken);
        proofs.sasl(proof, audience, accessToken, claims.thumbprint());
        return claims;
    }

    /**
     * {@return what an access token says, of somebody who sends a request and has its key}
     *
     * @param accessToken the token
     * @param proof the proof, type {@code dpop+jwt}
     * @param method the request's method
     * @param uri the request's address
     * @param nonce what this server gave for it, or null if it gave nothing
     * @throws LicenseException as for {@link #token} and {@link ProofVerifier#dpop}
     */
    public AccessClaims dpop(String accessToken, String proof, String method, URI uri, @Nullable String nonce)
            throws LicenseException {
        AccessClaims claims = token(accessToken);
        proofs.dpop(proof, method, uri, accessToken, nonce, claims.thumbprint());
        return claims;
    }
}
