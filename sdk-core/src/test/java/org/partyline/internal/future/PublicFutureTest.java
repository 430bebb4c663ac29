package org.partyline.internal.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.partyline.error.NotConnectedException;

class PublicFutureTest {
    private final ArrayDeque<Runnable> callbacks = new ArrayDeque<>();
    private final CompletableFuture<String> inner = new CompletableFuture<>();

    @Test
    void completesOnTheCallbackExecutor_afterTheInnerOne() {
        CompletableFuture<String> future = PublicFuture.of(inner, callbacks::add);
        inner.complete("value");
        assertFalse(future.isDone());
        callbacks.remove().run();
        assertEquals("value", future.join());
    }

    @Test
    void whatIsDoneAlready_needsNoHop() {
        inner.complete("value");
        assertTrue(PublicFuture.of(inner, callbacks::add).isDone());
        assertTrue(callbacks.isEmpty());
    }

    @Test
    void behind_comesBehindWhatWasGivenBefore_thoughItIsDoneAlready() {
        inner.complete("done");
        CompletableFuture<String> future = PublicFuture.behind(inner, callbacks::add);
        assertFalse(future.isDone());
        callbacks.remove().run();
        assertEquals("done", future.join());
        assertSame(inner, PublicFuture.innerOf(future));
    }

    @Test
    void failure_arrivesWithoutItsWrapping() {
        NotConnectedException cause = new NotConnectedException("test");
        CompletableFuture<String> future = PublicFuture.of(inner.thenApply(value -> value), callbacks::add);
        inner.completeExceptionally(cause);
        callbacks.remove().run();
        ExecutionException failure = assertThrows(ExecutionException.class, future::get);
        assertSame(cause, failure.getCause());

        CompletableFuture<String> late =
                PublicFuture.of(CompletableFuture.failedFuture(new CompletionException(cause)), callbacks::add);
        assertSame(cause, assertThrows(ExecutionException.class, late::get).getCause());
    }

    @Test
    void cancelling_cancelsTheInnerOne_butCancellingAStageDoesNot() {
        CompletableFuture<String> future = PublicFuture.of(inner, callbacks::add);
        CompletableFuture<Integer> stage = future.thenApply(String::length);
        assertTrue(stage.cancel(false));
        assertFalse(inner.isDone());
        assertTrue(future.cancel(false));
        assertTrue(inner.isCancelled());
        assertTrue(future.isCancelled());
    }

    @Test
    void cancellingOneThatWatches_leavesTheInnerOneAlone() {
        CompletableFuture<String> future = PublicFuture.watching(inner, callbacks::add);
        assertSame(inner, PublicFuture.innerOf(future));
        assertTrue(future.cancel(false));
        assertFalse(inner.isDone());
        inner.complete("value");
        callbacks.remove().run();
        assertTrue(future.isCancelled());
    }

    @Test
    void innerOf_findsTheInnerOne_orGivesAStrangerBack() {
        CompletableFuture<String> future = PublicFuture.of(inner, callbacks::add);
        assertSame(inner, PublicFuture.innerOf(future));
        CompletableFuture<String> stage = future.thenApply(value -> value);
        assertSame(stage, PublicFuture.innerOf(stage));
    }
}
