package org.partyline.auth.internal.jose;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.internal.crypto.Hashes;
import org.partyline.auth.internal.crypto.KeyKind;
import org.partyline.auth.internal.crypto.VerifyKey;
import org.partyline.auth.internal.jose.JoseException.Reason;

/**
 * A public key as JSON (RFC 7517, RFC 7518 section 6.2.1, RFC 8037 section 2).
 *
 * @param key the key
 * @param kid its name, or null
 */
public record Jwk(VerifyKey key, @Nullable String kid) {
    private static final String OKP = "OKP";
    private static final String EC = "EC";

    /**
     * {@return the key of an object}
     *
     * @param object the object; members that are not known are left alone
     * @throws JoseException if it is no key, or an unsafe or private one
     */
    public static Jwk read(JsonObject object) throws JoseException {
        if (object.has("d")) {
            throw new JoseException(Reason.KEY);
        }
        VerifyKey key = key(object);
        String alg = object.optionalText("alg");
        String use = object.optionalText("use");
        if ((alg != null && !algorithms(key.kind()).contains(alg)) || (use != null && !use.equals("sig"))) {
            throw new JoseException(Reason.KEY);
        }
        return new Jwk(key, object.optionalText("kid"));
    }

    /**
     * {@return the key that {@link #json} gave}
     *
     * @param json the text, of a key that was checked before
     */
    public static Jwk checked(String json) {
        try {
            return read(Json.read(json));
        } catch (JoseException e) {
            throw new IllegalStateException("a key that was checked is none", e);
        }
    }

    private static VerifyKey key(JsonObject object) throws JoseException {
        String kind = object.text("kty") + " " + object.text("crv");
        byte[] x = Base64Url.decode(object.text("x"));
        try {
            return switch (kind) {
                case OKP + " Ed25519" -> VerifyKey.ed25519(x);
                case EC + " P-256" -> VerifyKey.p256(x, Base64Url.decode(object.text("y")));
                default -> throw new JoseException(Reason.KEY);
            };
        } catch (InvalidKeyException e) {
            throw new JoseException(Reason.KEY);
        }
    }

    /** {@return what {@code alg} may be for a key: the name of RFC 8037, and that of RFC 9864, are one algorithm} */
    static Set<String> algorithms(KeyKind kind) {
        return kind == KeyKind.P256 ? Set.of("ES256") : Set.of("EdDSA", "Ed25519");
    }

    /** {@return the name that tokens of ours carry: what RFC 8037 calls it, for it is what servers know} */
    static String algorithm(KeyKind kind) {
        return kind == KeyKind.P256 ? "ES256" : "EdDSA";
    }

    /** {@return its members, with the name if it has one} */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>(required());
        if (kid != null) {
            members.put("kid", kid);
        }
        return members;
    }

    /** {@return its members as text, without white space} */
    public String json() {
        return Json.write(members());
    }

    /** {@return its thumbprint: base64url of the hash of the required members in their order (RFC 7638 section 3)} */
    public String thumbprint() {
        return Base64Url.encode(Hashes.sha256(Json.write(required()).getBytes(UTF_8)));
    }

    private Map<String, String> required() {
        Map<String, String> members = new TreeMap<>();
        boolean ec = key.kind() == KeyKind.P256;
        members.put("kty", ec ? EC : OKP);
        members.put("crv", ec ? "P-256" : "Ed25519");
        members.put("x", Base64Url.encode(key.x()));
        if (ec) {
            members.put("y", Base64Url.encode(key.y()));
        }
        return members;
    }
}
