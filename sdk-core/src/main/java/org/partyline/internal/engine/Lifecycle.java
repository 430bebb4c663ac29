package org.partyline.internal.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.partyline.error.ConnectionLostException;
import org.partyline.error.ImException;
import org.partyline.error.NotConnectedException;
import org.partyline.internal.events.EventSource;
import org.partyline.session.ConnectionState;
import org.partyline.session.StateChange;
import org.partyline.transport.connection.EventLoop;

/**
 * The state machine of a client's connection: attempts, the waits between them, and the end. Its state changes on the
 * loop alone; the public methods may be called by any thread, unless they say otherwise.
 *
 * <p>The first attempt of a {@code connect()} is answered: if it fails, so does the call. Only what was online once is
 * brought back by itself.
 */
public final class Lifecycle {
    private final EventLoop loop;
    private final Link link;
    private final ReconnectDelays delays;
    private final EventSource<StateChange> states;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private volatile ConnectionState state = ConnectionState.DISCONNECTED;
    private volatile boolean closing;

    private final List<CompletableFuture<Void>> waiters = new ArrayList<>();
    private CompletableFuture<Void> ending = CompletableFuture.completedFuture(null);
    private EventLoop.@Nullable Cancellable timer;
    private boolean hasBeenOnline;
    private long onlineSince;

    /**
     * @param loop the loop to live on
     * @param link makes the connections
     * @param delays the waits between attempts
     * @param states hears of changes
     */
    public Lifecycle(EventLoop loop, Link link, ReconnectDelays delays, EventSource<StateChange> states) {
        this.loop = loop;
        this.link = link;
        this.delays = delays;
        this.states = states;
    }

    /** {@return where the client stands} */
    public ConnectionState state() {
        return state;
    }

    /**
     * {@return as {@code ChatClient.connect()}; completes on the loop}
     *
     * @throws IllegalStateException if the client is closed
     */
    public CompletableFuture<Void> connect() {
        if (closing) {
            throw new IllegalStateException("the client is closed");
        }
        CompletableFuture<Void> result = new CompletableFuture<>();
        result.whenComplete((done, failure) -> {
            if (result.isCancelled()) {
                disconnect();
            }
        });
        run(() -> connectNow(result), () -> result.completeExceptionally(new NotConnectedException("connect")));
        return result;
    }

    /** {@return as {@code ChatClient.disconnect()}; completes on the loop} */
    public CompletableFuture<Void> disconnect() {
        CompletableFuture<Void> result = new CompletableFuture<>();
        run(
                () -> {
                    endNow(ConnectionState.DISCONNECTED, "connect");
                    ending.whenComplete((done, failure) -> result.complete(null));
                },
                () -> result.complete(null));
        return result;
    }

    /** {@return as {@code ChatClient.closeAsync()}; completes on the loop; the same each time} */
    public CompletableFuture<Void> close() {
        closing = true;
        run(
                () -> {
                    if (state == ConnectionState.CLOSED) {
                        return;
                    }
                    endNow(ConnectionState.CLOSED, "connect");
                    ending.whenComplete((done, failure) -> {
                        link.close();
                        closed.complete(null);
                    });
                },
                () -> {});
        return closed;
    }

    /** Attempts now, if the client waits for the next attempt. */
    public void reconnectNow() {
        run(
                () -> {
                    if (state == ConnectionState.WAITING) {
                        stopWaiting();
                        attempt();
                    }
                },
                () -> {});
    }

    /**
     * The attempt succeeded. Loop only.
     *
     * @param resumed whether the session before goes on
     */
    public void online(boolean resumed) {
        if (state != ConnectionState.CONNECTING) {
            return;
        }
        hasBeenOnline = true;
        onlineSince = loop.nanoTime();
        move(ConnectionState.ONLINE, resumed, null, null);
        settle(null);
    }

    /**
     * The attempt failed, or the connection ended without {@link Link#end()}. Loop only.
     *
     * @param failure why
     * @param verdict what it means for the next attempt
     */
    public void ended(ImException failure, Verdict verdict) {
        if (state != ConnectionState.CONNECTING && state != ConnectionState.ONLINE) {
            return;
        }
        if (state == ConnectionState.ONLINE) {
            delays.wasOnline(Duration.ofNanos(loop.nanoTime() - onlineSince));
        }
        if (verdict == Verdict.STOP || !hasBeenOnline) {
            link.over(failure);
            move(ConnectionState.DISCONNECTED, false, failure, null);
            settle(failure);
        } else {
            Duration delay = delays.next(verdict);
            move(ConnectionState.WAITING, false, failure, delay);
            timer = loop.schedule(this::attempt, delay);
        }
    }

    private void connectNow(CompletableFuture<Void> result) {
        switch (state) {
            case CLOSED -> result.completeExceptionally(new NotConnectedException("connect"));
            case ONLINE -> result.complete(null);
            case CONNECTING, WAITING -> waiters.add(result);
            case DISCONNECTED -> {
                waiters.add(result);
                hasBeenOnline = false;
                delays.reset();
                move(ConnectionState.CONNECTING, false, null, null);
                // A connection that is being closed in order is let go first. Whoever disconnected and connected again
                // meanwhile waits for an ending of its own, and makes the only attempt.
                CompletableFuture<Void> former = ending;
                former.whenComplete((done, failure) -> {
                    if (state == ConnectionState.CONNECTING && ending == former) {
                        link.attempt();
                    }
                });
            }
            default -> throw new AssertionError(state);
        }
    }

    private void attempt() {
        timer = null;
        if (state == ConnectionState.WAITING) {
            move(ConnectionState.CONNECTING, false, null, null);
            link.attempt();
        }
    }

    private void endNow(ConnectionState to, String operation) {
        if (state == ConnectionState.CLOSED || state == to) {
            return;
        }
        if (state != ConnectionState.DISCONNECTED) {
            stopWaiting();
            ending = CompletableFuture.allOf(ending, link.end());
        }
        move(to, false, null, null);
        settle(
                to == ConnectionState.CLOSED
                        ? new NotConnectedException(operation)
                        : new ConnectionLostException(operation, "disconnected meanwhile", null, false));
    }

    private void stopWaiting() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void settle(@Nullable ImException failure) {
        List<CompletableFuture<Void>> all = new ArrayList<>(waiters);
        waiters.clear();
        for (CompletableFuture<Void> each : all) {
            if (failure == null) {
                each.complete(null);
            } else {
                each.completeExceptionally(failure);
            }
        }
    }

    private void move(ConnectionState to, boolean resumed, @Nullable ImException failure, @Nullable Duration delay) {
        ConnectionState from = state;
        state = to;
        states.emit(new StateChange(from, to, resumed, failure, delay));
    }

    /** Runs a task on the loop, or something else where there is no loop any more. */
    private void run(Runnable task, Runnable withoutLoop) {
        if (loop.inLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            loopHasEnded();
            withoutLoop.run();
        }
    }

    /**
     * The threads were ended before the client was closed. With them all connections have ended; what still waits for one
     * is told here, by whichever thread finds out first.
     */
    private synchronized void loopHasEnded() {
        closing = true;
        if (state != ConnectionState.CLOSED) {
            move(ConnectionState.CLOSED, false, null, null);
            settle(new NotConnectedException("connect"));
        }
        if (!closed.isDone()) {
            link.close();
            closed.complete(null);
        }
    }
}
