package org.partyline.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.partyline.error.LimitExceededException;
import org.partyline.error.NotConnectedException;
import org.partyline.error.RequestTimeoutException;

class RequestTrackerTest {
    private final ManualLoop loop = new ManualLoop();
    private final RequestTracker<String> tracker = new RequestTracker<>(loop, 3);

    private CompletableFuture<String> add(String id, int seconds) {
        CompletableFuture<String> future = new CompletableFuture<>();
        tracker.add(new RequestTracker.Request<>(
                id, "ask", "answer from x", Duration.ofSeconds(seconds), "from x"::equals, future));
        return future;
    }

    private static Throwable failure(CompletableFuture<?> future) {
        assertTrue(future.isCompletedExceptionally());
        return future.handle((value, thrown) -> thrown).join();
    }

    @Test
    void anAnswerIsTakenOnceAndOnlyFromWhereTheRequestWent() {
        add("a", 30);
        assertFalse(tracker.awaits("a", "from y"));
        assertFalse(tracker.awaits("b", "from x"));
        assertFalse(tracker.awaits(null, "from x"));
        assertNull(tracker.take("b"));
        assertTrue(tracker.awaits("a", "from x"));
        assertNotNull(tracker.take("a"));
        assertFalse(tracker.awaits("a", "from x"));
        assertNull(tracker.take("a"));
        assertEquals(0, loop.timers());
    }

    @Test
    void eachRequestTimesOutInItsTimeWithOneTimer() {
        CompletableFuture<String> slow = add("slow", 30);
        CompletableFuture<String> quick = add("quick", 10);
        assertEquals(1, loop.timers());
        loop.advance(Duration.ofSeconds(10));
        RequestTimeoutException failure = assertInstanceOf(RequestTimeoutException.class, failure(quick));
        assertEquals("answer from x", failure.awaited());
        assertEquals(Duration.ofSeconds(10), failure.waited());
        assertFalse(slow.isDone());
        assertEquals(1, loop.timers());
        loop.advance(Duration.ofSeconds(20));
        assertTrue(slow.isCompletedExceptionally());
        assertEquals(0, tracker.size());
        assertEquals(0, loop.timers());
    }

    @Test
    void beyondTheLimit_fails() {
        add("a", 30);
        add("b", 30);
        assertFalse(add("c", 30).isDone());
        assertInstanceOf(LimitExceededException.class, failure(add("d", 30)));
        assertEquals(3, tracker.size());
    }

    @Test
    void failAll_failsAllAndLeavesNoTimer() {
        CompletableFuture<String> one = add("a", 30);
        CompletableFuture<String> two = add("b", 30);
        tracker.failAll(NotConnectedException::new);
        assertInstanceOf(NotConnectedException.class, failure(one));
        assertInstanceOf(NotConnectedException.class, failure(two));
        assertEquals(0, loop.timers());
        assertEquals(0, tracker.size());
    }
}
