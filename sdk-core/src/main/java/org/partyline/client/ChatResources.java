package org.partyline.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
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
    private final Transport transport;
    private final ThreadPoolExecutor workers;
    private final ThreadPoolExecutor callbacks;

    private ChatResources(int loops, int workerThreads, String name) {
        this.transport = Transports.start(loops, "partyline-" + name + "-loop-");
        this.workers = pool(workerThreads, "partyline-" + name + "-worker-");
        this.callbacks = pool(workerThreads, "partyline-" + name + "-callback-");
    }

    /** {@return resources with one event loop a processor, at most 4, and as many workers and callback threads} */
    public static ChatResources create() {
        int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
        return create(threads, threads, "shared");
    }

    /**
     * {@return resources}
     *
     * @param loops how many event loops
     * @param workerThreads how many threads for workers, and again for callbacks of clients that bring no executor
     * @param name stands in the threads' names
     * @throws IllegalArgumentException if a number is not positive
     */
    public static ChatResources create(int loops, int workerThreads, String name) {
        if (loops < 1 || workerThreads < 1) {
            throw new IllegalArgumentException("at least one thread of each kind: " + loops + ", " + workerThreads);
        }
        return new ChatResources(loops, workerThreads, name);
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

    /** Ends the threads. Does not wait for them; {@link #closeAsync()} tells when they have ended. */
    @Override
    public void close() {
        closeAsync();
    }

    /** {@return completes when the loops have ended} */
    public CompletableFuture<Void> closeAsync() {
        workers.shutdown();
        callbacks.shutdown();
        return transport.close();
    }

    private static ThreadPoolExecutor pool(int threads, String prefix) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, prefix + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
