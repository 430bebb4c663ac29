package org.partyline.auth.license;

import java.util.List;
import org.partyline.auth.internal.crypto.KeyKind;
import org.partyline.auth.internal.jose.Keys;
import org.partyline.auth.internal.jose.TokenType;

/**
 * The two keys that an application pins: the operator's root, and the one that will follow it. They sign which other keys
 * there are, and nothing else, so that those change without an update of the application.
 */
public final class TrustRoots {
    private final Keys keys;

    private TrustRoots(Keys keys) {
        this.keys = keys;
    }

    /**
     * {@return the roots}
     *
     * @param current the root
     * @param next the one that will follow it
     * @throws IllegalArgumentException if one is no Ed25519 key, or has no name of its own
     */
    public static TrustRoots of(PublicJwk current, PublicJwk next) {
        for (PublicJwk each : List.of(current, next)) {
            if (each.jwk().key().kind() != KeyKind.ED25519) {
                throw new IllegalArgumentException("a root is an Ed25519 key");
            }
        }
        return new TrustRoots(Keys.of(List.of(current.jwk(), next.jwk()), TokenType.KEYS));
    }

    Keys keys() {
        return keys;
    }
}
