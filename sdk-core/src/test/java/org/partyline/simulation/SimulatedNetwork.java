package org.partyline.simulation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.connection.Transport;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.tls.TlsSession;
import org.partyline.xmpp.internal.session.FakeConnection;

/** The network between one device and the server, and what is wrong with it. */
final class SimulatedNetwork implements SimulatedWire.Conditions {
    private static final TlsSession TLS = FakeConnection.tlsWith(SimulatedServer.DOMAIN);

    private final World world;
    private final SimulatedServer server;
    private final String name;
    private int wires;
    private Duration latency = Duration.ofMillis(20);
    private long stalledUntil;
    private boolean refusing;
    private @Nullable SimulatedWire last;

    SimulatedNetwork(World world, SimulatedServer server, String name) {
        this.name = name;
        this.world = world;
        this.server = server;
    }

    @Override
    public Duration latency() {
        return latency.plus(world.upTo(latency));
    }

    @Override
    public long stalledUntil() {
        return stalledUntil;
    }

    void slow(Duration oneWay) {
        latency = oneWay;
    }

    void stall(Duration time) {
        stalledUntil = world.now() + time.toNanos();
    }

    void refuse() {
        refusing = true;
    }

    /** New connections work, and fast. */
    void heal() {
        latency = Duration.ofMillis(20);
        stalledUntil = 0;
        refusing = false;
    }

    /** The newest connection, or null if there was none. */
    @Nullable
    SimulatedWire last() {
        return last;
    }

    /** What a process sees of it. */
    Transport transportOf(SimulatedProcess process, CrashPoints points) {
        return new Transport() {
            @Override
            public EventLoop nextLoop() {
                return process;
            }

            @Override
            public CompletableFuture<XmlConnection> connect(String domain, TransportOptions options, EventLoop loop) {
                CompletableFuture<XmlConnection> connecting = new CompletableFuture<>();
                world.schedule(
                        latency().multipliedBy(3),
                        () -> process.execute(() -> {
                            if (refusing || !server.takesConnection()) {
                                connecting.completeExceptionally(
                                        new TransportException(Reason.CONNECT_FAILED, "connection refused", null));
                            } else {
                                connecting.complete(connected(process, points));
                            }
                        }));
                return connecting;
            }

            @Override
            public CompletableFuture<Void> close() {
                return CompletableFuture.completedFuture(null);
            }
        };
    }

    private SimulatedConnection connected(SimulatedProcess process, CrashPoints points) {
        SimulatedConnection client = new SimulatedConnection(process, TLS, points);
        SimulatedServer.ServerEnd end = server.accept();
        SimulatedWire wire = new SimulatedWire(world, name + "/" + ++wires, this, client, end);
        client.wire(wire);
        end.wire(wire, client::isThere);
        last = wire;
        return client;
    }
}
