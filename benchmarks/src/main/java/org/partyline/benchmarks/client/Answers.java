package org.partyline.benchmarks.client;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts messages that come in, and wakes whoever waits for them only when the last has come. */
final class Answers {
    private static final int SECONDS = 60;

    private final AtomicInteger missing = new AtomicInteger();
    private final Semaphore complete = new Semaphore(0);
    private volatile String last = "";

    /** Expects so many from now on; to be called before they are asked for. */
    void expect(int count) {
        missing.set(count);
    }

    void accept(String body) {
        last = body;
        if (missing.decrementAndGet() == 0) {
            complete.release();
        }
    }

    void await() throws InterruptedException {
        if (!complete.tryAcquire(SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(missing + " messages did not come");
        }
    }

    /** {@return the body of the last} */
    String last() {
        return last;
    }
}
