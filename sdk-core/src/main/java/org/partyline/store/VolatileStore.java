package org.partyline.store;

import java.util.List;
import java.util.function.Consumer;
import org.partyline.address.Jid;

/** Keeps nothing. */
enum VolatileStore implements Store, AccountStore {
    /** The only one: it has no state. */
    INSTANCE;

    @Override
    public AccountStore open(Jid account) {
        return this;
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public void readAll(Consumer<StoreRecord> reader) {
        // There is nothing to read.
    }

    @Override
    public void commit(List<StoreChange> changes) {
        // What its callers have in memory is all there is.
    }

    @Override
    public void close() {
        // There is nothing to let go of.
    }
}
