package org.partyline.transport.internal.netty;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.partyline.transport.connection.LoopThread;

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
        Thread thread = new MarkedThread(tracked, prefix + count.incrementAndGet());
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

    private static final class MarkedThread extends FastThreadLocalThread implements LoopThread {
        MarkedThread(Runnable task, String name) {
            super(null, task, name);
        }
    }
}
