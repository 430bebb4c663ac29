package org.partyline.stream;

import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A hot stream of events: a subscriber hears what happens after it subscribed. Conforms to Reactive Streams
 * ({@link Flow}); events come on the client's callback executor, one at a time.
 *
 * <p>Each subscriber has a buffer of its own, 1,000 events unless the stream says otherwise. A subscriber that
 * falls further behind gets {@code onError} with {@link org.partyline.error.StreamOverflowException}; others do not
 * notice. The stream completes when the client closes.
 *
 * @param <T> what the events are
 */
public interface EventStream<T> extends Flow.Publisher<T> {

    /**
     * Hands every event to a consumer, without bound on demand. What the consumer throws is logged and does not end the
     * subscription.
     *
     * @param consumer gets the events, on the callback executor
     * @return ends the subscription when closed; closing twice does nothing
     */
    Subscription subscribe(Consumer<? super T> consumer);

    /**
     * {@return the events that match}
     *
     * @param predicate says which
     */
    EventStream<T> filter(Predicate<? super T> predicate);

    /**
     * {@return the events, each turned into something else}
     *
     * @param mapper turns one into the other; never gives null
     * @param <R> what it turns them into
     */
    <R> EventStream<R> map(Function<? super T, ? extends R> mapper);

    /** A running subscription. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        /** Ends the subscription: no event is handed out after this returned, but for one that is being handled now. */
        @Override
        void close();
    }
}
