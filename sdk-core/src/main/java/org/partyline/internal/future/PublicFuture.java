package org.partyline.internal.future;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * The future that the application holds. It follows one that completes on the event loop, but completes on the callback
 * executor, so that no application code runs on the loop. The blocking façade waits on {@link #inner()}, which
 * completes even while the callback executor is busy: blocking inside a callback cannot deadlock.
 *
 * @param <T> the result
 */
public final class PublicFuture<T> extends CompletableFuture<T> {
    private final CompletableFuture<T> inner;

    private PublicFuture(CompletableFuture<T> inner) {
        this.inner = inner;
    }

    /**
     * {@return a future that follows another, on an executor; cancelling it cancels the other}
     *
     * @param inner the future to follow
     * @param callbacks where it completes
     * @param <T> the result
     */
    public static <T> CompletableFuture<T> of(CompletableFuture<T> inner, Executor callbacks) {
        PublicFuture<T> future = new PublicFuture<>(inner);
        inner.whenComplete((value, failure) -> callbacks.execute(() -> {
            if (failure == null) {
                future.complete(value);
            } else {
                future.completeExceptionally(
                        failure instanceof CompletionException wrapped && wrapped.getCause() != null
                                ? wrapped.getCause()
                                : failure);
            }
        }));
        return future;
    }

    /** {@return the future that this one follows; completes on the loop} */
    public CompletableFuture<T> inner() {
        return inner;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        inner.cancel(mayInterruptIfRunning);
        return super.cancel(mayInterruptIfRunning);
    }
}
