package org.partyline.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP relay on loopback that loses connections on request: with a reset, or silently, as a network does from which the
 * cable was pulled.
 */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final Set<Relay> relays = ConcurrentHashMap.newKeySet();

    private CuttingProxy(int target) {
        this.target = target;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CuttingProxy to(int port) {
        CuttingProxy proxy = new CuttingProxy(port);
        daemon(proxy::accept, "proxy-accept");
        return proxy;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Resets every connection. */
    void cut() {
        relays.forEach(Relay::reset);
        relays.clear();
    }

    /** Forwards nothing more on the connections that are there, in either direction, but keeps them open. */
    void fallSilent() {
        relays.forEach(relay -> relay.silent = true);
    }

    /** What the server says reaches nobody any more; what the client says still reaches the server. */
    void swallowAnswers() {
        relays.forEach(relay -> relay.deaf = true);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Relay relay = new Relay(client, new Socket(InetAddress.getLoopbackAddress(), target));
                relays.add(relay);
                daemon(() -> relay.pump(relay.client, relay.server), "proxy-out");
                daemon(() -> relay.pump(relay.server, relay.client), "proxy-in");
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    /** One connection and its way on. */
    private static final class Relay {
        final Socket client;
        final Socket server;
        volatile boolean silent;
        volatile boolean deaf;

        Relay(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pump(Socket from, Socket to) {
            byte[] buffer = new byte[8192];
            try {
                for (int read = from.getInputStream().read(buffer);
                        read >= 0;
                        read = from.getInputStream().read(buffer)) {
                    if (!silent && !(deaf && from == server)) {
                        to.getOutputStream().write(buffer, 0, read);
                    }
                }
                if (!silent) {
                    to.shutdownOutput();
                }
            } catch (IOException e) {
                if (!silent) {
                    reset();
                }
            }
        }

        /** Lingering for no time makes close send a reset. */
        synchronized void reset() {
            for (Socket socket : new Socket[] {client, server}) {
                try {
                    if (!socket.isClosed()) {
                        socket.setSoLinger(true, 0);
                        socket.close();
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
