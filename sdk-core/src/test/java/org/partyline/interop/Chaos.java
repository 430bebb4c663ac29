package org.partyline.interop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.partyline.message.CatchUp;
import org.partyline.message.DeliveryState;
import org.partyline.spi.SessionLimits;
import org.partyline.testkit.Fault;
import org.partyline.testkit.TestNetwork;

/**
 * Devices that talk through a network that breaks, on a server that dies, and are killed themselves. Everything that is drawn by
 * lot comes of one seed; what the machine's timing does with it does not.
 */
final class Chaos {
    static final SessionLimits IMPATIENT = SessionLimits.builder()
            .idleProbe(Duration.ofSeconds(1))
            .probeTimeout(Duration.ofSeconds(2))
            .negotiationTimeout(Duration.ofSeconds(10))
            .requestTimeout(Duration.ofSeconds(10))
            .build();

    private static final int MOST_PADDING = 8 * 1024;
    /** A server that is behind by thousands of messages takes its time. */
    private static final Duration SETTLE = Duration.ofMinutes(10);

    /** What goes wrong, and how often of a hundred times. */
    private enum Trouble {
        FINISH(10, false),
        RESET(14, false),
        RESET_IN_TLS(10, false),
        SILENCE(10, true),
        DEAF(8, true),
        MUTE(6, true),
        STALL(8, true),
        SLICES(5, true),
        SLOW(5, true),
        REFUSED(6, true),
        /** Who answers at the server's address shows a certificate that nobody trusts, as captive portals do. */
        IMPOSTOR(4, true),
        /** Another client takes the device's resource, and goes. */
        DISPLACED(4, false),
        CLIENT_KILLED(12, false),
        /** The server's process is stopped where it is. */
        SERVER_SUSPENDED(3, true),
        SERVER_KILLED(3, false),
        SERVER_RESTARTED(3, false);

        final int weight;
        /** Whether it is in force until it is lifted. */
        final boolean lasts;

        Trouble(int weight, boolean lasts) {
            this.weight = weight;
            this.lasts = lasts;
        }

        static Trouble draw(Random random) {
            int total = 0;
            for (Trouble each : values()) {
                total += each.weight;
            }
            int drawn = random.nextInt(total);
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
     * What came of a run.
     *
     * @param resumable connections by which a session could go on: the process, the server and the session were still there
     * @param notResumed those of these by which it did not, and how the one before was lost
     * @param recovery milliseconds from the end of a fault to the next message through, in either direction
     */
    record Report(
            long seed,
            int accepted,
            int reconnects,
            int resumed,
            int resumable,
            List<String> notResumed,
            List<Long> recovery,
            Set<String> lost,
            Set<String> lostByTheServer,
            List<String> twice,
            int againAfterAKill,
            List<String> outOfOrder,
            List<String> reorderedByTheServer,
            Set<String> doubledOnTheWire,
            List<String> illegal,
            int unsettled,
            List<CatchUp> gaps,
            Map<DeliveryState, Integer> states,
            Map<String, Integer> troubles) {
        /** The figures, for people. Failures name what they are about. */
        String summary() {
            return """
                    seed %d: %d messages, %d troubles %s, %d sessions, %d of them resumed
                      lost %d, given twice %d, out of order %d, illegal changes %d, unsettled %d
                      the server's: lost %d, reordered %d, twice in its archive %d
                      given again after a kill: %d; catch-ups that broke off: %d
                      resumed %d of the %d sessions that could be%s
                      to the next message through: %d times, p50 %d ms, p99 %d ms, at most %d ms""".formatted(
                            seed,
                            accepted,
                            troubles.values().stream().mapToInt(count -> count).sum(),
                            new TreeMap<>(troubles),
                            reconnects,
                            resumed,
                            lost.size(),
                            twice.size(),
                            outOfOrder.size(),
                            illegal.size(),
                            unsettled,
                            lostByTheServer.size(),
                            reorderedByTheServer.size(),
                            doubledOnTheWire.size(),
                            againAfterAKill,
                            gaps.size(),
                            resumable - notResumed.size(),
                            resumable,
                            notResumed.isEmpty() ? "" : ", not " + notResumed,
                            recovery.size(),
                            percentile(50),
                            percentile(99),
                            percentile(100));
        }

        private long percentile(int share) {
            return recovery.isEmpty() ? 0 : recovery.get((recovery.size() - 1) * share / 100);
        }

        boolean isClean() {
            return lost.isEmpty() && twice.isEmpty() && outOfOrder.isEmpty() && illegal.isEmpty() && unsettled == 0;
        }
    }

    private final RealServer server;
    private final Interop interop;
    private final long seed;
    private final Random random;
    private final int messages;
    private final int faults;
    private final List<ChaosDevice> devices = new ArrayList<>();
    private final Map<String, Integer> troubles = new HashMap<>();
    private @Nullable TestNetwork impostor;
    private boolean serverEnded;
    private boolean serverSuspended;

    Chaos(Interop interop, long seed, int messages, int faults) {
        this.interop = interop;
        this.server = (RealServer) interop.server;
        this.seed = seed;
        this.random = new Random(seed);
        this.messages = messages;
        this.faults = faults;
    }

    Report run() {
        Account alice = interop.account("alice");
        Account bob = interop.account("bob");
        devices.add(new ChaosDevice(interop, alice, "a1"));
        devices.add(new ChaosDevice(interop, alice, "a2"));
        devices.add(new ChaosDevice(interop, bob, "b1"));
        try (TestNetwork untrusted =
                TestNetwork.builder().domain(interop.server.domain()).start()) {
            impostor = untrusted;
            devices.forEach(ChaosDevice::connect);
            talk();
            settle();
            return report();
        } finally {
            resumeServer();
            devices.forEach(ChaosDevice::close);
            interop.endTest();
        }
    }

    /** Sends at a pace, with a fault every so many messages. */
    private void talk() {
        int every = Math.max(1, messages / faults);
        List<CompletableFuture<Void>> sending = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            if (i % every == every / 2) {
                trouble();
            }
            ChaosDevice from = devices.get(random.nextInt(devices.size()));
            ChaosDevice to = devices.get(from == devices.get(2) ? 0 : 2);
            sending.add(from.send(to, "x".repeat(random.nextInt(4) == 0 ? random.nextInt(MOST_PADDING) : 10)));
            pause(10);
        }
        heal();
        // What a killed process was asked to send last it answers nobody.
        CompletableFuture.allOf(sending.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, 10, TimeUnit.SECONDS)
                .join();
    }

    private void trouble() {
        if (random.nextInt(3) != 0) {
            heal();
        }
        ChaosDevice device = devices.get(random.nextInt(devices.size()));
        Trouble trouble = Trouble.draw(random);
        troubles.merge(trouble.name(), 1, Integer::sum);
        int bytes = random.nextInt(20_000);
        switch (trouble) {
            case FINISH -> device.proxy().inject(Fault.finish().after(bytes));
            case RESET -> device.proxy().inject(Fault.reset().after(bytes));
            case RESET_IN_TLS -> {
                Fault reset = Fault.reset();
                device.proxy()
                        .inject(
                                switch (random.nextInt(4)) {
                                    case 0 -> reset.atClientHello();
                                    case 1 -> reset.atServerHello();
                                    case 2 -> reset.atClientFinished();
                                    default -> reset.atFirstData();
                                });
                device.proxy().cut();
            }
            case SILENCE -> device.proxy().inject(Fault.silence().after(bytes));
            case DEAF -> device.proxy().inject(Fault.silence().towardsClient().after(bytes));
            case MUTE -> device.proxy().inject(Fault.silence().towardsServer().after(bytes));
            case STALL -> device.proxy().inject(Fault.stall());
            case SLICES -> device.proxy().inject(Fault.slices());
            case SLOW -> device.proxy().inject(Fault.slow(1_024));
            case REFUSED -> {
                device.proxy().refuse();
                device.proxy().cut();
            }
            case IMPOSTOR -> {
                device.proxy().target(impostor.startTlsEndpoint().port());
                device.proxy().cut();
            }
            case DISPLACED -> {
                resumeServer();
                device.displace();
            }
            case CLIENT_KILLED -> device.kill();
            case SERVER_SUSPENDED -> {
                serverSuspended = true;
                server.suspend(true);
                devices.forEach(ChaosDevice::struck);
            }
            case SERVER_KILLED -> restart(true);
            case SERVER_RESTARTED -> restart(false);
        }
        if (trouble.lasts) {
            device.struck();
        }
        if (random.nextInt(2) == 0) {
            devices.forEach(ChaosDevice::hurry);
        }
    }

    private void restart(boolean killed) {
        resumeServer();
        serverEnded = true;
        devices.forEach(ChaosDevice::sessionIsGone);
        server.restart(killed);
        devices.forEach(ChaosDevice::sessionIsGone);
    }

    private void resumeServer() {
        if (serverSuspended) {
            serverSuspended = false;
            server.suspend(false);
        }
    }

    private void heal() {
        resumeServer();
        devices.forEach(ChaosDevice::heal);
        devices.forEach(ChaosDevice::hurry);
    }

    private void settle() {
        long end = System.nanoTime() + SETTLE.toNanos();
        while (System.nanoTime() < end && !isSettled()) {
            devices.forEach(ChaosDevice::hurry);
            pause(200);
        }
        // What is on its way to a device that was cut off last comes with its next session.
        int quiet = 0;
        int before = -1;
        while (quiet < 10 && System.nanoTime() < end) {
            int now =
                    devices.stream().mapToInt(device -> device.ledger().count()).sum();
            quiet = now == before && isSettled() ? quiet + 1 : 0;
            before = now;
            pause(200);
        }
    }

    private boolean isSettled() {
        return devices.stream().allMatch(device -> device.isOnline() && device.pending() == 0);
    }

    private static void pause(int milliseconds) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(milliseconds));
    }

    private Report report() {
        Map<String, DeliveryState> accepted = new HashMap<>();
        devices.forEach(device -> accepted.putAll(device.ledger().accepted()));
        Map<ChaosDevice, List<String>> archives = new HashMap<>();
        devices.forEach(device -> archives.put(device, device.archive()));
        Set<String> lost = new TreeSet<>();
        Set<String> lostByTheServer = new TreeSet<>();
        Map<DeliveryState, Integer> states = new HashMap<>();
        accepted.forEach((text, state) -> {
            states.merge(state, 1, Integer::sum);
            for (ChaosDevice device : receivers(text)) {
                if (!device.ledger().wasGiven(text) && state != DeliveryState.REFUSED) {
                    // It took responsibility, and then does not have it: nobody on this side can know.
                    boolean servers = serverEnded
                            && state != DeliveryState.QUEUED
                            && state != DeliveryState.SENT
                            && !archives.get(device).contains(text);
                    (servers ? lostByTheServer : lost).add(text + " (" + state + ") not at " + device.name());
                }
            }
        });
        List<String> twice = new ArrayList<>();
        List<String> illegal = new ArrayList<>();
        List<String> outOfOrder = new ArrayList<>();
        List<String> reordered = new ArrayList<>();
        int again = 0;
        for (ChaosDevice device : devices) {
            twice.addAll(device.ledger().twice());
            illegal.addAll(device.ledger().illegal());
            again += device.ledger().againAfterAKill().size();
            for (String late : device.ledger().inversions()) {
                // Such a server delivers what comes while a session is resumed later, or not at all: then the archive
                // brings it.
                (server.keepsOrderWhileResuming() ? outOfOrder : reordered).add(late);
            }
        }
        Set<String> doubled = new TreeSet<>();
        archives.values().forEach(archive -> {
            Set<String> known = new HashSet<>();
            archive.stream().filter(text -> !known.add(text)).forEach(doubled::add);
        });
        return new Report(
                seed,
                accepted.size(),
                devices.stream().mapToInt(ChaosDevice::reconnects).sum(),
                devices.stream().mapToInt(ChaosDevice::resumed).sum(),
                devices.stream().mapToInt(ChaosDevice::resumable).sum(),
                devices.stream().flatMap(device -> device.notResumed().stream()).toList(),
                devices.stream()
                        .flatMap(device -> device.recovery().stream())
                        .sorted()
                        .toList(),
                lost,
                lostByTheServer,
                twice,
                again,
                outOfOrder,
                reordered,
                doubled,
                illegal,
                devices.stream().mapToInt(ChaosDevice::pending).sum(),
                devices.stream().flatMap(device -> device.gaps().stream()).toList(),
                states,
                troubles);
    }

    /** Who is to be given a message: the receiver, the receiver's other device, and the sender's other device. */
    private List<ChaosDevice> receivers(String text) {
        String from = text.substring(0, text.indexOf('#'));
        return devices.stream().filter(device -> !device.name().equals(from)).toList();
    }
}
