package org.partyline.internal.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.partyline.address.Jid;
import org.partyline.error.StoreException;
import org.partyline.store.AccountStore;
import org.partyline.store.Store;
import org.partyline.store.StoreChange;
import org.partyline.store.StoreRecord;

/** A disk that is no disk: what is committed outlives clients, and commits can fail, or be the last before a power failure. */
public final class MemoryStore implements Store {
    private final Map<String, StoreRecord> records = new LinkedHashMap<>();
    private final List<List<StoreChange>> commits = new ArrayList<>();
    private IntPredicate failing = number -> false;
    private Consumer<String> listener = moment -> {};
    private int crashAfter = Integer.MAX_VALUE;
    private int generation;

    /** Says who hears of each commit, just before it and just after: whoever it is may pull the plug. */
    public synchronized void hear(Consumer<String> of) {
        listener = of;
    }

    /** Has commits fail, by their number from 0 on. */
    public synchronized void failing(IntPredicate which) {
        failing = which;
    }

    /** Pulls the plug after so many more commits: nothing is written by whoever has it open now. */
    public synchronized void crashAfter(int more) {
        crashAfter = commits.size() + more;
    }

    /** The plug is in again; whoever had it open before is dead, and writes nothing any more. */
    public synchronized void restart() {
        generation++;
        crashAfter = Integer.MAX_VALUE;
    }

    public synchronized int commits() {
        return commits.size();
    }

    /** All that was written, in order. */
    public synchronized List<List<StoreChange>> history() {
        return List.copyOf(commits);
    }

    public synchronized List<String> keys(String table) {
        return records.values().stream()
                .filter(record -> record.table().equals(table))
                .map(StoreRecord::key)
                .toList();
    }

    private synchronized void commit(List<StoreChange> changes, int by) {
        listener.accept("before a commit");
        if (by != generation || commits.size() >= crashAfter) {
            return; // a dead process hears nothing, and is asked nothing
        }
        if (failing.test(commits.size())) {
            commits.add(List.of());
            throw new StoreException("write to the store", StoreException.Reason.NOT_WRITTEN, "told to fail", null);
        }
        commits.add(List.copyOf(changes));
        for (StoreChange change : changes) {
            String name = change.table() + "\n" + change.key();
            change.value()
                    .ifPresentOrElse(
                            value -> records.put(name, new StoreRecord(change.table(), change.key(), value)),
                            () -> records.remove(name));
        }
        listener.accept("after a commit");
    }

    @Override
    public AccountStore open(Jid account) {
        int by;
        synchronized (this) {
            by = generation;
        }
        return new AccountStore() {
            @Override
            public boolean isDurable() {
                return true;
            }

            @Override
            public void readAll(Consumer<StoreRecord> reader) {
                List<StoreRecord> all;
                synchronized (MemoryStore.this) {
                    all = List.copyOf(records.values());
                }
                all.forEach(reader);
            }

            @Override
            public void commit(List<StoreChange> changes) {
                MemoryStore.this.commit(changes, by);
            }

            @Override
            public void close() {
                // Another may open it.
            }
        };
    }
}
