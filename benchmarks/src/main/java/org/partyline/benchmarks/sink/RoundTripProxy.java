package org.partyline.benchmarks.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/**
 * Stands between one client and the sink, holds every byte back for 50 ms each way, and counts how often the client spoke
 * after the server did: round trips, the TCP handshake not among them.
 */
public final class RoundTripProxy implements AutoCloseable {
    private static final long DELAY_MILLIS = 50;

    private final ServerSocket listener;
    private final int target;
    private final Object lock = new Object();
    private int flights;
    private boolean serverSpokeLast = true;

    private RoundTripProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /**
     * {@return a proxy to a port on loopback}
     *
     * @param target the port
     * @throws IOException if it cannot listen
     */
    public static RoundTripProxy to(int target) throws IOException {
        RoundTripProxy proxy = new RoundTripProxy(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), target);
        start(proxy::serve);
        return proxy;
    }

    /** {@return the port to connect to} */
    public int port() {
        return listener.getLocalPort();
    }

    /** {@return how often the client has spoken after the server did} */
    public int flights() {
        synchronized (lock) {
            return flights;
        }
    }

    private void serve() {
        try (Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread back = start(() -> copy(server, client, false));
            copy(client, server, true);
            back.join();
        } catch (IOException e) {
            // The listener was closed, or a side has gone: the run is over.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(Socket from, Socket to, boolean clientSpeaks) {
        byte[] buffer = new byte[64 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                synchronized (lock) {
                    if (clientSpeaks && serverSpokeLast) {
                        flights++;
                    }
                    serverSpokeLast = !clientSpeaks;
                }
                TimeUnit.MILLISECONDS.sleep(DELAY_MILLIS);
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One side has gone: the other will notice.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "round-trip-proxy");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
