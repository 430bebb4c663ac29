package org.partyline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** D1 to D5 in simulated worlds. {@code partyline.simulation.seeds} gives the first and the last seed. */
class SimulationTest {
    private static final int MESSAGES = 60;
    private static final int FAULTS = 15;
    private static final int PROGRESS = 10_000;

    @Test
    void promises_areKept_whateverGoesWrong() {
        String range = System.getProperty("partyline.simulation.seeds", "1-1000");
        int between = range.indexOf('-');
        long first = Long.parseLong(range.substring(0, between));
        long last = Long.parseLong(range.substring(between + 1));
        List<Simulation.Outcome> broken = new ArrayList<>();
        long accepted = 0;
        long sessions = 0;
        long resumed = 0;
        for (long seed = first; seed <= last; seed++) {
            Simulation.Outcome outcome = new Simulation(seed).run(MESSAGES, FAULTS);
            accepted += outcome.accepted();
            sessions += outcome.sessions();
            resumed += outcome.resumed();
            if (!outcome.violations().isEmpty()) {
                broken.add(outcome);
            }
            if ((seed - first + 1) % PROGRESS == 0) {
                System.out.println("seed " + seed + ": " + broken.size() + " broken so far");
            }
        }
        System.out.println("seeds " + range + ": " + accepted + " messages, " + sessions + " sessions, " + resumed
                + " resumed, " + broken.size() + " broken");
        assertTrue(
                broken.isEmpty(),
                () -> broken.stream().limit(10).map(Object::toString).toList() + " of " + broken.size());
    }

    @Test
    void seed_decidesAllThatHappens() {
        LongStream.of(1, 2, 3).forEach(seed -> {
            Simulation.Outcome once = new Simulation(seed).run(MESSAGES, FAULTS);
            assertEquals(once, new Simulation(seed).run(MESSAGES, FAULTS));
        });
    }
}
