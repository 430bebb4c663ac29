package org.partyline.testkit.internal.net;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the daemon threads of one network, and waits for their end. */
final class LoopThreads implements ThreadFactory {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String prefix;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    LoopThreads(String name) {
        this.prefix = "partyline-testkit-" + name + "-";
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new FastThreadLocalThread(task, prefix + COUNT.incrementAndGet());
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    /** Waits until every thread has ended. */
    void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
