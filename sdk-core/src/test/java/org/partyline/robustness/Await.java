package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.partyline.testkit.TestNetwork;

/** Waiting, with a bound that only a hang reaches. */
final class Await {
    private static final long SECONDS = 60;

    private Await() {}

    /** The outcome; a failure is thrown as it is. */
    static <T> T outcome(CompletableFuture<T> future) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (TimeoutException e) {
            throw new AssertionError("no outcome within " + SECONDS + " s", e);
        }
    }

    /** The failure, which must be of a type. */
    static <E extends Throwable> E failure(Class<E> type, CompletableFuture<?> future) {
        return assertThrows(type, () -> outcome(future));
    }

    static void zero(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(latch.getCount() + " are missing after " + SECONDS + " s");
        }
    }

    /** Waits until nobody is connected. */
    static void nobody(TestNetwork network) {
        try {
            network.await(now -> now.connectionsOpen() == 0, Duration.ofSeconds(SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static CompletableFuture<Void> all(Iterable<? extends CompletableFuture<?>> futures) {
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (CompletableFuture<?> each : futures) {
            all = CompletableFuture.allOf(all, each);
        }
        return all;
    }
}
