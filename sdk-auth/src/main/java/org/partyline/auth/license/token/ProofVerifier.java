package org.partyline.auth.license.token;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.internal.jose.JoseException;
import org.partyline.auth.internal.jose.JsonObject;
import org.partyline.auth.internal.jose.Jws;
import org.partyline.auth.internal.jose.TokenType;
import org.partyline.auth.license.LicenseCode;
import org.partyline.auth.license.LicenseException;

/**
 * Verifies proofs, on the server's side. A proof shows that somebody has a key; whose key it is, its thumbprint tells. Safe for
 * use by many threads.
 */
public final class ProofVerifier {
    private static final int MAX_ID = 128;

    private final ReplayCache used;
    private final InstantSource clock;

    private ProofVerifier(ReplayCache used, InstantSource clock) {
        this.used = used;
        this.clock = clock;
    }

    /**
     * {@return a verifier}
     *
     * @param used remembers which proofs were used
     * @param clock the time
     */
    public static ProofVerifier of(ReplayCache used, InstantSource clock) {
        return new ProofVerifier(used, clock);
    }

    /**
     * {@return the thumbprint of the key that a sign-in was proved with}
     *
     * @param proof the proof, type {@code im-pop+jwt}
     * @param audience the network, such as {@code xmpp:net.example}
     * @param accessToken the token that goes with it
     * @throws LicenseException if it cannot be read ({@link LicenseCode#LICENSE_MALFORMED}), does not hold
     *     ({@link LicenseCode#PROOF_INVALID}), or was used before ({@link LicenseCode#PROOF_REPLAYED})
     */
    public String sasl(String proof, String audience, String accessToken) throws LicenseException {
        return sasl(proof, audience, accessToken, null);
    }

    String sasl(String proof, String audience, String accessToken, @Nullable String thumbprint)
            throws LicenseException {
        Jws.Proof read = read(proof, TokenType.SASL_PROOF);
        return check(read, thumbprint, () -> {
            if (!read.claims().text("aud").equals(audience)) {
                throw Tokens.invalid("proof: it is for another network");
            }
            checkToken(read.claims(), accessToken);
        });
    }

    /**
     * {@return the thumbprint of the key that a request was proved with (RFC 9449 section 4.3)}
     *
     * @param proof the proof, type {@code dpop+jwt}
     * @param method the request's method
     * @param uri the request's address
     * @param accessToken the token that goes with it, or null if none does
     * @param nonce what this server gave for it, or null if it gave nothing
     * @throws LicenseException if it cannot be read ({@link LicenseCode#LICENSE_MALFORMED}), does not hold
     *     ({@link LicenseCode#PROOF_INVALID}), or was used before ({@link LicenseCode#PROOF_REPLAYED})
     */
    public String dpop(String proof, String method, URI uri, @Nullable String accessToken, @Nullable String nonce)
            throws LicenseException {
        return dpop(proof, method, uri, accessToken, nonce, null);
    }

    String dpop(
            String proof,
            String method,
            URI uri,
            @Nullable String accessToken,
            @Nullable String nonce,
            @Nullable String thumbprint)
            throws LicenseException {
        Jws.Proof read = read(proof, TokenType.DPOP);
        return check(read, thumbprint, () -> {
            JsonObject claims = read.claims();
            if (!claims.text("htm").equals(method) || !sameTarget(claims.text("htu"), uri)) {
                throw Tokens.invalid("proof: it is for another request");
            }
            if (nonce != null && !nonce.equals(claims.optionalText("nonce"))) {
                throw Tokens.invalid("proof: it does not have the server's nonce");
            }
            if (accessToken != null) {
                checkToken(claims, accessToken);
            }
        });
    }

    /** What a proof claims beyond what all of them do. */
    private interface Claims {
        void check() throws JoseException, LicenseException;
    }

    private static Jws.Proof read(String proof, TokenType type) throws LicenseException {
        return Tokens.read("proof", LicenseCode.PROOF_INVALID, () -> Jws.verifyProof(proof, type));
    }

    private String check(Jws.Proof proof, @Nullable String expected, Claims claims) throws LicenseException {
        return Tokens.read("proof", LicenseCode.PROOF_INVALID, () -> {
            String thumbprint = proof.key().thumbprint();
            String id = id(proof.claims());
            Instant made = proof.claims().date("iat");
            Instant now = clock.instant();
            if (!Leeway.fresh(made, now)) {
                throw Tokens.invalid("proof: it was not made now");
            }
            claims.check();
            if (expected != null && !expected.equals(thumbprint)) {
                throw Tokens.invalid("proof: it is by another key than the token's");
            }
            spend(thumbprint, id, now, made);
            return thumbprint;
        });
    }

    /** {@return the proof's id, short enough to be remembered} */
    static String id(JsonObject claims) throws JoseException {
        String id = claims.text("jti");
        if (id.length() > MAX_ID) {
            throw JoseException.claim("jti");
        }
        return id;
    }

    /** The last step, so that only what holds is remembered; by key, so that nobody can use up the proofs of others. */
    void spend(String thumbprint, String id, Instant now, Instant made) throws LicenseException {
        if (!used.firstUse(thumbprint + " " + id, now, made.plus(Leeway.SECONDS))) {
            throw new LicenseException(LicenseCode.PROOF_REPLAYED, "proof: it was used before");
        }
    }

    private static void checkToken(JsonObject claims, String accessToken) throws JoseException, LicenseException {
        if (!claims.text("ath").equals(Proofs.hash(accessToken))) {
            throw Tokens.invalid("proof: it is for another token");
        }
    }

    /** Scheme and host are the same in either case (RFC 3986 section 6.2.2.1); the rest is compared as it is. */
    private static boolean sameTarget(String claimed, URI uri) throws JoseException {
        try {
            return normalized(new URI(claimed)).equals(normalized(uri));
        } catch (URISyntaxException e) {
            throw JoseException.claim("htu");
        }
    }

    private static String normalized(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        String authority = String.valueOf(uri.getRawAuthority()).toLowerCase(Locale.ROOT);
        String shortened = scheme.equals("https") && authority.endsWith(":443")
                ? authority.substring(0, authority.length() - 4)
                : authority;
        String path = uri.getRawPath();
        return scheme + "://" + shortened + (path == null || path.isEmpty() ? "/" : path);
    }
}
