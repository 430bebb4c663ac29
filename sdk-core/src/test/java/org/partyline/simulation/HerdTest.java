package org.partyline.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Ten thousand clients that lose their server in one moment, and a server that cannot take them all back in one. */
class HerdTest {
    private static final int CLIENTS = 10_000;
    private static final int SIGN_INS_A_SECOND = 300;
    private static final int MOST_ATTEMPTS_A_SECOND = 1_000;
    private static final Duration CUT = Duration.ofSeconds(5);
    private static final Duration ALL_BACK = Duration.ofSeconds(200);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final World world = new World(1);
    private final SimulatedServer server = new SimulatedServer(world, Duration.ofMinutes(10), 0, true);
    /** When connections of the last second were asked for, and when one was taken. */
    private final Deque<Long> attempts = new ArrayDeque<>();

    private final Deque<Long> taken = new ArrayDeque<>();
    private int peak;
    private boolean away;

    private boolean door() {
        if (away) {
            return false; // what is asked for meanwhile does not come to the server
        }
        note(attempts);
        peak = Math.max(peak, attempts.size());
        forget(taken);
        boolean takes = taken.size() < SIGN_INS_A_SECOND;
        if (takes) {
            note(taken);
        }
        return takes;
    }

    private void note(Deque<Long> last) {
        forget(last);
        last.add(world.now());
    }

    private void forget(Deque<Long> last) {
        while (!last.isEmpty() && last.getFirst() <= world.now() - SECOND) {
            last.remove();
        }
    }

    /** Looks once a second, because ten thousand clients are many to look at. */
    private boolean areOnline(List<SimulatedDevice> clients, Duration most) {
        long end = world.now() + most.toNanos();
        while (world.now() < end) {
            world.run(Duration.ofSeconds(1));
            if (clients.stream().allMatch(SimulatedDevice::isSettled)) {
                return true;
            }
        }
        return false;
    }

    @Test
    @DisplayName(
            "10,000 clients cut at once for 5 s, 300 sign-ins a second: at most 1,000 attempts a second, all back in 200 s")
    void herd_comesBackSpread() {
        server.door(() -> true);
        List<SimulatedDevice> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            server.account("user" + i, "secret");
            clients.add(new SimulatedDevice(world, server, "user" + i, "device", where -> {}));
        }
        assertTrue(areOnline(clients, ALL_BACK), "they do not come online at all");
        // They have been online for a while, so that this is no server that turns everybody away.
        world.run(Duration.ofMinutes(2));

        server.door(this::door);
        away = true;
        server.cut();
        world.run(CUT);
        away = false;
        long back = world.now();
        assertTrue(areOnline(clients, ALL_BACK), () -> server.connections() + " of " + CLIENTS + " are back");
        System.out.printf(
                "%d clients: at most %d attempts a second, all back after %.0f s%n",
                CLIENTS, peak, (world.now() - back) / 1e9);
        assertTrue(peak <= MOST_ATTEMPTS_A_SECOND, () -> peak + " attempts in one second");
    }
}
