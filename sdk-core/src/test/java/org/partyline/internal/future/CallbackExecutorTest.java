package org.partyline.internal.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallbackExecutorTest {

    @Test
    void tasksOfManyThreads_runOneAtATime_eachThreadsInOrder() throws Exception {
        int threads = 4;
        int each = 5_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CallbackExecutor callbacks = new CallbackExecutor(pool);
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger overlaps = new AtomicInteger();
            int[] last = new int[threads];
            AtomicInteger disorder = new AtomicInteger();
            CountDownLatch done = new CountDownLatch(threads * each);
            for (int t = 0; t < threads; t++) {
                int thread = t;
                new Thread(() -> {
                            for (int i = 1; i <= each; i++) {
                                int number = i;
                                callbacks.execute(() -> {
                                    if (inside.incrementAndGet() > 1) {
                                        overlaps.incrementAndGet();
                                    }
                                    if (last[thread] + 1 != number) {
                                        disorder.incrementAndGet();
                                    }
                                    last[thread] = number;
                                    inside.decrementAndGet();
                                    done.countDown();
                                });
                            }
                        })
                        .start();
            }
            assertTrue(done.await(60, TimeUnit.SECONDS));
            assertEquals(0, overlaps.get());
            assertEquals(0, disorder.get());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void manyTasks_giveTheThreadBackInBetween() {
        ArrayDeque<Runnable> pool = new ArrayDeque<>();
        CallbackExecutor busy = new CallbackExecutor(pool::add);
        CallbackExecutor other = new CallbackExecutor(pool::add);
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            busy.execute(() -> order.add("busy"));
        }
        other.execute(() -> order.add("other"));
        while (!pool.isEmpty()) {
            pool.remove().run();
        }
        assertEquals(1_001, order.size());
        assertEquals(64, order.indexOf("other"));
    }

    @Test
    void taskThatThrows_doesNotStopTheNext() {
        CallbackExecutor callbacks = new CallbackExecutor(Runnable::run);
        List<String> ran = new ArrayList<>();
        callbacks.execute(() -> {
            throw new IllegalStateException("bad day");
        });
        callbacks.execute(() -> ran.add("next"));
        assertEquals(List.of("next"), ran);
    }

    @Test
    void taskGivenByATask_runsAfterIt_evenOnADirectExecutor() {
        CallbackExecutor callbacks = new CallbackExecutor(Runnable::run);
        List<String> order = new ArrayList<>();
        callbacks.execute(() -> {
            callbacks.execute(() -> order.add("inner"));
            order.add("outer");
        });
        assertEquals(List.of("outer", "inner"), order);
    }

    @Test
    void executorThatRefuses_doesNotKeepFuturesFromCompleting() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        CallbackExecutor callbacks = new CallbackExecutor(task -> {
            refused.incrementAndGet();
            throw new RejectedExecutionException("shut down");
        });
        for (int i = 1; i <= 3; i++) {
            CompletableFuture<String> inner = new CompletableFuture<>();
            CompletableFuture<Boolean> daemon = PublicFuture.of(inner, callbacks)
                    .thenApply(value -> Thread.currentThread().isDaemon());
            inner.complete("value");
            assertTrue(daemon.get(30, TimeUnit.SECONDS));
        }
        assertTrue(refused.get() >= 1);
    }

    @Test
    void executorShutDownBetweenRuns_losesNothing() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        CallbackExecutor callbacks = new CallbackExecutor(pool);
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(500);
        callbacks.execute(() -> {
            try {
                assertTrue(first.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        for (int i = 0; i < 500; i++) {
            callbacks.execute(all::countDown);
        }
        pool.shutdown();
        first.countDown();
        assertTrue(all.await(30, TimeUnit.SECONDS), "the tasks beyond the first batch ran elsewhere");
    }

    @Test
    @SuppressWarnings("NullAway") // that is the point
    void noTask_isRefusedAtOnce() {
        CallbackExecutor callbacks = new CallbackExecutor(Runnable::run);
        assertThrows(NullPointerException.class, () -> callbacks.execute(null));
        assertFalse(Thread.currentThread().isInterrupted());
    }
}
