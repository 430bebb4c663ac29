package org.partyline.store;

import java.util.List;
import java.util.function.Consumer;

/**
 * What is kept of one account: small records, each with a key in a table. Used by one thread at a time. It may block.
 */
public interface AccountStore extends AutoCloseable {

    /**
     * {@return whether what was committed outlives the process. Where it does not, the client keeps its own copy alone, and
     * {@link #commit} is not called}
     */
    boolean isDurable();

    /**
     * Reads all records, in no particular order.
     *
     * @param reader gets each
     * @throws org.partyline.error.StoreException if they cannot be read
     */
    void readAll(Consumer<StoreRecord> reader);

    /**
     * Makes changes: all of them or none. When this returns, they are where neither the end of the process nor that of the
     * machine's power takes them away.
     *
     * @param changes the changes, in order; of two for one key the later holds
     * @throws org.partyline.error.StoreException if they could not be made; none was then, and another attempt may succeed
     */
    void commit(List<StoreChange> changes);

    /** Lets go of the account. Idempotent; does not throw. */
    @Override
    void close();
}
