package org.partyline.robustness;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Counts what was written to a store, for a test to wait for. */
final class Writes {
    private final Semaphore made = new Semaphore(0);

    void one() {
        made.release();
    }

    void await(int count) {
        try {
            if (!made.tryAcquire(count, 60, TimeUnit.SECONDS)) {
                throw new AssertionError("only " + made.availablePermits() + " of " + count + " writes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
