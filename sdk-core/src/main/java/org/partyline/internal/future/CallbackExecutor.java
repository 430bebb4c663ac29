package org.partyline.internal.future;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs application code: one task at a time for one client, on any executor, in the order given. Runs of different
 * clients go side by side, and a client gives its thread back after {@value #BATCH} tasks, so that many are fair on a
 * shared pool. The queue has no bound of its own: each task stands for a future or for a subscriber's buffer, which have.
 *
 * <p>An executor that refuses, because it was shut down or is full, does not keep futures from completing: the tasks that
 * wait then run on a daemon thread made for them, and the executor is asked again for those that come later. An executor
 * that takes a run and never makes it (as {@code shutdownNow()} does) ends the client's callbacks.
 */
public final class CallbackExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackExecutor.class);
    private static final int BATCH = 64;

    private final Executor executor;

    private final Object lock = new Object();
    private ArrayDeque<Runnable> arriving = new ArrayDeque<>(); // guarded by lock
    private boolean running; // guarded by lock

    /** Of the running drain alone. */
    private ArrayDeque<Runnable> leaving = new ArrayDeque<>();

    /**
     * @param executor where the tasks run
     */
    public CallbackExecutor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    @Override
    public void execute(Runnable task) {
        Objects.requireNonNull(task, "task");
        synchronized (lock) {
            arriving.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        start();
    }

    private void start() {
        try {
            executor.execute(this::drain);
        } catch (RuntimeException e) {
            LOG.debug("the callback executor refuses; a thread of its own runs what waits", e);
            Thread thread = new Thread(this::drain, "partyline-callback-fallback");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void drain() {
        for (int budget = BATCH; budget > 0; budget--) {
            Runnable task = next();
            if (task == null) {
                return;
            }
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.warn("a callback failed", e);
            }
        }
        start();
    }

    private @Nullable Runnable next() {
        if (leaving.isEmpty()) {
            synchronized (lock) {
                ArrayDeque<Runnable> empty = leaving;
                leaving = arriving;
                arriving = empty;
                if (leaving.isEmpty()) {
                    running = false;
                    return null;
                }
            }
        }
        return leaving.remove();
    }
}
