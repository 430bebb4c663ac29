package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.credentials.SecretStore;

/** A secret store that can be waited for. */
final class KeptSecrets implements SecretStore {
    private final SecretStore store = SecretStore.inMemory();
    private final Writes writes = new Writes();

    @Override
    public byte @Nullable [] read(String name) {
        return store.read(name);
    }

    @Override
    public void write(String name, byte[] secret) {
        store.write(name, secret);
        writes.one();
    }

    @Override
    public void delete(String name) {
        store.delete(name);
    }

    /** The token of XEP-0484 that is kept for an account. */
    String fastToken(String account) {
        String stored = new String(store.read("fast-token " + account), StandardCharsets.UTF_8);
        String token = stored.substring(stored.lastIndexOf('\n') + 1);
        assertTrue(token.length() >= 8, "no token where one was looked for");
        return token;
    }

    /** Waits until so many writes have been made since the last call. */
    void awaitWrites(int count) {
        writes.await(count);
    }
}
