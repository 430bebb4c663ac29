package org.partyline.auth.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.internal.crypto.Pbkdf2;

/**
 * What SCRAM derives from a password (RFC 5802 section 3): enough to sign in again with the same salt, and not the
 * password.
 */
final class ScramKeys {
    private final byte[] clientKey;
    private final byte[] serverKey;

    private ScramKeys(byte[] clientKey, byte[] serverKey) {
        this.clientKey = clientKey;
        this.serverKey = serverKey;
    }

    static ScramKeys derive(ScramHash hash, byte[] password, ServerFirst challenge, BooleanSupplier stop)
            throws GeneralSecurityException {
        byte[] salted = Pbkdf2.derive(hash.mac(password), challenge.salt(), challenge.iterations(), stop);
        try {
            Mac mac = hash.mac(salted);
            return new ScramKeys(
                    mac.doFinal("Client Key".getBytes(StandardCharsets.US_ASCII)),
                    mac.doFinal("Server Key".getBytes(StandardCharsets.US_ASCII)));
        } finally {
            Wipe.wipe(salted);
        }
    }

    /** {@return ClientKey XOR HMAC(H(ClientKey), AuthMessage)} */
    byte[] clientProof(ScramHash hash, byte[] authMessage) throws GeneralSecurityException {
        byte[] proof = hash.mac(hash.hash(clientKey)).doFinal(authMessage);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        return proof;
    }

    /** {@return HMAC(ServerKey, AuthMessage)} */
    byte[] serverSignature(ScramHash hash, byte[] authMessage) throws GeneralSecurityException {
        return hash.mac(serverKey).doFinal(authMessage);
    }

    private ScramKeys copy() {
        return new ScramKeys(clientKey.clone(), serverKey.clone());
    }

    void wipe() {
        Wipe.wipe(clientKey);
        Wipe.wipe(serverKey);
    }

    /**
     * Keys of earlier sign-ins, so that a reconnect costs no key derivation and asks for no password. In memory only;
     * bounded, the oldest goes first. Holds and gives copies, so that each owner wipes its own.
     */
    static final class Cache {
        private static final int MOST = 8;

        private final Map<String, ScramKeys> kept = new LinkedHashMap<>();
        private boolean closed;

        synchronized @Nullable ScramKeys find(ScramHash hash, ServerFirst challenge) {
            ScramKeys keys = kept.get(challenge.saltKey(hash));
            return keys == null ? null : keys.copy();
        }

        synchronized void keep(ScramHash hash, ServerFirst challenge, ScramKeys keys) {
            if (closed) {
                return;
            }
            ScramKeys former = kept.put(challenge.saltKey(hash), keys.copy());
            if (former != null) {
                former.wipe();
            }
            if (kept.size() > MOST) {
                String oldest = kept.keySet().iterator().next();
                ScramKeys dropped = kept.remove(oldest);
                if (dropped != null) {
                    dropped.wipe();
                }
            }
        }

        /** Forgets a key that did not serve: the password may have changed under an unchanged salt. */
        synchronized void forget(ScramHash hash, ServerFirst challenge) {
            ScramKeys keys = kept.remove(challenge.saltKey(hash));
            if (keys != null) {
                keys.wipe();
            }
        }

        synchronized void close() {
            closed = true;
            kept.values().forEach(ScramKeys::wipe);
            kept.clear();
        }
    }
}
