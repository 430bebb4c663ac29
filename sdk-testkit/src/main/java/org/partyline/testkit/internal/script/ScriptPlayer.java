package org.partyline.testkit.internal.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Plays one script for each connection, in the order in which they are accepted, on a thread of its own. */
public final class ScriptPlayer implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final ServerSocket listener;
    private final SSLContext tls;
    private final List<List<Step>> scripts;
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private final List<ScriptedConnection> connections = new ArrayList<>();
    private final Thread thread;
    private volatile String progress = "waiting for a connection";
    private volatile boolean closed;

    /** Listens on loopback, and begins to play. */
    public ScriptPlayer(SSLContext tls, List<List<Step>> scripts) {
        this.tls = tls;
        this.scripts = List.copyOf(scripts);
        try {
            this.listener = new ServerSocket(0, scripts.size() + 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on loopback", e);
        }
        this.thread = new Thread(this::play, "partyline-testkit-script-" + COUNT.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** {@return what completes when every script was played, and fails with the step that could not be played} */
    public CompletableFuture<Void> finished() {
        return finished;
    }

    /** {@return what the player is doing} */
    public String progress() {
        return progress;
    }

    /** {@return all bytes that clients sent, as they stood within TLS where there was TLS} */
    public byte[] received() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        synchronized (connections) {
            connections.forEach(connection -> all.writeBytes(connection.received()));
        }
        return all.toByteArray();
    }

    private void play() {
        for (int i = 0; i < scripts.size(); i++) {
            int number = i + 1;
            try (ScriptedConnection connection = accept()) {
                connection.play(scripts.get(i), step -> progress = "connection " + number + ": " + step);
            } catch (IOException | RuntimeException e) {
                finished.completeExceptionally(
                        closed ? new IllegalStateException("closed before the end: " + progress) : stuck(e));
                return;
            }
        }
        progress = "all played";
        finished.complete(null);
    }

    private ScriptedConnection accept() throws IOException {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        ScriptedConnection connection = new ScriptedConnection(socket, tls.getSocketFactory());
        synchronized (connections) {
            connections.add(connection);
        }
        if (closed) {
            // It was accepted too late to be among those that close() ends.
            connection.close();
        }
        return connection;
    }

    private IllegalStateException stuck(Exception cause) {
        return new IllegalStateException("the script got stuck at " + progress + ": " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        closed = true;
        closeSockets();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeSockets() {
        @Nullable IOException failure = null;
        List<ScriptedConnection> open;
        synchronized (connections) {
            open = List.copyOf(connections);
        }
        try {
            listener.close();
        } catch (IOException e) {
            failure = e;
        }
        for (ScriptedConnection connection : open) {
            try {
                connection.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw new UncheckedIOException("cannot close a socket", failure);
        }
    }
}
