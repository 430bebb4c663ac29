package org.partyline.internal.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.partyline.store.AccountStore;
import org.partyline.store.StoreChange;
import org.partyline.store.StoreRecord;

/**
 * What a client finds of the process before, and where it writes what the next one is to find. All is read at once when the
 * client is built: what is kept is bounded, and is needed in memory anyway.
 */
public final class ClientRecords {
    private static final String PROCESS = "process";
    private static final String CLOSED = "closed";

    private final CommitQueue queue;
    private final boolean durable;
    private final boolean closedInOrder;
    private final Map<String, List<StoreRecord>> found = new HashMap<>();

    /**
     * Reads the records. May block.
     *
     * @param store where they are; closed with this
     * @param storage where to wait for the disk
     * @throws org.partyline.error.StoreException if they cannot be read
     */
    public ClientRecords(AccountStore store, Executor storage) {
        durable = store.isDurable();
        queue = new CommitQueue(store, storage);
        store.readAll(record -> found.computeIfAbsent(record.table(), table -> new ArrayList<>())
                .add(record));
        closedInOrder = !take(PROCESS).isEmpty();
        if (closedInOrder) {
            store.commit(List.of(StoreChange.remove(PROCESS, CLOSED)));
        }
    }

    /** {@return whether what is committed outlives the process; if not, nothing is} */
    public boolean isDurable() {
        return durable;
    }

    /**
     * {@return whether the client before this had written everything when it ended; if not, it may have sent what it had not
     * noted as sent}
     */
    public boolean closedInOrder() {
        return closedInOrder;
    }

    /**
     * {@return what the process before left in a table, in no particular order; once, for it is not kept}
     *
     * @param table the table
     */
    public List<StoreRecord> take(String table) {
        List<StoreRecord> records = found.remove(table);
        return records == null ? List.of() : records;
    }

    /**
     * Writes changes after all that was given before, where the store is durable; else does nothing. Any thread.
     *
     * @param changes the changes; all are made, or none
     * @return completes on a worker, or at once; fails with {@link org.partyline.error.StoreException}
     */
    public CompletableFuture<Void> commit(List<StoreChange> changes) {
        return durable ? queue.commit(changes) : CompletableFuture.completedFuture(null);
    }

    /** {@return writes what waits, and closes the store; completes then, never fails} */
    public CompletableFuture<Void> close() {
        if (!durable) {
            return CompletableFuture.completedFuture(null);
        }
        queue.commit(List.of(StoreChange.put(PROCESS, CLOSED, new byte[0])));
        return queue.close();
    }
}
