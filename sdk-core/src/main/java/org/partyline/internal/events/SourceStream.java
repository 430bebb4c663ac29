package org.partyline.internal.events;

import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.partyline.stream.EventStream;

/**
 * A source as seen through a stage. Filters and mappers add to the stage, and so need neither a buffer nor a hop of their own.
 *
 * @param <E> what the source emits
 * @param <T> what subscribers get
 */
final class SourceStream<E, T> implements EventStream<T> {
    private final EventSource<E> source;
    private final Stage<E, T> stage;

    SourceStream(EventSource<E> source, Stage<E, T> stage) {
        this.source = source;
        this.stage = stage;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        BufferedSubscription.start(source, stage, subscriber);
    }

    @Override
    public Subscription subscribe(Consumer<? super T> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        // The stage runs inside the subscriber, where what a predicate throws is logged and does not end anything.
        BufferedSubscription<E, E> subscription =
                BufferedSubscription.start(source, event -> event, new ConsumerSubscriber<>(stage, consumer));
        return subscription::cancel;
    }

    @Override
    public EventStream<T> filter(Predicate<? super T> predicate) {
        Objects.requireNonNull(predicate, "predicate");
        return new SourceStream<E, T>(source, event -> {
            T value = stage.apply(event);
            return value != null && predicate.test(value) ? value : null;
        });
    }

    @Override
    public <R> EventStream<R> map(Function<? super T, ? extends R> mapper) {
        Objects.requireNonNull(mapper, "mapper");
        return new SourceStream<E, R>(source, event -> {
            T value = stage.apply(event);
            return value == null ? null : Objects.requireNonNull(mapper.apply(value), "the mapper gave null");
        });
    }
}
