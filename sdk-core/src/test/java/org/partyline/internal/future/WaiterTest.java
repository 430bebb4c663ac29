package org.partyline.internal.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.error.ConnectionLostException;
import org.partyline.error.RequestTimeoutException;
import org.partyline.transport.connection.LoopThread;

class WaiterTest {
    private final Waiter waiter = new Waiter(Duration.ofSeconds(30));

    @Test
    @DisplayName("waiting inside a callback does not wait for the callback executor, which is busy with the callback")
    void insideACallback_doesNotDeadlock() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        ExecutorService loop = Executors.newSingleThreadExecutor();
        try {
            CallbackExecutor callbacks = new CallbackExecutor(pool);
            CompletableFuture<String> outcome = new CompletableFuture<>();
            callbacks.execute(() -> {
                CompletableFuture<String> inner = new CompletableFuture<>();
                CompletableFuture<String> future = PublicFuture.of(inner, callbacks);
                loop.execute(() -> inner.complete("answer"));
                outcome.complete(
                        waiter.await("ask", () -> future) + ", and the public future is done: " + future.isDone());
            });
            assertEquals("answer, and the public future is done: false", outcome.get(30, TimeUnit.SECONDS));
        } finally {
            pool.shutdownNow();
            loop.shutdownNow();
        }
    }

    @Test
    void onAnEventLoop_isRefusedBeforeAnythingIsBegun() throws Exception {
        AtomicBoolean begun = new AtomicBoolean();
        CompletableFuture<Throwable> refusal = new CompletableFuture<>();
        Loop loop = new Loop(() -> refusal.complete(assertThrows(
                IllegalStateException.class,
                () -> waiter.await("ask", () -> {
                    begun.set(true);
                    return CompletableFuture.completedFuture("never");
                }))));
        loop.start();
        assertEquals(
                "ask would block an event loop: use the asynchronous client there",
                refusal.get(30, TimeUnit.SECONDS).getMessage());
        assertFalse(begun.get());
    }

    @Test
    void failure_isACopyWithTheCallersTrace_andTheSameCause() {
        IOException cause = new IOException("reset");
        ConnectionLostException original = new ConnectionLostException("ask", "gone", cause, true);
        original.setStackTrace(new StackTraceElement[0]);
        CompletableFuture<String> failed = CompletableFuture.failedFuture(original);
        ConnectionLostException thrown =
                assertThrows(ConnectionLostException.class, () -> waiter.await("ask", () -> failed));
        assertNotSame(original, thrown);
        assertEquals("gone", thrown.getMessage());
        assertSame(cause, thrown.getCause());
        assertTrue(thrown.outcomeUnknown());
        assertSame(original, thrown.getSuppressed()[0]);
        assertTrue(Arrays.stream(thrown.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(WaiterTest.class.getName())));
        assertEquals(0, original.getStackTrace().length, "the original is as it was");
        assertEquals(0, original.getSuppressed().length, "the original is as it was");
    }

    @Test
    void otherFailures_areThrownUncheckedOrWrapped() {
        IllegalStateException unchecked = new IllegalStateException("no receipt was requested");
        assertSame(
                unchecked,
                assertThrows(
                        IllegalStateException.class,
                        () -> waiter.await("ask", () -> CompletableFuture.failedFuture(unchecked))));
        IOException checked = new IOException("odd");
        assertSame(
                checked,
                assertThrows(
                                CompletionException.class,
                                () -> waiter.await("ask", () -> CompletableFuture.failedFuture(checked)))
                        .getCause());
        assertThrows(CancellationException.class, () -> {
            CompletableFuture<String> cancelled = new CompletableFuture<>();
            cancelled.cancel(false);
            waiter.await("ask", () -> cancelled);
        });
    }

    @Test
    void timeout_namesTheOperation_andCancels() {
        CompletableFuture<String> never = new CompletableFuture<>();
        RequestTimeoutException timeout = assertThrows(
                RequestTimeoutException.class, () -> new Waiter(Duration.ofMillis(5)).await("ask", () -> never));
        assertEquals("ask", timeout.operation());
        assertEquals(Duration.ofMillis(5), timeout.waited());
        assertTrue(never.isCancelled());
    }

    @Test
    void interrupt_isKept_andCancels() {
        CompletableFuture<String> never = new CompletableFuture<>();
        Thread.currentThread().interrupt();
        CancellationException interrupted =
                assertThrows(CancellationException.class, () -> waiter.await("ask", () -> never));
        assertTrue(Thread.interrupted(), "the flag is set again; this clears it");
        assertInstanceOf(InterruptedException.class, interrupted.getCause());
        assertTrue(never.isCancelled());
    }

    @Test
    void timeouts_mustBePositive_andMayBeEndless() {
        assertThrows(IllegalArgumentException.class, () -> new Waiter(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new Waiter(Duration.ofMillis(-1)));
        Waiter patient = new Waiter(Duration.ofSeconds(Long.MAX_VALUE));
        assertEquals("at once", patient.await("ask", () -> CompletableFuture.completedFuture("at once")));
    }

    private static final class Loop extends Thread implements LoopThread {
        Loop(Runnable task) {
            super(task);
        }
    }
}
