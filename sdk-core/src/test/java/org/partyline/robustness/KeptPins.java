package org.partyline.robustness;

import org.jspecify.annotations.Nullable;
import org.partyline.auth.sasl.PinStore;
import org.partyline.auth.sasl.SecurityPin;

/** A pin store that can be waited for. */
final class KeptPins implements PinStore {
    private final PinStore store = PinStore.inMemory();
    private final Writes writes = new Writes();

    @Override
    public @Nullable SecurityPin read(String account) {
        return store.read(account);
    }

    @Override
    public void write(String account, SecurityPin pin) {
        store.write(account, pin);
        writes.one();
    }

    @Override
    public void reset(String account) {
        store.reset(account);
    }

    /** Waits until so many writes have been made since the last call. */
    void awaitWrites(int count) {
        writes.await(count);
    }
}
