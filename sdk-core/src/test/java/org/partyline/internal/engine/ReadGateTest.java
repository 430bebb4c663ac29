package org.partyline.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.internal.events.EventSource;
import org.partyline.internal.future.CallbackExecutor;

class ReadGateTest {
    private final ManualLoop loop = new ManualLoop();
    private final ArrayDeque<Runnable> callbacks = new ArrayDeque<>();
    private final List<Boolean> reading = new ArrayList<>();
    private final ReadGate gate = new ReadGate(loop, callbacks::add, 80, reading::add);

    private int deliverUntilStopped(int most) {
        int delivered = 0;
        while (delivered < most && isReading()) {
            gate.delivered(1);
            delivered++;
        }
        return delivered;
    }

    private void application(int marks) {
        for (int i = 0; i < marks && !callbacks.isEmpty(); i++) {
            callbacks.remove().run();
        }
        loop.run();
    }

    @Test
    @DisplayName("L17: reading stops at half a buffer, and goes on when the application has caught up")
    void aSlowApplicationStopsTheReading() {
        assertEquals(40, deliverUntilStopped(1_000));
        assertEquals(List.of(false), reading);
        application(1);
        assertEquals(List.of(false), reading);
        application(1);
        assertEquals(List.of(false, true), reading);
        assertEquals(20, deliverUntilStopped(1_000));
    }

    @Test
    @DisplayName("L17: reading stops at half of 8 Mi characters too, however few events hold them")
    void aFewLargeEventsStopTheReading() {
        int large = 512 * 1024;
        ReadGate wide = new ReadGate(loop, callbacks::add, 1_000_000, reading::add);
        for (int i = 0; i < 7; i++) {
            wide.delivered(large);
        }
        wide.delivered(large - 1);
        assertEquals(List.of(), reading, "one character below half");
        wide.delivered(1);
        assertEquals(List.of(false), reading);
        for (int i = 0; i < 72; i++) {
            wide.delivered(large);
        }
        assertEquals(List.of(false), reading, "ten times as much came before the reading stopped");
        while (!callbacks.isEmpty()) {
            application(callbacks.size());
        }
        assertEquals(List.of(false, true), reading);
    }

    @Test
    void anApplicationThatKeepsUpIsNeverHeld() {
        for (int i = 0; i < 10_000; i++) {
            gate.delivered(1);
            application(1);
        }
        assertTrue(reading.isEmpty());
    }

    @Test
    void theEndOfTheConnectionOpensTheGate() {
        deliverUntilStopped(1_000);
        gate.end();
        assertEquals(List.of(false, true), reading);
        application(100);
        assertEquals(List.of(false, true), reading);
    }

    @Test
    void aMarkGoesRound_asOftenAsAFullBufferTakesToBeHandedOut() {
        ReadGate wide = new ReadGate(loop, callbacks::add, 2 * EventSource.BATCH, reading::add);
        for (int i = 0; i < EventSource.BATCH; i++) {
            wide.delivered(1);
        }
        assertEquals(List.of(false), reading);
        application(4);
        assertEquals(List.of(false), reading, "a subscriber has had one run of two");
        application(2);
        assertEquals(List.of(false, true), reading);
    }

    @Test
    @DisplayName("L17: a burst from a faster network waits outside; a subscriber with demand loses nothing")
    void aBurstToASlowerSubscriber_neverOverflows() {
        int burst = 20_000;
        int read = 285;
        CallbackExecutor client = new CallbackExecutor(callbacks::add);
        EventSource<Integer> source = new EventSource<>(client, 1_000);
        ReadGate wide = new ReadGate(loop, client, 1_000, reading::add);
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger received = new AtomicInteger();
        Runnable network = () -> {
            loop.run();
            // What one read brought is delivered, whatever the gate says meanwhile.
            for (int left = isReading() ? read : 0; left > 0 && sent.get() < burst; left--) {
                source.emit(sent.incrementAndGet());
                wide.delivered(1);
            }
        };
        source.stream().subscribe(event -> {
            received.incrementAndGet();
            if (event % 32 == 0) {
                network.run();
            }
        });
        while (sent.get() < burst || !callbacks.isEmpty()) {
            network.run();
            if (!callbacks.isEmpty()) {
                callbacks.remove().run();
            }
        }
        assertEquals(burst, received.get());
    }

    private boolean isReading() {
        return reading.isEmpty() || reading.get(reading.size() - 1);
    }
}
