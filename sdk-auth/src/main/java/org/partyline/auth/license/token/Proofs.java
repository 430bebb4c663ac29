package org.partyline.auth.license.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.internal.crypto.Hashes;
import org.partyline.auth.internal.jose.Base64Url;
import org.partyline.auth.internal.jose.TokenType;

/** Makes proofs with an installation's key: each is good once, and for a minute. Safe for use by many threads. */
public final class Proofs {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 16;

    private final InstanceKey key;
    private final InstantSource clock;

    private Proofs(InstanceKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /**
     * {@return a maker of proofs}
     *
     * @param key the installation's key
     * @param clock the time, best the server's: it may be a minute off
     */
    public static Proofs of(InstanceKey key, InstantSource clock) {
        return new Proofs(key, clock);
    }

    /**
     * {@return a proof for signing in with an access token, of type {@code im-pop+jwt}}
     *
     * @param audience the network, such as {@code xmpp:net.example}
     * @param accessToken the token that goes with it
     */
    public String sasl(String audience, String accessToken) {
        Map<String, Object> claims = claims();
        claims.put("aud", audience);
        claims.put("ath", hash(accessToken));
        return key.sign(TokenType.SASL_PROOF, claims);
    }

    /**
     * {@return a proof for a request over HTTP (RFC 9449 section 4.2)}
     *
     * @param method the request's method
     * @param uri the request's address; query and fragment are left out
     * @param accessToken the token that goes with it, or null if none does
     * @param nonce what the server gave for it, or null if it gave nothing
     */
    public String dpop(String method, URI uri, @Nullable String accessToken, @Nullable String nonce) {
        Map<String, Object> claims = claims();
        claims.put("htm", method);
        claims.put("htu", target(uri));
        claims.put("ath", accessToken == null ? null : hash(accessToken));
        claims.put("nonce", nonce);
        return key.sign(TokenType.DPOP, claims);
    }

    /**
     * {@return a proof for an attestation
     * (draft-ietf-oauth-attestation-based-client-auth)}
     *
     * @param audience who issues tokens, by https
     * @param challenge what it gave for it
     */
    public String attestation(URI audience, String challenge) {
        Map<String, Object> claims = claims();
        claims.put("aud", audience.toString());
        claims.put("challenge", challenge);
        return key.sign(TokenType.ATTESTATION_PROOF, claims);
    }

    private Map<String, Object> claims() {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", Base64Url.encode(id));
        claims.put("iat", clock.instant().getEpochSecond());
        return claims;
    }

    static String hash(String accessToken) {
        return Base64Url.encode(Hashes.sha256(accessToken.getBytes(US_ASCII)));
    }

    /** {@return the address without query and fragment (RFC 9449 section 4.2)} */
    static String target(URI uri) {
        String text = uri.toString();
        int end = text.length();
        for (char c : new char[] {'#', '?'}) {
            int at = text.indexOf(c);
            end = at >= 0 && at < end ? at : end;
        }
        return text.substring(0, end);
    }
}
