package org.partyline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * One script of thirty messages, with a connection that breaks and a server that is restarted, and a process that is killed in it:
 * once at each moment between which the store, the network or the application could see a difference.
 */
class CrashPointTest {
    private static final int MESSAGES = 30;
    private static final Duration PACE = Duration.ofMillis(300);
    private static final Duration AWAY = Duration.ofSeconds(2);
    private static final int NEVER = Integer.MAX_VALUE;

    /** One run of the script. */
    private static final class Run {
        final World world = new World(1);
        final int crashAt;
        final Stage stage;
        int points;
        String crashed = "";

        Run(int crashAt) {
            this.crashAt = crashAt;
            stage = new Stage(world, Duration.ofMinutes(1), true, false, this::reached);
        }

        private void reached(SimulatedDevice device, String where) {
            if (device.isRunning() && points++ == crashAt) {
                crashed = device.name() + " " + where;
                stage.kill(device, crashAt % 2 == 0, AWAY);
            }
        }

        List<String> play() {
            world.runUntil(stage::isSettled, Stage.SETTLE);
            List<SimulatedDevice> devices = stage.devices();
            for (int i = 0; i < MESSAGES; i++) {
                SimulatedDevice from = devices.get(i % devices.size());
                from.send(devices.get(from == devices.get(2) ? i / devices.size() % 2 : 2), 10);
                if (i == MESSAGES / 3) {
                    devices.forEach(device -> {
                        SimulatedWire wire = device.network().last();
                        if (wire != null) {
                            wire.reset();
                        }
                    });
                } else if (i == 2 * MESSAGES / 3) {
                    stage.server().stop();
                    world.schedule(AWAY, stage.server()::start);
                }
                world.run(PACE);
            }
            List<String> violations = new ArrayList<>();
            if (!stage.settle()) {
                violations.add("not settled");
            }
            violations.addAll(stage.violations(true));
            return violations;
        }
    }

    @Test
    @DisplayName("Wherever a process is killed, nothing is lost, doubled or out of order")
    void everyPoint_canBeTheLast() {
        Run whole = new Run(NEVER);
        assertEquals(List.of(), whole.play());
        assertTrue(whole.points >= 500, () -> "only " + whole.points + " points");
        List<String> broken = new ArrayList<>();
        for (int point = 0; point < whole.points; point++) {
            Run run = new Run(point);
            List<String> violations = run.play();
            if (!violations.isEmpty()) {
                broken.add(point + ", " + run.crashed + ": " + violations);
            }
        }
        System.out.println(whole.points + " crash points, " + broken.size() + " broken");
        assertTrue(
                broken.isEmpty(),
                () -> broken.size() + " of " + whole.points + ": " + broken.subList(0, Math.min(10, broken.size())));
    }
}
