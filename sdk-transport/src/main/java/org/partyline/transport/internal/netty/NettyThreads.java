package org.partyline.transport.internal.netty;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes named daemon threads, and remembers those that run, so that closing can wait for their end. */
final class NettyThreads implements ThreadFactory {
    private final String prefix;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    NettyThreads(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public Thread newThread(Runnable task) {
        Runnable tracked = () -> {
            try {
                task.run();
            } finally {
                running.remove(Thread.currentThread());
            }
        };
        Thread thread = new FastThreadLocalThread(null, tracked, prefix + count.incrementAndGet());
        thread.setDaemon(true);
        running.add(thread);
        return thread;
    }

    /** Waits for the end of every thread made so far. */
    void join() throws InterruptedException {
        for (Thread thread : running) {
            thread.join();
        }
    }
}
