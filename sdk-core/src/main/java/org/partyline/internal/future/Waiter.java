package org.partyline.internal.future;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.partyline.error.ImException;
import org.partyline.error.RequestTimeoutException;
import org.partyline.transport.connection.LoopThread;

/**
 * Turns calls that give futures into calls that wait. Waits on the inner future, so that it works inside a callback; parks
 * without holding a lock, so that it suits virtual threads.
 */
public final class Waiter {
    private final Duration timeout;

    /**
     * @param timeout how long each call waits
     * @throws IllegalArgumentException if it is not positive
     */
    public Waiter(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the timeout must be positive: " + timeout);
        }
        this.timeout = timeout;
    }

    /**
     * Makes a call and waits for its outcome, for as long as this waiter waits.
     *
     * @param operation what it is, in a few words
     * @param call makes the call
     * @param <T> its result
     * @return its result
     * @throws ImException if it failed: a copy, with the caller's stack trace
     * @throws RequestTimeoutException if the time was up; the call is then cancelled
     * @throws CancellationException if the thread was interrupted, which it then still is; the call is then cancelled
     * @throws CompletionException if it failed with what is neither an {@code ImException} nor unchecked
     * @throws IllegalStateException on an event loop; nothing was begun
     */
    public <T> T await(String operation, Supplier<CompletableFuture<T>> call) {
        return await(operation, call, timeout);
    }

    /**
     * As {@link #await(String, Supplier)}, with a time of its own.
     *
     * @param operation what it is, in a few words
     * @param call makes the call
     * @param limit how long to wait
     * @param <T> its result
     * @return its result
     */
    public <T> T await(String operation, Supplier<CompletableFuture<T>> call, Duration limit) {
        if (LoopThread.isCurrent()) {
            throw new IllegalStateException(
                    operation + " would block an event loop: use the asynchronous client there");
        }
        CompletableFuture<T> future = call.get();
        try {
            return PublicFuture.innerOf(future).get(nanos(limit), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            future.cancel(false);
            throw new RequestTimeoutException(operation, "outcome", limit);
        } catch (InterruptedException e) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            CancellationException interrupted = new CancellationException(operation + ": interrupted while waiting");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static RuntimeException failure(ExecutionException wrapper) {
        Throwable cause = wrapper.getCause();
        if (cause instanceof ImException expected) {
            return expected.atCaller();
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new CompletionException(cause);
    }

    private static long nanos(Duration limit) {
        // More than 292 years do not fit.
        return limit.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0 ? Long.MAX_VALUE : limit.toNanos();
    }
}
