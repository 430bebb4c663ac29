package org.partyline.internal.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.partyline.error.ImException;
import org.partyline.error.LimitExceededException;
import org.partyline.error.RequestTimeoutException;
import org.partyline.transport.connection.EventLoop;

/**
 * Requests that wait for their answer, found by id, with one timer for all of them. Lives on the loop.
 *
 * @param <A> what an answer is
 */
public final class RequestTracker<A> {

    /**
     * One request.
     *
     * @param id its identifier, which nobody can guess
     * @param operation what is attempted, for exceptions
     * @param awaited what is awaited, from whom, for exceptions
     * @param timeout how long it waits
     * @param expected whether an answer with this id comes from where the request went
     * @param future completed with the answer
     * @param <A> what an answer is
     */
    public record Request<A>(
            String id,
            String operation,
            String awaited,
            Duration timeout,
            Predicate<A> expected,
            CompletableFuture<A> future) {}

    private record Pending<A>(Request<A> request, long deadline) {}

    private final EventLoop loop;
    private final int limit;
    private final Map<String, Pending<A>> pending = new HashMap<>();
    private EventLoop.@Nullable Cancellable timer;
    private long timerAt;

    /**
     * @param loop the loop to live on
     * @param limit how many requests may wait
     */
    public RequestTracker(EventLoop loop, int limit) {
        this.loop = loop;
        this.limit = limit;
    }

    /**
     * Waits for an answer.
     *
     * @param request the request
     * @return false if too many wait already; the future has failed then
     */
    public boolean add(Request<A> request) {
        if (pending.size() >= limit) {
            request.future()
                    .completeExceptionally(new LimitExceededException(request.operation(), "pendingRequests", limit));
            return false;
        }
        long deadline = loop.nanoTime() + request.timeout().toNanos();
        pending.put(request.id(), new Pending<>(request, deadline));
        arm(deadline);
        return true;
    }

    /**
     * {@return whether a request waits for an answer: one with this id, that comes from where the answer comes from}
     *
     * @param id the answer's id, or null if it has none
     * @param answer the answer
     */
    public boolean awaits(@Nullable String id, A answer) {
        Pending<A> found = id == null ? null : pending.get(id);
        return found != null && found.request().expected().test(answer);
    }

    /**
     * Takes the request that an {@linkplain #awaits awaited} answer is for.
     *
     * @param id the answer's id
     * @return the request, which waits no more, or null
     */
    public @Nullable Request<A> take(String id) {
        Pending<A> found = pending.get(id);
        if (found == null) {
            return null;
        }
        remove(id);
        return found.request();
    }

    /**
     * Stops waiting for an answer; does nothing if none is awaited.
     *
     * @param id the request's id
     */
    public void remove(String id) {
        pending.remove(id);
        if (pending.isEmpty()) {
            disarm();
        }
    }

    /** {@return how many wait} */
    public int size() {
        return pending.size();
    }

    /**
     * Fails every request.
     *
     * @param failure makes the exception from a request's operation
     */
    public void failAll(Function<String, ImException> failure) {
        List<Pending<A>> all = new ArrayList<>(pending.values());
        pending.clear();
        disarm();
        for (Pending<A> each : all) {
            each.request()
                    .future()
                    .completeExceptionally(failure.apply(each.request().operation()));
        }
    }

    private void arm(long deadline) {
        if (timer != null) {
            if (timerAt - deadline <= 0) {
                return;
            }
            timer.cancel();
        }
        timerAt = deadline;
        timer = loop.schedule(this::expire, Duration.ofNanos(deadline - loop.nanoTime()));
    }

    private void disarm() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void expire() {
        timer = null;
        long now = loop.nanoTime();
        List<Request<A>> late = new ArrayList<>();
        long next = Long.MAX_VALUE;
        for (Pending<A> each : pending.values()) {
            long left = each.deadline() - now;
            if (left <= 0) {
                late.add(each.request());
            } else {
                next = Math.min(next, left);
            }
        }
        late.forEach(request -> pending.remove(request.id()));
        if (next != Long.MAX_VALUE) {
            arm(now + next);
        }
        for (Request<A> request : late) {
            request.future()
                    .completeExceptionally(
                            new RequestTimeoutException(request.operation(), request.awaited(), request.timeout()));
        }
    }
}
