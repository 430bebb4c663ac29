package org.partyline.robustness;

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

    /** Waits until so many writes have been made since the last call. */
    void awaitWrites(int count) {
        writes.await(count);
    }
}
