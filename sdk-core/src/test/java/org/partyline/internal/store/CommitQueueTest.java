package org.partyline.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.error.StoreException;
import org.partyline.store.AccountStore;
import org.partyline.store.StoreChange;
import org.partyline.store.StoreRecord;

class CommitQueueTest {
    private final MemoryStore disk = new MemoryStore();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final CommitQueue queue = new CommitQueue(disk.open(Jid.parse("juliet@capulet.example")), tasks::add);

    private static List<StoreChange> put(String key) {
        return List.of(StoreChange.put("table", key, new byte[1]));
    }

    private void run() {
        Runnable task;
        while ((task = tasks.poll()) != null) {
            task.run();
        }
    }

    @Test
    void whatWaitsTogether_isOneCommit_inOrder() {
        List<String> done = new ArrayList<>();
        for (String key : List.of("a", "b", "c")) {
            queue.commit(put(key)).thenRun(() -> done.add(key));
        }
        assertEquals(1, tasks.size());
        assertEquals(List.of(), done);
        run();
        assertEquals(List.of("a", "b", "c"), done);
        assertEquals(1, disk.commits());
    }

    @Test
    void oneCommit_isBounded() {
        for (int i = 0; i < 2_500; i++) {
            queue.commit(put("k" + i));
        }
        run();
        assertEquals(3, disk.commits());
        assertEquals(2_500, disk.keys("table").size());
    }

    @Test
    void failure_isThatOfTheWholeGroup_andNotOfTheNext() {
        disk.failing(number -> number == 0);
        CompletableFuture<Void> first = queue.commit(put("a"));
        CompletableFuture<Void> second = queue.commit(put("b"));
        run();
        assertInstanceOf(
                StoreException.class, first.handle((done, failure) -> failure).join());
        assertTrue(second.isCompletedExceptionally());
        CompletableFuture<Void> third = queue.commit(put("c"));
        run();
        assertFalse(third.isCompletedExceptionally());
        assertEquals(List.of("c"), disk.keys("table"));
    }

    @Test
    void close_writesWhatWaits_andTakesNoMore() {
        queue.commit(put("a"));
        CompletableFuture<Void> closed = queue.close();
        assertFalse(closed.isDone());
        CompletableFuture<Void> late = queue.commit(put("b"));
        assertTrue(late.isCompletedExceptionally());
        assertSame(closed, queue.close());
        run();
        assertTrue(closed.isDone());
        assertEquals(List.of("a"), disk.keys("table"));
    }

    @Test
    void threadsThatHaveEnded_areStoodInFor() {
        CommitQueue late = new CommitQueue(disk.open(Jid.parse("juliet@capulet.example")), task -> {
            throw new RejectedExecutionException("ended");
        });
        assertTrue(late.commit(put("a")).isDone());
        assertTrue(late.close().isDone());
        assertEquals(List.of("a"), disk.keys("table"));
    }

    @Test
    void storeThatBreaksItsWord_failsTheCommit() {
        CommitQueue broken = new CommitQueue(
                new AccountStore() {
                    @Override
                    public boolean isDurable() {
                        return true;
                    }

                    @Override
                    public void readAll(Consumer<StoreRecord> reader) {}

                    @Override
                    public void commit(List<StoreChange> changes) {
                        throw new IllegalStateException("not documented");
                    }

                    @Override
                    public void close() {}
                },
                Runnable::run);
        Throwable failure =
                broken.commit(put("a")).handle((done, thrown) -> thrown).join();
        assertEquals(
                StoreException.Reason.NOT_WRITTEN,
                assertInstanceOf(StoreException.class, failure).reason());
    }
}
