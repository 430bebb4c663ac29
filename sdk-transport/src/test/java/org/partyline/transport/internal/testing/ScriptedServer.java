package org.partyline.transport.internal.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server on loopback that runs one blocking script a connection. It knows none of the code under test. */
public final class ScriptedServer implements AutoCloseable {
    /** What is done with one connection; the socket is closed when it returns. */
    public interface Script {
        void run(Peer peer) throws Exception;
    }

    /** One connection, as the server sees it. */
    public static final class Peer {
        private Socket socket;

        private Peer(Socket socket) {
            this.socket = socket;
        }

        public Socket socket() {
            return socket;
        }

        public InputStream in() throws IOException {
            return socket.getInputStream();
        }

        public OutputStream out() throws IOException {
            return socket.getOutputStream();
        }

        public void send(String text) throws IOException {
            out().write(text.getBytes(StandardCharsets.UTF_8));
            out().flush();
        }

        /** Reads until the text received ends with this; fails at the end of the stream. */
        public String readUntil(String end) throws IOException {
            StringBuilder text = new StringBuilder();
            while (text.length() < end.length() || text.indexOf(end, text.length() - end.length()) < 0) {
                int next = in().read();
                if (next < 0) {
                    throw new IOException("end of stream after: " + text);
                }
                text.append((char) next);
            }
            return text.toString();
        }

        /** Reads whatever comes until the client hangs up. */
        public void drain() throws IOException {
            while (in().read() >= 0) {
                // Only the end matters.
            }
        }

        /** Puts TLS on the connection, as its server. */
        public SSLSocket tls(SSLContext context) throws IOException {
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
            tls.setUseClientMode(false);
            socket = tls;
            return tls;
        }

        /** The same, where some bytes of the handshake were read before. */
        public SSLSocket tls(SSLContext context, InputStream consumed) throws IOException {
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, consumed, true);
            socket = tls;
            return tls;
        }

        /** Reads the client's opening and answers with one of its own. */
        public void openStream() throws IOException {
            readUntil("<stream:stream");
            readUntil(">");
            send("<?xml version='1.0'?><stream:stream xmlns='jabber:client'"
                    + " xmlns:stream='http://etherx.jabber.org/streams' id='s1' from='im.example.org' version='1.0'>");
        }
    }

    private final ServerSocket listener;
    private final Script script;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final BlockingQueue<Throwable> ends = new LinkedBlockingQueue<>();

    public ScriptedServer(Script script) throws IOException {
        this(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0, script);
    }

    public ScriptedServer(InetAddress address, int port, Script script) throws IOException {
        this.script = script;
        this.listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(address, port));
        start("accept", this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections came. */
    public int accepted() {
        return accepted.get();
    }

    /** How each script ended, in order: with an exception, or with a {@link SocketException} named "done". */
    public BlockingQueue<Throwable> ends() {
        return ends;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                accepted.incrementAndGet();
                sockets.add(socket);
                start("script", () -> serve(socket));
            } catch (IOException closed) {
                ends.add(closed);
            }
        }
    }

    private void serve(Socket socket) {
        Peer peer = new Peer(socket);
        try {
            socket.setTcpNoDelay(true);
            script.run(peer);
            ends.add(new SocketException("done"));
        } catch (Exception e) {
            ends.add(e);
        } finally {
            close(peer.socket());
            close(socket);
            sockets.remove(socket);
        }
    }

    private void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            ends.add(e);
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, "scripted-server-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
