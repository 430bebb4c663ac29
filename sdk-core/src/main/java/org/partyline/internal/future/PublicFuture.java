package org.partyline.internal.future;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The future that the application holds. It follows one that completes on the event loop, but completes on the callback
 * executor, so that no application code runs on the loop. The blocking façade waits on the inner one, which completes
 * even while the callback executor is busy: blocking inside a callback cannot deadlock.
 *
 * <p>Stages that are chained to it are plain {@link CompletableFuture}s: nothing waits on them but the application,
 * and what they follow is application code, which has no other clock than the callback executor.
 *
 * @param <T> the result
 */
public final class PublicFuture<T> extends CompletableFuture<T> {
    private final CompletableFuture<T> inner;
    private final boolean owner;

    private PublicFuture(CompletableFuture<T> inner, boolean owner) {
        this.inner = inner;
        this.owner = owner;
    }

    /**
     * {@return a future that follows another, on an executor; cancelling it cancels the other}
     *
     * <p>What has succeeded already is passed on without a hop: nothing is chained to the new future yet.
     *
     * @param inner the future to follow
     * @param callbacks where it completes
     * @param <T> the result
     */
    public static <T> CompletableFuture<T> of(CompletableFuture<T> inner, Executor callbacks) {
        return follow(new PublicFuture<>(inner, true), callbacks);
    }

    /**
     * {@return as {@link #of}, but behind all that was given to the executor before the other future was done, even if that was
     * long ago}
     *
     * @param inner the future to follow
     * @param callbacks where it completes
     * @param <T> the result
     */
    public static <T> CompletableFuture<T> behind(CompletableFuture<T> inner, Executor callbacks) {
        PublicFuture<T> future = new PublicFuture<>(inner, true);
        inner.whenComplete((value, failure) -> callbacks.execute(() -> future.follow(value, failure)));
        return future;
    }

    /**
     * {@return as {@link #of}, but cancelling it leaves the other alone: for what happens whether or not it is waited for}
     *
     * @param inner the future to follow
     * @param callbacks where it completes
     * @param <T> the result
     */
    public static <T> CompletableFuture<T> watching(CompletableFuture<T> inner, Executor callbacks) {
        return follow(new PublicFuture<>(inner, false), callbacks);
    }

    private static <T> CompletableFuture<T> follow(PublicFuture<T> future, Executor callbacks) {
        CompletableFuture<T> inner = future.inner;
        if (inner.isDone()) {
            inner.whenComplete(future::follow);
        } else {
            inner.whenComplete((value, failure) -> callbacks.execute(() -> future.follow(value, failure)));
        }
        return future;
    }

    /**
     * {@return the future to wait on instead of one that the application holds: the inner one, or itself if it is none of
     * these}
     *
     * @param future the future
     * @param <T> the result
     */
    public static <T> CompletableFuture<T> innerOf(CompletableFuture<T> future) {
        return future instanceof PublicFuture<T> known ? known.inner : future;
    }

    /**
     * {@return the second future; cancelling it cancels the first, which a stage alone would not do}
     *
     * @param origin what is under way
     * @param stage what was made of it
     * @param <T> the stage's result
     */
    public static <T> CompletableFuture<T> cancelling(CompletableFuture<?> origin, CompletableFuture<T> stage) {
        stage.whenComplete((value, failure) -> {
            if (stage.isCancelled()) {
                origin.cancel(false);
            }
        });
        return stage;
    }

    private void follow(T value, @Nullable Throwable failure) {
        if (failure == null) {
            complete(value);
        } else {
            boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
            completeExceptionally(wrapped ? failure.getCause() : failure);
        }
    }

    /** Cancels this future at once, and the inner one unless this only watches it. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (owner) {
            inner.cancel(mayInterruptIfRunning);
        }
        return super.cancel(mayInterruptIfRunning);
    }
}
