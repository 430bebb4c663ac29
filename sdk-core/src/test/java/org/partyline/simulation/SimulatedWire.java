package org.partyline.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** One connection: bytes that take their time, and arrive in order, in part, or not at all. */
final class SimulatedWire {
    /** What may wait in one direction before the sender is told to wait. */
    private static final int WRITABLE = 32 * 1024;

    /** One end. */
    interface End {
        void received(byte[] bytes);

        /** Nothing more comes. */
        void ended();

        /** What was sent before has left, so that more may follow. */
        default void writable() {}
    }

    /** One direction. */
    final class Way {
        private final End to;
        private long lastAt;
        private int waiting;
        private boolean lost;
        private boolean finished;
        /** Bytes that still pass before the fault; negative for none. */
        private int untilFault = -1;

        private Runnable fault = () -> {};

        Way(End to) {
            this.to = to;
        }

        private String arrow() {
            return this == toServer ? " -> " : " <- ";
        }

        boolean isWritable() {
            return waiting < WRITABLE;
        }

        /** Something happens behind so many more bytes. */
        void after(int bytes, Runnable what) {
            untilFault = bytes;
            fault = what;
        }

        void send(byte[] bytes) {
            if (finished) {
                return;
            }
            boolean struck = untilFault >= 0 && bytes.length >= untilFault;
            byte[] passing = struck ? Arrays.copyOf(bytes, untilFault) : bytes;
            untilFault = struck ? -1 : Math.max(-1, untilFault - bytes.length);
            deliver(passing);
            if (struck) {
                fault.run();
                if (!finished && !lost) {
                    deliver(Arrays.copyOfRange(bytes, passing.length, bytes.length));
                }
            }
        }

        private void deliver(byte[] bytes) {
            if (lost || bytes.length == 0) {
                return;
            }
            waiting += bytes.length;
            at(() -> {
                waiting -= bytes.length;
                if (!lost) {
                    world.trace(() -> name + arrow() + new String(bytes, StandardCharsets.UTF_8));
                    to.received(bytes);
                }
                if (isWritable()) {
                    other(this).to.writable();
                }
            });
        }

        /** Nothing follows what was sent. */
        void finish() {
            if (!finished) {
                finished = true;
                world.trace(() -> name + arrow() + "finished");
                if (!lost) {
                    at(to::ended);
                }
            }
        }

        private void at(Runnable arrival) {
            lastAt = Math.max(
                    lastAt,
                    Math.max(world.now(), conditions.stalledUntil())
                            + conditions.latency().toNanos());
            world.schedule(Duration.ofNanos(lastAt - world.now()), arrival);
        }
    }

    /** The state of the network below. */
    interface Conditions {
        Duration latency();

        /** Nothing arrives before this moment. */
        long stalledUntil();
    }

    private final World world;
    private final String name;
    private final Conditions conditions;
    private final Way toServer;
    private final Way toClient;

    SimulatedWire(World world, String name, Conditions conditions, End client, End server) {
        this.name = name;
        this.world = world;
        this.conditions = conditions;
        this.toServer = new Way(server);
        this.toClient = new Way(client);
    }

    private Way other(Way way) {
        return way == toServer ? toClient : toServer;
    }

    Way toServer() {
        return toServer;
    }

    Way toClient() {
        return toClient;
    }

    /** Both ends are told that it is over; what is under way is lost. */
    void reset() {
        world.trace(() -> name + " is reset");
        for (Way way : new Way[] {toServer, toClient}) {
            way.lost = true;
            if (!way.finished) {
                way.finished = true;
                world.schedule(conditions.latency(), way.to::ended);
            }
        }
    }

    /** Both ends are told that it is over, behind what is under way. */
    void finish() {
        toServer.finish();
        toClient.finish();
    }

    /** From now on nothing that is sent this way arrives, and nobody is told. */
    void silence(Way way) {
        world.trace(() -> name + way.arrow() + "nothing any more");
        way.lost = true;
    }
}
