package org.partyline.client;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.partyline.transport.Transports;
import org.partyline.transport.connection.Transport;

/**
 * Threads that many clients share: event loops, and workers for what computes or blocks. Many accounts in one process
 * cost memory, not threads. What you make here you close, after the clients that use it.
 */
public final class ChatResources implements AutoCloseable {
    private static final int HARD_MAX_THREADS = 1024;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Transport transport;
    private final Pool workers;
    private final Pool callbacks;
    private final Pool storage;

    private ChatResources(int loops, int workerThreads, String name) {
        this.transport = Transports.start(loops, "partyline-" + name);
        this.workers = new Pool(workerThreads, "partyline-" + name + "-worker-");
        this.callbacks = new Pool(workerThreads, "partyline-" + name + "-callback-");
        this.storage = new Pool(workerThreads, "partyline-" + name + "-storage-");
    }

    /** {@return resources with one event loop a processor, at most 4, and as many workers and callback threads} */
    public static ChatResources create() {
        int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
        return create(threads, threads, "shared");
    }

    /**
     * {@return resources}
     *
     * @param loops how many event loops, 1 to 1,024
     * @param workerThreads how many threads for workers, 1 to 1,024, again for callbacks of clients that bring no executor,
     *     and again for what waits for a disk
     * @param name stands in the threads' names
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static ChatResources create(int loops, int workerThreads, String name) {
        checked("loops", loops);
        checked("workerThreads", workerThreads);
        return new ChatResources(loops, workerThreads, Objects.requireNonNull(name, "name"));
    }

    private static void checked(String setting, int threads) {
        if (threads < 1 || threads > HARD_MAX_THREADS) {
            throw new IllegalArgumentException(setting + " must be between 1 and " + HARD_MAX_THREADS + ": " + threads);
        }
    }

    Transport transport() {
        return transport;
    }

    ExecutorService workers() {
        return workers;
    }

    ExecutorService callbacks() {
        return callbacks;
    }

    ExecutorService storage() {
        return storage;
    }

    /** Ends the threads. Does not wait for them; {@link #closeAsync()} tells when they have ended. */
    @Override
    public void close() {
        closeAsync();
    }

    /**
     * {@return completes when the loops and all other threads have ended, or after 10 seconds if
     * application code holds one of them up; never fails; the same each time}
     */
    public CompletableFuture<Void> closeAsync() {
        workers.shutdown();
        callbacks.shutdown();
        storage.shutdown();
        return CompletableFuture.allOf(transport.close(), workers.ended, callbacks.ended, storage.ended)
                .thenRunAsync(() -> {
                    workers.join();
                    callbacks.join();
                    storage.join();
                })
                .completeOnTimeout(null, CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    /** A fixed number of daemon threads, which go when there is nothing to do. */
    private static final class Pool extends ThreadPoolExecutor {
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final Set<Thread> made = ConcurrentHashMap.newKeySet();

        Pool(int threads, String prefix) {
            super(threads, threads, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
            allowCoreThreadTimeOut(true);
            setThreadFactory(named(prefix));
        }

        private ThreadFactory named(String prefix) {
            AtomicInteger number = new AtomicInteger();
            return task -> {
                Thread thread = new Thread(task, prefix + number.incrementAndGet());
                thread.setDaemon(true);
                made.removeIf(other -> other.getState() == Thread.State.TERMINATED);
                made.add(thread);
                return thread;
            };
        }

        /** Called by the last thread, which ends a little later. */
        @Override
        protected void terminated() {
            ended.complete(null);
        }

        /** Waits for threads that have nothing left to do. */
        void join() {
            try {
                for (Thread thread : made) {
                    thread.join();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
