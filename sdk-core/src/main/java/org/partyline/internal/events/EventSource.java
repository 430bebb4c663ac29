package org.partyline.internal.events;

import org.partyline.internal.future.CallbackExecutor;
import org.partyline.stream.EventStream;

/**
 * Where events of an {@link EventStream} come from. Emitting never blocks and may be done from any thread; events of one
 * source reach each subscriber in the order of emission.
 *
 * @param <T> what the events are
 */
@SuppressWarnings("UnusedVariable")
public final class EventSource<T> {

    /**
     * @param callbacks where subscribers are called
     * @param buffer how many events one subscriber may fall behind
     */
    public EventSource(CallbackExecutor callbacks, int buffer) {}

    /** {@return the stream of these events; always the same} */
    @SuppressWarnings("DoNotCallSuggester")
    public EventStream<T> stream() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Hands an event to every subscriber.
     *
     * @param event the event
     */
    public void emit(T event) {}

    /** Completes every subscription, and those still to come. */
    public void complete() {}
}
