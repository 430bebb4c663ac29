package org.partyline.auth.internal.jose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.partyline.auth.internal.jose.JoseException.Reason;

/** The keys that are trusted, each for some types of tokens alone. Nothing is ever fetched. */
public final class Keys {
    private record Entry(Jwk jwk, Set<String> types) {}

    private final Map<String, Entry> byName;

    private Keys(Map<String, Entry> byName) {
        this.byName = byName;
    }

    /**
     * {@return keys that all sign the same types}
     *
     * @param keys the keys, each with a name of its own
     * @param types what they sign
     * @throws IllegalArgumentException if one has no name, or two the same
     */
    public static Keys of(List<Jwk> keys, TokenType... types) {
        Set<String> names =
                Set.copyOf(List.of(types).stream().map(TokenType::typ).toList());
        return of(keys, Function.identity(), key -> names);
    }

    /**
     * {@return keys that sign different types}
     *
     * @param entries what stands for the keys
     * @param key tells the key of one
     * @param types tells the names of the types that one signs
     * @param <T> what they are
     * @throws IllegalArgumentException if one has no name, or two the same
     */
    public static <T> Keys of(List<T> entries, Function<T, Jwk> key, Function<T, Set<String>> types) {
        Map<String, Entry> byName = new LinkedHashMap<>();
        for (T each : entries) {
            Jwk jwk = key.apply(each);
            String kid = jwk.kid();
            if (kid == null || byName.put(kid, new Entry(jwk, types.apply(each))) != null) {
                throw new IllegalArgumentException("a key without a name of its own");
            }
        }
        return new Keys(byName);
    }

    Jwk find(String kid, TokenType type) throws JoseException {
        Entry entry = byName.get(kid);
        if (entry == null) {
            throw new JoseException(Reason.UNKNOWN_KEY);
        }
        if (!entry.types.contains(type.typ())) {
            throw new JoseException(Reason.KEY_FAMILY);
        }
        return entry.jwk;
    }
}
