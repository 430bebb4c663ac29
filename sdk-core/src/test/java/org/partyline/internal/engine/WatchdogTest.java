package org.partyline.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WatchdogTest implements Watchdog.Target {
    private final ManualLoop loop = new ManualLoop();
    private final Watchdog watchdog =
            new Watchdog(loop, Duration.ofSeconds(120), Duration.ofSeconds(15), new Jitter(1), this);
    private int probes;
    private @Nullable String death;

    @Override
    public void probe() {
        probes++;
    }

    @Override
    public void dead(String why) {
        death = why;
    }

    private void advance(int seconds) {
        loop.advance(Duration.ofSeconds(seconds));
    }

    @Test
    @DisplayName("R11: dead 45 s after the first unanswered write")
    void anUnansweredWriteIsProbedAndThenDeath() {
        advance(10);
        watchdog.sent();
        advance(29);
        watchdog.sent();
        assertEquals(0, probes);
        advance(1);
        assertEquals(1, probes);
        advance(14);
        assertNull(death);
        advance(1);
        assertNotNull(death);
        assertEquals(0, loop.timers());
    }

    @Test
    void whatIsHeardPutsEverythingOff() {
        for (int i = 0; i < 100; i++) {
            watchdog.sent();
            advance(29);
            watchdog.heard();
        }
        assertEquals(0, probes);
        assertTrue(loop.timers() <= 1);
    }

    @Test
    @DisplayName("L24: an idle connection is probed after 120 s, a tenth more or less")
    void silenceIsProbed() {
        advance(107);
        assertEquals(0, probes);
        advance(26);
        assertEquals(1, probes);
        watchdog.heard();
        advance(107);
        assertEquals(1, probes);
        advance(26);
        assertEquals(2, probes);
        assertNull(death);
    }

    @Test
    @DisplayName("L25: a connection that takes no bytes for 60 s is dead")
    void aStallIsDeath() {
        watchdog.writable(false);
        advance(59);
        watchdog.heard();
        watchdog.writable(false);
        assertNull(death);
        advance(1);
        assertNotNull(death);
    }

    @Test
    void aStallThatEndsIsForgiven() {
        watchdog.writable(false);
        advance(59);
        watchdog.heard();
        watchdog.writable(true);
        advance(59);
        assertNull(death);
    }

    @Test
    @DisplayName("R12: after a suspension the peer is probed once, for 5 s, before anything is held against it")
    void aSuspendedProcessProbesFirst() {
        watchdog.sent();
        advance(1);
        loop.suspend(Duration.ofMinutes(20));
        advance(0);
        assertEquals(1, probes);
        assertNull(death);
        advance(4);
        assertNull(death);
        advance(1);
        assertNotNull(death);
    }

    @Test
    void aSuspendedProcessWhosePeerAnswersLivesOn() {
        loop.suspend(Duration.ofMinutes(20));
        advance(0);
        watchdog.heard();
        advance(100);
        assertEquals(1, probes);
        assertNull(death);
    }

    @Test
    void whoDoesNotListenHearsNoSilence() {
        watchdog.sent();
        watchdog.listening(false);
        advance(1_000);
        assertEquals(0, probes);
        watchdog.listening(true);
        advance(133);
        assertEquals(1, probes);
    }

    @Test
    void stop_leavesNoTimer() {
        watchdog.stop();
        assertEquals(0, loop.timers());
        watchdog.sent();
        assertEquals(0, loop.timers());
    }
}
