package org.partyline.internal.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.partyline.internal.future.CallbackExecutor;
import org.partyline.stream.EventStream;

/**
 * Where events of an {@link EventStream} come from. Emitting never blocks and may be done from any thread; events of one
 * emitting thread reach each subscriber in the order of emission.
 *
 * @param <T> what the events are
 */
public final class EventSource<T> {
    /** Events that one subscriber gets in a run, after which other callbacks of the client get their turn. */
    public static final int BATCH = 256;

    private final CallbackExecutor callbacks;
    private final int buffer;
    private final EventStream<T> stream = new SourceStream<>(this, event -> event);
    private final Object registry = new Object();

    /** Copied on every change, so that emitting is one volatile read and a walk. */
    private volatile List<BufferedSubscription<T, ?>> subscriptions = List.of();

    private boolean completed; // guarded by registry

    /**
     * @param callbacks where subscribers are called
     * @param buffer how many events one subscriber may fall behind
     * @throws IllegalArgumentException if the buffer holds nothing
     */
    public EventSource(CallbackExecutor callbacks, int buffer) {
        if (buffer < 1) {
            throw new IllegalArgumentException("a buffer holds at least one event: " + buffer);
        }
        this.callbacks = callbacks;
        this.buffer = buffer;
    }

    /** {@return the stream of these events; always the same} */
    public EventStream<T> stream() {
        return stream;
    }

    /** {@return whether anybody listens: where making an event costs something, ask first} */
    public boolean hasSubscribers() {
        return !subscriptions.isEmpty();
    }

    /**
     * Hands an event to every subscriber. Does nothing once completed.
     *
     * @param event the event
     */
    public void emit(T event) {
        Objects.requireNonNull(event, "event");
        List<BufferedSubscription<T, ?>> current = subscriptions;
        for (int i = 0; i < current.size(); i++) {
            current.get(i).offer(event);
        }
    }

    /** Completes every subscription after what it has buffered, and those still to come. Idempotent. */
    public void complete() {
        List<BufferedSubscription<T, ?>> ended;
        synchronized (registry) {
            completed = true;
            ended = subscriptions;
            subscriptions = List.of();
        }
        ended.forEach(BufferedSubscription::finish);
    }

    CallbackExecutor callbacks() {
        return callbacks;
    }

    int buffer() {
        return buffer;
    }

    /** Hands events to a subscription from now on, or ends it if there are none to come. */
    void add(BufferedSubscription<T, ?> subscription) {
        boolean late;
        synchronized (registry) {
            late = completed;
            if (!late) {
                List<BufferedSubscription<T, ?>> more = new ArrayList<>(subscriptions);
                more.add(subscription);
                subscriptions = List.copyOf(more);
            }
        }
        if (late) {
            subscription.finish();
        }
    }

    void remove(BufferedSubscription<T, ?> subscription) {
        synchronized (registry) {
            List<BufferedSubscription<T, ?>> fewer = new ArrayList<>(subscriptions);
            if (fewer.remove(subscription)) {
                subscriptions = List.copyOf(fewer);
            }
        }
    }
}
