package org.partyline.robustness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/**
 * A TCP relay to a server with TLS from the first byte. Once told to, it lets nothing of the server's pass between the TLS
 * handshake and the client's request to sign in: a client that waits for an answer to the stream's opening first waits
 * forever.
 */
final class TaciturnRelay implements AutoCloseable {
    /** More than the end of a handshake and a stream's opening have together (some 300 bytes), and less than a request. */
    private static final int OPENING_AND_MORE = 500;

    private final ServerSocket listener;
    private final int target;
    private volatile boolean taciturn;

    private TaciturnRelay(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TaciturnRelay to(int port) {
        TaciturnRelay relay = new TaciturnRelay(port);
        daemon(relay::accept);
        return relay;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on, new connections are kept waiting. */
    void fallTaciturn() {
        taciturn = true;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                Flow flow = new Flow(taciturn);
                daemon(() -> pump(client, server, flow::clientSent));
                daemon(() -> pump(server, client, flow::awaitTurn));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @FunctionalInterface
    private interface BeforePassing {
        void bytes(int count) throws InterruptedException;
    }

    /** What has passed on one connection. */
    private static final class Flow {
        private final boolean taciturn;
        private final CountDownLatch requested = new CountDownLatch(1);
        private volatile boolean handshaking = true;
        private volatile boolean serverSpoke;
        private int sent;

        Flow(boolean taciturn) {
            this.taciturn = taciturn;
        }

        void clientSent(int count) {
            if (serverSpoke) {
                // The server's part of a TLS 1.3 handshake is one flight, and this is what follows it.
                handshaking = false;
                sent += count;
                if (sent >= OPENING_AND_MORE) {
                    requested.countDown();
                }
            }
        }

        void awaitTurn(int count) throws InterruptedException {
            serverSpoke = true;
            if (taciturn && !handshaking) {
                requested.await();
            }
        }
    }

    private static void pump(Socket from, Socket to, BeforePassing before) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                before.bytes(read);
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // One side has gone, and the other goes with it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "taciturn");
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
    }
}
