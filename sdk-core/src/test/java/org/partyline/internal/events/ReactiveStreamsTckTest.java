package org.partyline.internal.events;

import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.internal.future.CallbackExecutor;
import org.partyline.stream.EventStream;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;

/**
 * Runs the Reactive Streams TCK, which is written for TestNG, inside a JUnit test, so that the build counts it. The numbers
 * are asserted: a rule that is no longer checked shows.
 */
class ReactiveStreamsTckTest {
    private static final int PASSED = 28;

    /** It wants 2^31 elements, more than a bounded buffer takes; {@code EventSourceTest} has the rule. */
    private static final String TOO_MANY = "required_spec317_mustNotSignalOnErrorWhenPendingAboveLongMaxValue";

    @ParameterizedTest
    @ValueSource(classes = {Plain.class, Mapped.class, Filtered.class})
    @DisplayName("Reactive Streams TCK 1.0.4 for Flow")
    void streamsConform(Class<?> verification) {
        Tck.holds(verification, PASSED, Set.of(TOO_MANY));
    }

    /** A source of its own for each subscriber, which emits as many events as the TCK asks for, from another thread. */
    private abstract static class Verification extends FlowPublisherVerification<Integer> {
        private static final int MOST = 1_000;

        private final ExecutorService emitters = Executors.newCachedThreadPool();
        private final ExecutorService callbacks = Executors.newFixedThreadPool(2);

        Verification() {
            super(new TestEnvironment(1_000, 50));
        }

        abstract EventStream<Integer> stream(EventSource<Integer> source);

        /** Emits what gives the subscriber one event. */
        void emit(EventSource<Integer> source, int number) {
            source.emit(number);
        }

        @Override
        public Flow.Publisher<Integer> createFlowPublisher(long elements) {
            return subscriber -> {
                EventSource<Integer> source = new EventSource<>(new CallbackExecutor(callbacks), 2 * MOST);
                stream(source).subscribe(subscriber);
                emitters.execute(() -> {
                    for (int i = 0; i < elements; i++) {
                        emit(source, i);
                    }
                    source.complete();
                });
            };
        }

        @Override
        public Flow.@Nullable Publisher<Integer> createFailedFlowPublisher() {
            return null;
        }

        @Override
        public long maxElementsFromPublisher() {
            return MOST;
        }

        @AfterClass
        void end() {
            emitters.shutdownNow();
            callbacks.shutdownNow();
        }
    }

    /** The stream as it is. */
    public static final class Plain extends Verification {
        @Override
        EventStream<Integer> stream(EventSource<Integer> source) {
            return source.stream();
        }
    }

    /** Through a mapper. */
    public static final class Mapped extends Verification {
        @Override
        EventStream<Integer> stream(EventSource<Integer> source) {
            return source.stream().map(n -> n + 1);
        }
    }

    /** Through a filter. */
    public static final class Filtered extends Verification {
        @Override
        EventStream<Integer> stream(EventSource<Integer> source) {
            return source.stream().filter(n -> n % 2 == 0);
        }

        @Override
        void emit(EventSource<Integer> source, int number) {
            source.emit(2 * number);
            source.emit(2 * number + 1);
        }
    }
}
