package org.partyline.robustness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** One address on loopback behind which now this server stands, now that one. */
final class Switchboard implements AutoCloseable {
    private final ServerSocket listener;
    private volatile int target;

    private Switchboard(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    static Switchboard to(int target) {
        return listening(0, target);
    }

    /** Listens on a port that nobody else listens on. */
    static Switchboard listening(int port, int target) {
        try {
            Switchboard board = new Switchboard(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), target);
            daemon(board::accept);
            return board;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that refuses connections until somebody listens on it. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Connections from now on go elsewhere. */
    void plug(int other) {
        target = other;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                daemon(() -> pump(client, server));
                daemon(() -> pump(server, client));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "switchboard");
        thread.setDaemon(true);
        thread.start();
    }

    /** Passes bytes on, and an end; what breaks one side breaks the other. */
    private static void pump(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                to.getOutputStream().write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            reset(from);
            reset(to);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It was closed by the other pump.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
