package org.partyline.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.partyline.testkit.internal.fault.FaultPlan;
import org.partyline.testkit.internal.fault.FaultPlan.Resumption;
import org.partyline.testkit.internal.fault.PageFaults.Spoiling;

/**
 * Two accounts on three devices that talk through whatever can go wrong, in a world of one thread. All that happens is decided by
 * the seed.
 */
final class Simulation {
    private static final Duration PACE = Duration.ofMillis(400);

    /** What goes wrong, and how often of so many times. */
    private enum Trouble {
        FINISH(10),
        RESET(14),
        SILENCE(10),
        DEAF(8),
        MUTE(8),
        STALL(8),
        SLOW(5),
        REFUSED(6),
        KILLED(10),
        KILLED_AT_A_POINT(12),
        SLOW_APPLICATION(6),
        RESUME_REFUSED(6),
        PAGES_REPEATED(3),
        PAGES_EMPTY(3),
        PAGES_REORDERED(2),
        SERVER_RESTARTED(4);

        private static final int TOTAL = total();

        final int weight;

        Trouble(int weight) {
            this.weight = weight;
        }

        private static int total() {
            int total = 0;
            for (Trouble each : values()) {
                total += each.weight;
            }
            return total;
        }

        boolean isUntrue() {
            return this == PAGES_REPEATED || this == PAGES_REORDERED;
        }

        static Trouble draw(World world) {
            int drawn = world.random.nextInt(TOTAL);
            for (Trouble each : values()) {
                drawn -= each.weight;
                if (drawn < 0) {
                    return each;
                }
            }
            throw new AssertionError();
        }
    }

    /**
     * What came of it.
     *
     * @param violations what must not be; empty if all promises were kept
     * @param accepted messages that were accepted
     * @param sessions how often a device came online
     * @param resumed how often by resuming
     * @param happened how many things happened
     * @param ended simulated time at the end, in nanoseconds
     * @param troubles what went wrong
     */
    record Outcome(
            long seed,
            List<String> violations,
            int accepted,
            int sessions,
            int resumed,
            long happened,
            long ended,
            Map<Trouble, Integer> troubles) {}

    private final long seed;
    private final World world;
    private final Stage stage;
    /** Whether the archive gives the pages that it is asked for, or none: nobody can tell others. */
    private final boolean archiveIsTrue;

    private final Map<Trouble, Integer> troubles = new TreeMap<>();
    private final Set<String> usedByCarol = new HashSet<>();
    /** Crash points that a device has still to pass before it is killed. */
    private final Map<SimulatedDevice, Integer> untilCrash = new HashMap<>();

    Simulation(long seed) {
        this.seed = seed;
        world = new World(seed);
        boolean archives = !world.chance(25);
        Duration resumption = Duration.ofSeconds(5 + world.random.nextInt(60));
        archiveIsTrue = !world.chance(30);
        stage = new Stage(world, resumption, archives, world.chance(50), this::reached);
    }

    private void reached(SimulatedDevice device, String where) {
        Integer left = untilCrash.get(device);
        if (left != null && left > 0) {
            untilCrash.put(device, left - 1);
        } else if (left != null) {
            untilCrash.remove(device);
            world.trace(() -> device.name() + ": " + where);
            kill(device);
        }
    }

    private void kill(SimulatedDevice device) {
        stage.kill(device, world.chance(50), world.upTo(Duration.ofSeconds(10)));
    }

    /** Runs it. */
    Outcome run(int messages, int faults) {
        List<SimulatedDevice> devices = stage.devices();
        world.runUntil(stage::isSettled, Stage.SETTLE);
        int every = Math.max(1, messages / faults);
        for (int i = 0; i < messages; i++) {
            if (i % every == every / 2) {
                trouble();
            }
            SimulatedDevice from = devices.get(world.random.nextInt(devices.size()));
            SimulatedDevice to = devices.get(from == devices.get(2) ? world.random.nextInt(2) : 2);
            from.send(to, world.chance(10) ? world.random.nextInt(20_000) : 10);
            world.run(world.upTo(PACE.multipliedBy(2)));
            if (world.chance(10)) {
                carolUsesTheIdOf(from);
            }
        }
        untilCrash.clear();
        heal();
        boolean settled = stage.settle();
        List<String> violations = new ArrayList<>(stage.violations(archiveIsTrue));
        if (!settled) {
            violations.add("not settled after " + Stage.SETTLE);
        }
        return new Outcome(
                seed,
                violations,
                devices.stream()
                        .mapToInt(device -> device.ledger().accepted().size())
                        .sum(),
                devices.stream().mapToInt(SimulatedDevice::online).sum(),
                devices.stream().mapToInt(SimulatedDevice::resumed).sum(),
                world.happened(),
                world.now(),
                troubles);
    }

    /** Ids are unique for a sender alone. */
    private void carolUsesTheIdOf(SimulatedDevice device) {
        String id = device.lastId();
        if (id != null && usedByCarol.add(id)) {
            stage.sayToBob(id);
        }
    }

    private void trouble() {
        if (world.chance(66)) {
            heal();
        }
        List<SimulatedDevice> devices = stage.devices();
        SimulatedServer server = stage.server();
        SimulatedDevice device = devices.get(world.random.nextInt(devices.size()));
        Trouble drawn = Trouble.draw(world);
        Trouble trouble = archiveIsTrue && drawn.isUntrue() ? Trouble.PAGES_EMPTY : drawn;
        world.trace(() -> trouble + " for " + device.name());
        troubles.merge(trouble, 1, Integer::sum);
        SimulatedNetwork network = device.network();
        SimulatedWire wire = network.last();
        int bytes = world.random.nextInt(3_000);
        if (wire == null) {
            return;
        }
        SimulatedWire.Way way = world.chance(50) ? wire.toClient() : wire.toServer();
        switch (trouble) {
            case FINISH -> way.after(bytes, wire::finish);
            case RESET -> way.after(bytes, wire::reset);
            case SILENCE ->
                way.after(bytes, () -> {
                    wire.silence(wire.toClient());
                    wire.silence(wire.toServer());
                });
            case DEAF -> wire.toClient().after(bytes, () -> wire.silence(wire.toClient()));
            case MUTE -> wire.toServer().after(bytes, () -> wire.silence(wire.toServer()));
            case STALL -> network.stall(world.upTo(Duration.ofSeconds(40)));
            case SLOW -> network.slow(Duration.ofMillis(100).plus(world.upTo(Duration.ofSeconds(2))));
            case REFUSED -> {
                network.refuse();
                wire.reset();
            }
            case KILLED -> kill(device);
            case KILLED_AT_A_POINT -> untilCrash.put(device, world.random.nextInt(40));
            case SLOW_APPLICATION -> device.slow(world.upTo(Duration.ofSeconds(3)));
            case RESUME_REFUSED -> {
                server.faults().resumption(world.chance(50) ? Resumption.REFUSED : Resumption.REFUSED_WITH_COUNT);
                wire.reset();
            }
            // The page that another device was given last could be any.
            case PAGES_REPEATED -> spoilPages(stage.bob().faults(), Spoiling.REPEATED, wire);
            case PAGES_EMPTY -> spoilPages(server.faults(), Spoiling.EMPTY, wire);
            case PAGES_REORDERED -> spoilPages(server.faults(), Spoiling.REORDERED, wire);
            case SERVER_RESTARTED -> {
                server.stop();
                world.schedule(world.upTo(Duration.ofSeconds(20)), server::start);
            }
        }
        if (world.chance(50)) {
            devices.forEach(SimulatedDevice::hurry);
        }
    }

    private void spoilPages(FaultPlan faults, Spoiling how, SimulatedWire wire) {
        faults.pages().spoil(how, 1 + world.random.nextInt(3));
        wire.reset();
    }

    private void heal() {
        for (SimulatedDevice device : stage.devices()) {
            device.network().heal();
            device.usual();
        }
        stage.server().faults().resumption(Resumption.ALLOWED);
        stage.server().faults().pages().clear();
        stage.bob().faults().pages().clear();
        stage.devices().forEach(SimulatedDevice::hurry);
    }
}
