package org.partyline.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.partyline.session.ConnectionState.CLOSED;
import static org.partyline.session.ConnectionState.CONNECTING;
import static org.partyline.session.ConnectionState.DISCONNECTED;
import static org.partyline.session.ConnectionState.ONLINE;
import static org.partyline.session.ConnectionState.WAITING;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.partyline.error.ConnectionLostException;
import org.partyline.error.ImException;
import org.partyline.error.NotConnectedException;
import org.partyline.internal.events.EventSource;
import org.partyline.internal.future.CallbackExecutor;
import org.partyline.session.ConnectionState;
import org.partyline.session.StateChange;

class LifecycleTest {
    private final ImException lost = new ConnectionLostException("test", "cut", null, true);

    private final ManualLoop loop = new ManualLoop();
    private final EventSource<StateChange> states = new EventSource<>(new CallbackExecutor(Runnable::run), 1_000);
    private final List<StateChange> changes = new ArrayList<>();
    private final FakeLink link = new FakeLink();
    private final Lifecycle lifecycle = new Lifecycle(loop, link, new ReconnectDelays(new Jitter(3)), states);

    LifecycleTest() {
        states.stream().subscribe(changes::add);
    }

    private static final class FakeLink implements Link {
        int attempts;
        int ends;
        int closes;

        @Nullable
        ImException over;

        CompletableFuture<Void> ending = CompletableFuture.completedFuture(null);

        @Override
        public void attempt() {
            attempts++;
        }

        @Override
        public CompletableFuture<Void> end() {
            ends++;
            return ending;
        }

        @Override
        public void over(ImException failure) {
            over = failure;
        }

        @Override
        public void close() {
            closes++;
        }
    }

    private CompletableFuture<Void> connect() {
        CompletableFuture<Void> connected = lifecycle.connect();
        loop.run();
        return connected;
    }

    private void online() {
        connect();
        loop.execute(() -> lifecycle.online(false));
        loop.run();
    }

    private void ended(Verdict verdict) {
        loop.execute(() -> lifecycle.ended(lost, verdict));
        loop.run();
    }

    private static Throwable failure(CompletableFuture<?> future) {
        assertTrue(future.isCompletedExceptionally());
        return future.handle((value, thrown) -> thrown).join();
    }

    private List<ConnectionState> path() {
        return changes.stream().map(StateChange::to).toList();
    }

    @Test
    void connect_succeeds_completesAndIsOnline() {
        CompletableFuture<Void> connected = connect();
        assertEquals(CONNECTING, lifecycle.state());
        assertFalse(connected.isDone());
        loop.execute(() -> lifecycle.online(false));
        loop.run();
        assertTrue(connected.isDone());
        assertTrue(connect().isDone(), "online already");
        assertEquals(List.of(CONNECTING, ONLINE), path());
        assertEquals(1, link.attempts);
    }

    @Test
    void connect_firstAttemptFails_failsAndDoesNotTryAgain() {
        CompletableFuture<Void> connected = connect();
        ended(Verdict.RETRY_SOON);
        assertEquals(lost, failure(connected));
        assertEquals(DISCONNECTED, lifecycle.state());
        assertEquals(lost, changes.get(1).failure());
        assertEquals(lost, link.over);
        loop.advance(Duration.ofHours(1));
        assertEquals(1, link.attempts);
    }

    @Test
    void lossAfterOnline_waitsAndComesBack() {
        online();
        ended(Verdict.RETRY_SOON);
        assertEquals(WAITING, lifecycle.state());
        StateChange waiting = changes.get(2);
        assertEquals(lost, waiting.failure());
        assertTrue(waiting.delay() != null && waiting.delay().compareTo(Duration.ofSeconds(5)) <= 0);
        assertEquals(1, link.attempts);
        loop.advance(Duration.ofSeconds(5));
        assertEquals(CONNECTING, lifecycle.state());
        assertEquals(2, link.attempts);
        loop.execute(() -> lifecycle.online(true));
        loop.run();
        assertEquals(List.of(CONNECTING, ONLINE, WAITING, CONNECTING, ONLINE), path());
        assertTrue(changes.get(4).resumed());
    }

    @Test
    void failedAttemptsAfterOnline_areRepeatedUntilOneSucceeds() {
        online();
        ended(Verdict.RETRY_SOON);
        for (int i = 0; i < 20; i++) {
            loop.advance(Duration.ofMinutes(3));
            assertEquals(CONNECTING, lifecycle.state());
            ended(Verdict.RETRY_SOON);
        }
        assertEquals(21, link.attempts);
        assertEquals(1, loop.timers());
    }

    @Test
    void stop_afterOnline_endsForGood() {
        online();
        ended(Verdict.STOP);
        assertEquals(DISCONNECTED, lifecycle.state());
        assertEquals(lost, link.over);
        assertEquals(0, loop.timers());
    }

    @Test
    void connectWhileWaiting_completesWithTheNextSuccess() {
        online();
        ended(Verdict.RETRY_SOON);
        CompletableFuture<Void> again = connect();
        assertFalse(again.isDone());
        loop.advance(Duration.ofSeconds(5));
        loop.execute(() -> lifecycle.online(false));
        loop.run();
        assertTrue(again.isDone());
    }

    @Test
    void reconnectNow_whileWaiting_attemptsAtOnce() {
        online();
        ended(Verdict.RETRY_SPREAD);
        lifecycle.reconnectNow();
        loop.run();
        assertEquals(CONNECTING, lifecycle.state());
        assertEquals(2, link.attempts);
        assertEquals(0, loop.timers());
        lifecycle.reconnectNow();
        loop.run();
        assertEquals(2, link.attempts, "an attempt is under way");
    }

    @Test
    void disconnect_fromEachState_endsAndStaysSo() {
        CompletableFuture<Void> idle = lifecycle.disconnect();
        loop.run();
        assertTrue(idle.isDone());
        assertEquals(List.of(), path());

        CompletableFuture<Void> connecting = connect();
        lifecycle.disconnect();
        loop.run();
        assertInstanceOf(ConnectionLostException.class, failure(connecting));
        assertEquals(1, link.ends);

        online();
        ended(Verdict.RETRY_SOON);
        lifecycle.disconnect();
        loop.advance(Duration.ofMinutes(10));
        assertEquals(DISCONNECTED, lifecycle.state());
        assertEquals(2, link.ends);
        assertEquals(2, link.attempts, "no attempt follows");
    }

    @Test
    void connect_whileTheFormerConnectionCloses_waitsForIt() {
        online();
        link.ending = new CompletableFuture<>();
        CompletableFuture<Void> disconnected = lifecycle.disconnect();
        loop.run();
        connect();
        assertFalse(disconnected.isDone());
        assertEquals(1, link.attempts);
        link.ending.complete(null);
        assertTrue(disconnected.isDone());
        assertEquals(2, link.attempts);
    }

    @Test
    void connectAgain_whileTheFormerConnectionCloses_makesOneAttempt() {
        online();
        CompletableFuture<Void> closing = new CompletableFuture<>();
        link.ending = closing;
        lifecycle.disconnect();
        connect();
        link.ending = CompletableFuture.completedFuture(null);
        lifecycle.disconnect();
        CompletableFuture<Void> connected = connect();
        assertEquals(1, link.attempts, "the former connection is still there");
        closing.complete(null);
        assertEquals(2, link.attempts);
        assertFalse(connected.isDone());
    }

    @Test
    void threadsThatEndFirst_endTheClient() {
        online();
        ended(Verdict.RETRY_SOON);
        CompletableFuture<Void> waiting = connect();
        loop.end();
        CompletableFuture<Void> connected = lifecycle.connect();
        assertInstanceOf(NotConnectedException.class, failure(waiting));
        assertInstanceOf(NotConnectedException.class, failure(connected));
        assertTrue(lifecycle.disconnect().isDone());
        assertTrue(lifecycle.close().isDone());
        assertEquals(CLOSED, lifecycle.state());
        assertEquals(1, link.closes);
        assertThrows(IllegalStateException.class, lifecycle::connect);
    }

    @Test
    void cancelledConnect_disconnects() {
        CompletableFuture<Void> connected = connect();
        connected.cancel(false);
        loop.run();
        assertEquals(DISCONNECTED, lifecycle.state());
        assertEquals(1, link.ends);
    }

    @Test
    void close_isFinalAndHappensOnce() {
        CompletableFuture<Void> connecting = connect();
        CompletableFuture<Void> closed = lifecycle.close();
        lifecycle.close();
        loop.run();
        assertTrue(closed.isDone());
        assertInstanceOf(NotConnectedException.class, failure(connecting));
        assertEquals(CLOSED, lifecycle.state());
        assertEquals(1, link.ends);
        assertEquals(1, link.closes);
        assertThrows(IllegalStateException.class, lifecycle::connect);
        assertEquals(List.of(CONNECTING, CLOSED), path());
        assertTrue(lifecycle.disconnect() != null);
        loop.run();
        assertEquals(CLOSED, lifecycle.state());
    }

    @Test
    void whatTheLinkSaysTooLate_isNotHeeded() {
        online();
        lifecycle.disconnect();
        loop.run();
        ended(Verdict.RETRY_SOON);
        loop.execute(() -> lifecycle.online(false));
        loop.run();
        assertEquals(DISCONNECTED, lifecycle.state());
        assertEquals(0, loop.timers());
    }
}
