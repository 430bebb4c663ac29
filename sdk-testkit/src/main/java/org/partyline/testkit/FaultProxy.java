package org.partyline.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.proxy.ArmedFault;
import org.partyline.testkit.internal.proxy.FaultKind;
import org.partyline.testkit.internal.proxy.FaultWay;
import org.partyline.testkit.internal.proxy.Relay;

/**
 * Stands between a client and a server on this machine, and breaks their connections in the ways that networks do. For any
 * client and any server: it looks at bytes, at the heads of TLS records, and at the elements of XML that is not encrypted.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.to(5222)) {
 *     // connect a client to proxy.port(), and then:
 *     proxy.inject(Fault.reset().after(1_000));
 * }
 * }</pre>
 *
 * <p>Faults that happen once end the first connection that reaches them; faults that last concern all connections, those that
 * come later too, until {@link #heal()}. Safe for use by many threads. It has two threads for each connection, of which it takes
 * up to {@value #MOST_CONNECTIONS} at a time; more are reset.
 */
public final class FaultProxy implements AutoCloseable {
    /** How many connections it takes at a time. */
    public static final int MOST_CONNECTIONS = 256;

    private final ServerSocket listener;
    private final Set<Relay> relays = ConcurrentHashMap.newKeySet();
    private final List<ArmedFault> armed = new CopyOnWriteArrayList<>();
    private final Object changes = new Object();
    private volatile int target;
    private volatile boolean refusing;
    private volatile boolean closed;
    private int connections; // guarded by changes
    private int fired; // guarded by changes

    private FaultProxy(int target) {
        this.target = target;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no port to listen on", e);
        }
        daemon(this::accept, "accept");
    }

    /**
     * {@return a proxy that listens on a free port of the loopback interface}
     *
     * @param port where the server listens, on the loopback interface
     */
    public static FaultProxy to(int port) {
        return new FaultProxy(port);
    }

    /** {@return the port to connect to, on the loopback interface} */
    public int port() {
        return listener.getLocalPort();
    }

    /**
     * Sends connections that come from now on to another server.
     *
     * @param port where it listens, on the loopback interface
     */
    public void target(int port) {
        target = port;
    }

    /**
     * Has something go wrong, at its time.
     *
     * @param fault what
     */
    public void inject(Fault fault) {
        armed.add(fault.armed());
        // What waits for bytes that are there already has to look again.
        wake();
    }

    /** Resets all connections now. */
    public void cut() {
        relays.forEach(Relay::reset);
    }

    /** Resets connections that come, until {@link #heal()}: a server that is down. */
    public void refuse() {
        refusing = true;
    }

    /**
     * Ends all faults, those too that did not happen yet. Connections that have lost bytes are reset, because both sides would
     * take what follows for nonsense.
     */
    public void heal() {
        boolean lossy = armed.stream().anyMatch(fault -> fault.is(FaultKind.SILENCE) && fault.fired());
        armed.clear();
        refusing = false;
        if (lossy) {
            cut();
        }
        wake();
    }

    /** {@return how many connections have come} */
    public int connections() {
        synchronized (changes) {
            return connections;
        }
    }

    /** {@return how many faults have happened; one that lasts counts once} */
    public int faults() {
        synchronized (changes) {
            return fired;
        }
    }

    /** {@return how many connections are open} */
    public int open() {
        return relays.size();
    }

    /**
     * Waits until so many faults have happened.
     *
     * @param count how many, since the beginning
     * @param patience how long to wait
     * @return whether they have
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean awaitFaults(int count, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (changes) {
            while (fired < count) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                changes.wait(left / 1_000_000 + 1);
            }
            return true;
        }
    }

    private void wake() {
        synchronized (changes) {
            changes.notifyAll();
        }
    }

    private void accept() {
        while (!closed) {
            try {
                accept(listener.accept());
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException("the fault proxy cannot listen", e);
                }
            }
        }
    }

    private void accept(Socket client) {
        synchronized (changes) {
            connections++;
        }
        Socket server = new Socket();
        Relay relay = new Relay(client, server, new Faults());
        relays.add(relay);
        try {
            if (refusing || closed || relays.size() > MOST_CONNECTIONS) {
                throw new IOException("refused");
            }
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        } catch (IOException e) {
            relays.remove(relay);
            relay.reset();
            return;
        }
        Thread other = daemon(() -> relay.pump(FaultWay.TO_CLIENT), "to-client");
        daemon(
                () -> {
                    relay.pump(FaultWay.TO_SERVER);
                    join(other);
                    relays.remove(relay);
                    relay.end();
                },
                "to-server");
    }

    private static void join(Thread other) {
        try {
            other.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, "fault-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Ends all connections, and the threads. Idempotent. */
    @Override
    public void close() {
        closed = true;
        armed.clear();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the fault proxy's port cannot be closed", e);
        } finally {
            cut();
            wake();
        }
    }

    /** {@return where it listens and leads to, and what is to go wrong} */
    @Override
    public String toString() {
        return "FaultProxy[" + port() + " to " + target + ", " + open() + " open, " + faults() + " faults so far]";
    }

    private final class Faults implements Relay.Faults {
        @Override
        public Iterable<ArmedFault> armed() {
            return armed;
        }

        @Override
        public void fired(ArmedFault fault) {
            if (fault.isOver()) {
                armed.remove(fault);
            }
            synchronized (changes) {
                fired++;
                changes.notifyAll();
            }
        }

        @Override
        public void awaitMovement(FaultWay way, Relay relay) throws InterruptedException {
            @Nullable ArmedFault stall;
            while ((stall = stalling(way)) != null) {
                if (stall.fire()) {
                    fired(stall);
                }
                synchronized (changes) {
                    if (armed.contains(stall) && !relay.isEnded()) {
                        changes.wait(1_000);
                    }
                }
                if (relay.isEnded()) {
                    return;
                }
            }
        }

        private @Nullable ArmedFault stalling(FaultWay way) {
            for (ArmedFault fault : armed) {
                if (fault.is(FaultKind.STALL) && fault.concerns(way) && (fault.fired() || fault.isDue(null))) {
                    return fault;
                }
            }
            return null;
        }
    }
}
