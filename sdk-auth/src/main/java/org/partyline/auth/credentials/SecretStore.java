package org.partyline.auth.credentials;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where secrets that the server gave survive a restart: the platform's key store, say. The library writes none anywhere
 * by itself. Called on worker threads, and may block; what it throws is logged by its class alone, and the sign-in goes on
 * without.
 */
public interface SecretStore {

    /**
     * {@return a secret, for the caller to wipe, or null if there is none}
     *
     * @param name the secret's name
     */
    byte @Nullable [] read(String name);

    /**
     * Keeps a secret in place of what has the name.
     *
     * @param name the secret's name: printable, at most 3,200 characters, with the account's address in it
     * @param secret the secret, at most 16,384 bytes; wiped by the caller afterwards
     */
    void write(String name, byte[] secret);

    /**
     * Removes a secret, if there is one.
     *
     * @param name the secret's name
     */
    void delete(String name);

    /** {@return a store that forgets all when the process ends; wipes what it lets go of} */
    static SecretStore inMemory() {
        return new InMemory();
    }

    /** A store in memory. */
    final class InMemory implements SecretStore {
        private final Map<String, byte[]> secrets = new HashMap<>();

        private InMemory() {}

        @Override
        public synchronized byte @Nullable [] read(String name) {
            byte[] secret = secrets.get(name);
            return secret == null ? null : secret.clone();
        }

        @Override
        public synchronized void write(String name, byte[] secret) {
            wipe(secrets.put(name, secret.clone()));
        }

        @Override
        public synchronized void delete(String name) {
            wipe(secrets.remove(name));
        }

        private static void wipe(byte @Nullable [] secret) {
            if (secret != null) {
                Arrays.fill(secret, (byte) 0);
            }
        }

        @Override
        public String toString() {
            return "SecretStore[in memory]";
        }
    }
}
