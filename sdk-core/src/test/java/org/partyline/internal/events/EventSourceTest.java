package org.partyline.internal.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.error.StreamOverflowException;
import org.partyline.internal.future.CallbackExecutor;
import org.partyline.stream.EventStream;

class EventSourceTest {
    /** Callbacks wait here until the test runs them. */
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();

    private int hops;
    private final EventSource<Integer> source = new EventSource<>(
            new CallbackExecutor(task -> {
                hops++;
                queue.add(task);
            }),
            4);

    private void runCallbacks() {
        for (Runnable task = queue.poll(); task != null; task = queue.poll()) {
            task.run();
        }
    }

    private Recorder recorder(EventStream<?> stream, long demand) {
        Recorder recorder = new Recorder(demand);
        stream.subscribe(recorder);
        return recorder;
    }

    @Test
    void nothingIsHandedOutOnTheEmittersThread() {
        Recorder all = recorder(source.stream(), Long.MAX_VALUE);
        source.emit(1);
        assertEquals(List.of(), all.signals);
        runCallbacks();
        assertEquals(List.of("subscribed", 1), all.signals);
    }

    @Test
    void aBurstCostsOneHop() {
        recorder(source.stream(), Long.MAX_VALUE);
        runCallbacks();
        hops = 0;
        source.emit(1);
        source.emit(2);
        source.emit(3);
        runCallbacks();
        assertEquals(1, hops);
    }

    @Test
    void aSubscriberHearsOnlyWhatHappensAfterItSubscribed() {
        source.emit(1);
        Recorder late = recorder(source.stream(), Long.MAX_VALUE);
        source.emit(2);
        runCallbacks();
        assertEquals(List.of("subscribed", 2), late.signals);
    }

    @Test
    void demandIsHonored() {
        Recorder slow = recorder(source.stream(), 2);
        source.emit(1);
        source.emit(2);
        source.emit(3);
        runCallbacks();
        assertEquals(List.of("subscribed", 1, 2), slow.signals);
        slow.subscription().request(1);
        runCallbacks();
        assertEquals(List.of("subscribed", 1, 2, 3), slow.signals);
    }

    @Test
    @DisplayName("Reactive Streams, rule 3.17: demand above 2^63 - 1 is without bound")
    void demandWithoutBound_staysSo() {
        Recorder greedy = recorder(source.stream(), Long.MAX_VALUE - 1);
        runCallbacks();
        greedy.subscription().request(2);
        greedy.subscription().request(Long.MAX_VALUE);
        for (int i = 1; i <= 3; i++) {
            source.emit(i);
            runCallbacks();
        }
        assertEquals(List.of("subscribed", 1, 2, 3), greedy.signals);
    }

    @Test
    void fullBuffer_endsThatSubscriptionAlone_afterWhatItHolds() {
        Recorder stuck = recorder(source.stream(), 0);
        Recorder quick = recorder(source.stream(), Long.MAX_VALUE);
        for (int i = 1; i <= 4; i++) {
            source.emit(i);
        }
        runCallbacks();
        assertEquals(List.of("subscribed", 1, 2, 3, 4), quick.signals);
        assertEquals(List.of("subscribed"), stuck.signals, "four events fill the buffer, and are not too many");
        source.emit(5);
        source.emit(6);
        stuck.subscription().request(10);
        runCallbacks();
        assertEquals(List.of("subscribed", 1, 2, 3, 4, 5, 6), quick.signals);
        assertEquals(List.of("subscribed", 1, 2, 3, 4), stuck.signals.subList(0, 5));
        assertInstanceOf(StreamOverflowException.class, stuck.signals.get(5));
        assertEquals(6, stuck.signals.size());
    }

    @Test
    void completion_comesAfterWhatIsBuffered_andAtOnceForLateSubscribers() {
        Recorder early = recorder(source.stream(), 1);
        source.emit(1);
        source.emit(2);
        source.complete();
        source.emit(3);
        Recorder late = recorder(source.stream(), 0);
        runCallbacks();
        assertEquals(List.of("subscribed", 1), early.signals);
        assertEquals(List.of("subscribed", "completed"), late.signals);
        early.subscription().request(1);
        runCallbacks();
        assertEquals(List.of("subscribed", 1, 2, "completed"), early.signals);
        assertFalse(source.hasSubscribers());
    }

    @Test
    void cancelledSubscriber_getsNothingMore_evenOfWhatIsBuffered() {
        Recorder some = recorder(source.stream(), Long.MAX_VALUE);
        source.emit(1);
        runCallbacks();
        source.emit(2);
        some.subscription().cancel();
        some.subscription().cancel();
        source.emit(3);
        runCallbacks();
        assertEquals(List.of("subscribed", 1), some.signals);
        assertFalse(source.hasSubscribers());
    }

    @Test
    void demandThatIsNotPositive_endsTheSubscription() {
        Recorder wrong = recorder(source.stream(), 0);
        source.emit(1);
        runCallbacks();
        wrong.subscription().request(0);
        runCallbacks();
        assertEquals(2, wrong.signals.size());
        assertInstanceOf(IllegalArgumentException.class, wrong.signals.get(1));
        assertFalse(source.hasSubscribers());
    }

    @Test
    void filteredEvents_useNoDemand() {
        EventStream<String> even =
                source.stream().filter(n -> n % 2 == 0).map(n -> "no. " + n).filter(text -> !text.endsWith("4"));
        Recorder one = recorder(even, 1);
        for (int i = 1; i <= 4; i++) {
            source.emit(i);
        }
        runCallbacks();
        source.emit(6);
        runCallbacks();
        assertEquals(List.of("subscribed", "no. 2"), one.signals);
        one.subscription().request(1);
        runCallbacks();
        assertEquals(List.of("subscribed", "no. 2", "no. 6"), one.signals);
    }

    @Test
    void whatAStageThrows_failsASubscriber_butNotAConsumer() {
        EventStream<Integer> inverse = source.stream().map(n -> 12 / n);
        Recorder failing = recorder(inverse, Long.MAX_VALUE);
        List<Integer> consumed = new ArrayList<>();
        inverse.subscribe(consumed::add);
        source.emit(6);
        source.emit(0);
        source.emit(4);
        runCallbacks();
        assertEquals(List.of("subscribed", 2), failing.signals.subList(0, 2));
        assertInstanceOf(ArithmeticException.class, failing.signals.get(2));
        assertEquals(3, failing.signals.size());
        assertEquals(List.of(2, 3), consumed);
    }

    @Test
    @SuppressWarnings("NullAway") // that is the point
    void mapperThatGivesNull_failsTheSubscriber() {
        EventStream<String> nothing = source.stream().map(n -> (String) null);
        Recorder failing = recorder(nothing, Long.MAX_VALUE);
        source.emit(1);
        runCallbacks();
        assertInstanceOf(NullPointerException.class, failing.signals.get(1));
    }

    @Test
    void consumerThatThrows_getsTheNextEvent() {
        List<Integer> got = new ArrayList<>();
        source.stream().subscribe(n -> {
            got.add(n);
            throw new IllegalStateException("bad day");
        });
        source.emit(1);
        source.emit(2);
        runCallbacks();
        assertEquals(List.of(1, 2), got);
    }

    @Test
    void consumerThatCloses_getsNothingMore() {
        List<Integer> got = new ArrayList<>();
        EventStream.Subscription subscription = source.stream().subscribe(got::add);
        source.emit(1);
        runCallbacks();
        subscription.close();
        subscription.close();
        source.emit(2);
        runCallbacks();
        assertEquals(List.of(1), got);
    }

    @Test
    void subscriberThatThrows_hasCancelled() {
        Recorder broken = new Recorder(Long.MAX_VALUE) {
            @Override
            public void onNext(Object event) {
                super.onNext(event);
                throw new IllegalStateException("bad day");
            }
        };
        source.stream().subscribe(broken);
        source.emit(1);
        source.emit(2);
        runCallbacks();
        assertEquals(List.of("subscribed", 1), broken.signals);
        assertFalse(source.hasSubscribers());
    }

    @Test
    void aLongBurst_givesOtherCallbacksTheirTurn() {
        EventSource<Integer> wide = new EventSource<>(new CallbackExecutor(queue::add), 10_000);
        List<Object> order = new ArrayList<>();
        wide.stream().subscribe(order::add);
        EventSource<String> other = new EventSource<>(wide.callbacks(), 1);
        other.stream().subscribe(order::add);
        runCallbacks();
        for (int i = 0; i < 10_000; i++) {
            wide.emit(i);
        }
        other.emit("other");
        runCallbacks();
        assertEquals(10_001, order.size());
        assertTrue(order.indexOf("other") < 1_000, "the other stream waits for a batch, not for all");
    }

    @Test
    @SuppressWarnings("NullAway") // that is the point
    void wrongArguments_throwAtOnce() {
        assertThrows(IllegalArgumentException.class, () -> new EventSource<>(source.callbacks(), 0));
        assertThrows(NullPointerException.class, () -> source.stream().subscribe((Flow.Subscriber<Integer>) null));
    }

    private static class Recorder implements Flow.Subscriber<Object> {
        final List<Object> signals = new ArrayList<>();
        private final long demand;
        private final List<Flow.Subscription> subscriptions = new ArrayList<>();

        Recorder(long demand) {
            this.demand = demand;
        }

        Flow.Subscription subscription() {
            return subscriptions.get(0);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            signals.add("subscribed");
            subscriptions.add(subscription);
            if (demand > 0) {
                subscription.request(demand);
            }
        }

        @Override
        public void onNext(Object event) {
            signals.add(event);
        }

        @Override
        public void onError(Throwable failure) {
            signals.add(failure);
        }

        @Override
        public void onComplete() {
            signals.add("completed");
        }
    }
}
