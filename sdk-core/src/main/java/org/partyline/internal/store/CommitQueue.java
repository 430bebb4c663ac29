package org.partyline.internal.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.partyline.error.StoreException;
import org.partyline.store.AccountStore;
import org.partyline.store.StoreChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to a store on a thread of its own, in order, and together what came while it was busy: a hundred messages that wait cost one
 * forcing to the disk. What is in it is bounded by those who write: the outbox by its limits, and what arrives by the reading.
 */
public final class CommitQueue {
    private static final Logger LOG = LoggerFactory.getLogger(CommitQueue.class);
    /** Changes in one commit, so that a long queue does not make one that is endless. */
    private static final int MOST_TOGETHER = 1_000;

    private record Write(List<StoreChange> changes, CompletableFuture<Void> done) {}

    private final AccountStore store;
    private final Executor storage;
    private final Object lock = new Object();
    private final ArrayDeque<Write> waiting = new ArrayDeque<>(); // guarded by lock
    private boolean running; // guarded by lock
    private @Nullable CompletableFuture<Void> closing; // guarded by lock

    /**
     * @param store where to write; closed with this
     * @param storage where to wait for the disk
     */
    public CommitQueue(AccountStore store, Executor storage) {
        this.store = store;
        this.storage = storage;
    }

    /**
     * Writes changes after all that was given before. Any thread.
     *
     * @param changes the changes; all are made, or none
     * @return completes on the thread that wrote, when they are on the disk, in the order of the calls; fails with {@link StoreException}
     */
    public CompletableFuture<Void> commit(List<StoreChange> changes) {
        Write write = new Write(changes, new CompletableFuture<>());
        synchronized (lock) {
            if (closing != null) {
                write.done().completeExceptionally(closed());
                return write.done();
            }
            waiting.add(write);
        }
        wake();
        return write.done();
    }

    /**
     * Writes what waits, and closes the store. Any thread.
     *
     * @return completes when it is closed; never fails; the same each time
     */
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> closed;
        synchronized (lock) {
            if (closing != null) {
                return closing;
            }
            closed = new CompletableFuture<>();
            closing = closed;
        }
        wake();
        return closed;
    }

    private void wake() {
        synchronized (lock) {
            if (running) {
                return;
            }
            running = true;
        }
        try {
            storage.execute(this::run);
        } catch (RejectedExecutionException e) {
            // The threads have ended. Whoever ended them waits for nothing that they do, so this thread does it.
            run();
        }
    }

    private void run() {
        while (true) {
            List<Write> group = new ArrayList<>();
            List<StoreChange> changes = new ArrayList<>();
            CompletableFuture<Void> closed = null;
            synchronized (lock) {
                Write next;
                while (changes.size() < MOST_TOGETHER && (next = waiting.poll()) != null) {
                    group.add(next);
                    changes.addAll(next.changes());
                }
                if (group.isEmpty()) {
                    closed = closing;
                    if (closed == null) {
                        running = false;
                        return;
                    }
                }
            }
            if (closed != null) {
                // Still running, so that nobody closes it twice.
                store.close();
                closed.complete(null);
                return;
            }
            write(group, changes);
        }
    }

    private void write(List<Write> group, List<StoreChange> changes) {
        StoreException failure = null;
        try {
            store.commit(changes);
        } catch (StoreException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            LOG.error("a store failed in a way that it does not document", e);
            failure = new StoreException(
                    "write to the store", StoreException.Reason.NOT_WRITTEN, "the store failed: " + e, e);
        }
        for (Write each : group) {
            if (failure == null) {
                each.done().complete(null);
            } else {
                each.done().completeExceptionally(failure);
            }
        }
    }

    private static StoreException closed() {
        return new StoreException("write to the store", StoreException.Reason.CLOSED, "the store is closed", null);
    }
}
