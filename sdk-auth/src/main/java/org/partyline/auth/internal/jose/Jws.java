package org.partyline.auth.internal.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.internal.crypto.SigningKey;
import org.partyline.auth.internal.jose.JoseException.Reason;
import org.partyline.auth.internal.jose.TokenType.KeyPlace;

/**
 * A signed token in the compact form (RFC 7515 section 7.1), of a type that is known beforehand. What is asked of it is asked
 * in one order, from cheap to dear, so that it can be told why a token is refused, and nothing is computed for one that is
 * none: size, segments, encoding, header, type, algorithm, key, signature, and only then what it claims.
 */
public final class Jws {
    /** Characters of a token. */
    public static final int MAX_TOKEN = 8192;

    private static final int MAX_HEADER = 1024;
    private static final Set<String> NAMES = Set.of("typ", "alg", "kid", "jwk");
    private static final Set<String> ALGORITHMS = Set.of("EdDSA", "Ed25519", "ES256");

    private final String algorithm;
    private final @Nullable String kid;
    private final @Nullable JsonObject embedded;
    private final byte[] signed;
    private final byte[] payload;
    private final byte[] signature;

    private Jws(TokenType type, JsonObject header, String token, byte[] payload, byte[] signature)
            throws JoseException {
        this.algorithm = header.text("alg");
        this.kid = header.optionalText("kid");
        this.embedded = type.place() == KeyPlace.EMBEDDED ? header.object("jwk") : null;
        this.signed = token.substring(0, token.lastIndexOf('.')).getBytes(US_ASCII);
        this.payload = payload;
        this.signature = signature;
    }

    /**
     * {@return the claims of a token that one of the keys has signed, or for a proof the key that it brings along}
     *
     * @param token the token
     * @param type the one type that is accepted
     * @param keys what is trusted
     * @throws JoseException if it is no such token
     */
    public static JsonObject verify(String token, TokenType type, Keys keys) throws JoseException {
        Jws jws = parse(token, type);
        if (jws.kid == null) {
            throw new JoseException(Reason.HEADER);
        }
        return jws.verify(keys.find(jws.kid, type));
    }

    /**
     * {@return the claims of a token that this key has signed}
     *
     * @param token the token, of a type whose header tells no key
     * @param type the one type that is accepted
     * @param key the key
     * @throws JoseException if it is no such token
     */
    public static JsonObject verify(String token, TokenType type, Jwk key) throws JoseException {
        return parse(token, type).verify(key);
    }

    /**
     * A proof, whose header brings its key along.
     *
     * @param key the key, which is anybody's until it is compared with one that is known
     * @param claims what is claimed
     */
    public record Proof(Jwk key, JsonObject claims) {}

    /**
     * {@return the claims of a proof and the key that has signed it}
     *
     * @param token the token
     * @param type the one type that is accepted
     * @throws JoseException if it is no such proof
     */
    public static Proof verifyProof(String token, TokenType type) throws JoseException {
        Jws jws = parse(token, type);
        if (jws.embedded == null) {
            throw new JoseException(Reason.HEADER);
        }
        Jwk key = Jwk.read(jws.embedded);
        return new Proof(key, jws.verify(key));
    }

    private static Jws parse(String token, TokenType type) throws JoseException {
        if (token.isEmpty() || token.length() > MAX_TOKEN) {
            throw new JoseException(Reason.SIZE);
        }
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
            throw new JoseException(Reason.SEGMENTS);
        }
        byte[] head = Base64Url.decode(token.substring(0, first));
        byte[] payload = Base64Url.decode(token.substring(first + 1, second));
        byte[] signature = Base64Url.decode(token.substring(second + 1));
        if (head.length > MAX_HEADER) {
            throw new JoseException(Reason.SIZE);
        }
        JsonObject header = Json.read(head);
        check(header, type);
        return new Jws(type, header, token, payload, signature);
    }

    private static void check(JsonObject header, TokenType type) throws JoseException {
        if (header.has("crit")) {
            throw new JoseException(Reason.CRITICAL);
        }
        // The type comes before the names of its own: a token of another type is told as such.
        if (!NAMES.containsAll(header.names()) || !header.has("typ") || !header.has("alg")) {
            throw new JoseException(Reason.HEADER);
        }
        if (!header.text("typ").equals(type.typ())) {
            throw new JoseException(Reason.TYPE);
        }
        Set<String> own = switch (type.place()) {
            case NAMED -> Set.of("typ", "alg", "kid");
            case EMBEDDED -> Set.of("typ", "alg", "jwk");
            case ELSEWHERE -> Set.of("typ", "alg");
        };
        if (!header.names().equals(own)) {
            throw new JoseException(Reason.HEADER);
        }
        if (!ALGORITHMS.contains(header.text("alg"))) {
            throw new JoseException(Reason.ALGORITHM);
        }
    }

    private JsonObject verify(Jwk key) throws JoseException {
        // The key decides on the algorithm, the header only has to agree (RFC 8725 section 3.1).
        if (!Jwk.algorithms(key.key().kind()).contains(algorithm)) {
            throw new JoseException(Reason.ALGORITHM);
        }
        if (!key.key().verify(signed, signature)) {
            throw new JoseException(Reason.SIGNATURE);
        }
        return Json.read(payload);
    }

    /**
     * {@return a signed token}
     *
     * @param type its type
     * @param key what signs it
     * @param kid the name of the key, for a type that names it, and else null
     * @param claims its claims, as {@link Json#write} takes them
     * @throws IllegalArgumentException if it would be longer than a verifier takes
     */
    public static String sign(TokenType type, SigningKey key, @Nullable String kid, Map<String, ?> claims) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", type.typ());
        header.put("alg", Jwk.algorithm(key.verifyKey().kind()));
        if (type.place() == KeyPlace.NAMED) {
            if (kid == null) {
                throw new IllegalArgumentException("a token of type " + type.typ() + " names its key");
            }
            header.put("kid", kid);
        } else if (type.place() == KeyPlace.EMBEDDED) {
            header.put("jwk", new Jwk(key.verifyKey(), null).members());
        }
        String signed = segment(header) + "." + segment(claims);
        String token = signed + "." + Base64Url.encode(key.sign(signed.getBytes(US_ASCII)));
        if (token.length() > MAX_TOKEN) {
            throw new IllegalArgumentException("a token of " + token.length() + " characters is too long");
        }
        return token;
    }

    private static String segment(Map<String, ?> members) {
        return Base64Url.encode(Json.write(members).getBytes(UTF_8));
    }
}
