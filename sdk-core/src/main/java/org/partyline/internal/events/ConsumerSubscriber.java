package org.partyline.internal.events;

import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds a consumer, without bound on demand. A consumer has no way to hear of a failure, so failures are logged.
 *
 * @param <E> what the source emits
 * @param <T> what the consumer gets
 */
final class ConsumerSubscriber<E, T> implements Flow.Subscriber<E> {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerSubscriber.class);

    private final Stage<E, T> stage;
    private final Consumer<? super T> consumer;

    ConsumerSubscriber(Stage<E, T> stage, Consumer<? super T> consumer) {
        this.stage = stage;
        this.consumer = consumer;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(E event) {
        try {
            T value = stage.apply(event);
            if (value != null) {
                consumer.accept(value);
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("a subscriber's consumer failed; it gets the next event all the same", e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        LOG.warn("a subscription ended", failure);
    }

    @Override
    public void onComplete() {
        // a consumer is not told
    }
}
