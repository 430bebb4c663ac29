package org.partyline.auth.license;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.partyline.auth.internal.jose.JoseException;
import org.partyline.auth.internal.jose.JsonObject;
import org.partyline.auth.internal.jose.Jwk;
import org.partyline.auth.internal.jose.Jws;
import org.partyline.auth.internal.jose.Keys;
import org.partyline.auth.internal.jose.TokenType;

/**
 * The operator's keys, signed by a root, and what each of them signs.
 *
 * @param issuer whose keys they are, by https
 * @param issuedAt when this list of them was issued, to the second
 * @param expiresAt when there has to be a newer one
 * @param sequence counts the lists; never goes back
 * @param keys the keys
 */
public record KeysDocument(URI issuer, Instant issuedAt, Instant expiresAt, long sequence, List<Entry> keys) {
    private static final int MAX_KEYS = 32;

    /**
     * A key.
     *
     * @param key the key, with a name
     * @param types the types of tokens that it signs ({@code im_use}), such as {@code im-license+jwt}
     */
    public record Entry(PublicJwk key, Set<String> types) {

        /** Copies the types. */
        public Entry {
            types = Set.copyOf(types);
        }
    }

    /**
     * Checks the keys.
     *
     * @throws IllegalArgumentException if there are over 32, one has no name of its own, the sequence is below 0, or it ends
     *     before it is issued
     */
    public KeysDocument {
        Set<String> names = new HashSet<>();
        keys.forEach(entry -> entry.key().kid().ifPresent(names::add));
        if (keys.size() > MAX_KEYS || names.size() != keys.size()) {
            throw new IllegalArgumentException("there are at most 32 keys, each with a name of its own");
        }
        if (sequence < 0 || !issuedAt.isBefore(expiresAt)) {
            throw new IllegalArgumentException("a list of keys ends after it is issued");
        }
        keys = List.copyOf(keys);
    }

    /**
     * {@return the keys of a token}
     *
     * @param token the token, type {@code im-keys+jwt}
     * @param roots who may sign it
     * @throws LicenseException if it cannot be read ({@link LicenseCode#LICENSE_MALFORMED}), or no root has signed it
     *     ({@link LicenseCode#LICENSE_SIGNATURE}). When it ends is not asked
     */
    public static KeysDocument parse(String token, TrustRoots roots) throws LicenseException {
        return Documents.read("keys", () -> {
            JsonObject claims = Jws.verify(token, TokenType.KEYS, roots.keys());
            List<Entry> entries = new ArrayList<>();
            for (JsonObject each : claims.objects("keys")) {
                entries.add(entry(each));
            }
            return new KeysDocument(
                    claims.web("iss"), claims.date("iat"), claims.date("exp"), claims.integer("seq"), entries);
        });
    }

    private static Entry entry(JsonObject object) throws JoseException {
        List<String> types = object.texts("im_use");
        return new Entry(new PublicJwk(Jwk.read(object)), new HashSet<>(types));
    }

    Keys trusted() {
        return Keys.of(keys, entry -> entry.key().jwk(), Entry::types);
    }
}
