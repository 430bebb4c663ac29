package org.partyline.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.internal.events.EventSource;

class ReadGateTest {
    private final ManualLoop loop = new ManualLoop();
    private final ArrayDeque<Runnable> callbacks = new ArrayDeque<>();
    private final List<Boolean> reading = new ArrayList<>();
    private final ReadGate gate = new ReadGate(loop, callbacks::add, 80, reading::add);

    private int deliverUntilStopped(int most) {
        int delivered = 0;
        while (delivered < most && (reading.isEmpty() || reading.get(reading.size() - 1))) {
            gate.delivered();
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
    void anApplicationThatKeepsUpIsNeverHeld() {
        for (int i = 0; i < 10_000; i++) {
            gate.delivered();
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
            wide.delivered();
        }
        assertEquals(List.of(false), reading);
        application(4);
        assertEquals(List.of(false), reading, "a subscriber has had one run of two");
        application(2);
        assertEquals(List.of(false, true), reading);
    }
}
