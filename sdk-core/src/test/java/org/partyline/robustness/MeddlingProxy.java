package org.partyline.robustness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Sits between a client and a server, records every byte of the client's, and meddles with what is in the clear: splits,
 * delays, strips, injects. Takes one connection at a time.
 */
final class MeddlingProxy implements AutoCloseable {
    private static final String TLS = "xmlns='urn:ietf:params:xml:ns:xmpp-tls'";
    private static final String MECHANISMS = "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
            + "<mechanism>PLAIN</mechanism><mechanism>SCRAM-SHA-1</mechanism></mechanisms>";

    /** What is done to a sign-in. */
    enum Meddling {
        /** Nothing but splits and delays. */
        HONEST(true, null, null),
        /** Sign-in is offered before TLS, beside TLS. */
        SASL_BESIDE_TLS(true, "<starttls " + TLS + "/>" + MECHANISMS, null),
        /** TLS is not offered, sign-in is. */
        STRIPPED(false, MECHANISMS, null),
        /** Nothing at all is offered. */
        STRIPPED_BARE(false, "", null),
        /** Features come behind the permission, in one segment. */
        INJECTED(false, null, "<proceed " + TLS + "/><stream:features>" + MECHANISMS + "</stream:features>"),
        /** The same, torn. */
        INJECTED_SPLIT(false, null, "<proceed " + TLS + "/>\n|<stream:|features>" + MECHANISMS + "</stream:features>"),
        /** One blank comes behind the permission. */
        INJECTED_BLANK(false, null, "<proceed " + TLS + "/> "),
        /** The server refuses. */
        REFUSED(false, null, "<failure " + TLS + "/></stream:stream>"),
        /** Success comes where permission is due. */
        SASL_INSTEAD(false, null, "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");

        private final boolean harmless;
        private final String features;
        private final String answer;

        Meddling(boolean harmless, String features, String answer) {
            this.harmless = harmless;
            this.features = features;
            this.answer = answer;
        }

        /** Whether sign-in can succeed all the same. */
        boolean isHarmless() {
            return harmless;
        }
    }

    /** What one client sent. */
    static final class Recording {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        synchronized byte[] bytes() {
            return bytes.toByteArray();
        }

        private synchronized void add(byte[] chunk, int length) {
            bytes.write(chunk, 0, length);
        }

        /** Waits until the client has hung up. */
        byte[] complete() {
            Await.outcome(ended);
            return bytes();
        }
    }

    private final ServerSocket listener;
    private final int server;

    MeddlingProxy(int server) {
        this.server = server;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Serves the next connection. */
    Recording serve(Meddling meddling, long seed) {
        Recording recording = new Recording();
        Thread thread = new Thread(() -> accept(meddling, seed, recording), "meddling-proxy");
        thread.setDaemon(true);
        thread.start();
        return recording;
    }

    private void accept(Meddling meddling, long seed, Recording recording) {
        try (Socket client = listener.accept();
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            Thread outward = new Thread(() -> outward(client, upstream, recording, new Random(~seed)), "meddling-out");
            outward.setDaemon(true);
            outward.start();
            inward(upstream, client, meddling, new Random(seed));
            outward.join();
        } catch (IOException | InterruptedException e) {
            // Either side hung up: what was recorded until then counts.
        } finally {
            recording.ended.complete(null);
        }
    }

    private static void outward(Socket client, Socket upstream, Recording recording, Random random) {
        byte[] chunk = new byte[4096];
        try {
            InputStream from = client.getInputStream();
            for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
                recording.add(chunk, read);
                if (!upstream.isClosed() && !upstream.isOutputShutdown()) {
                    pieces(upstream.getOutputStream(), chunk, read, random);
                }
            }
        } catch (IOException e) {
            // The other side hung up.
        } finally {
            quietly(upstream);
        }
    }

    private static void inward(Socket upstream, Socket client, Meddling meddling, Random random) throws IOException {
        InputStream from = upstream.getInputStream();
        OutputStream to = client.getOutputStream();
        String opening = readThrough(from, "</stream:features>");
        if (meddling.features != null) {
            int start = opening.indexOf("<stream:features");
            opening = opening.substring(0, start) + "<stream:features>" + meddling.features + "</stream:features>";
        }
        send(to, opening, random);
        if (meddling.answer != null) {
            readThrough(from, "/>");
            // A bar stands for a pause between two segments.
            for (String segment : meddling.answer.split("\\|", -1)) {
                to.write(segment.getBytes(StandardCharsets.UTF_8));
                to.flush();
                pause(random);
            }
        }
        if (meddling.harmless) {
            byte[] chunk = new byte[4096];
            for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
                pieces(to, chunk, read, random);
            }
            client.shutdownOutput();
        }
        // Otherwise the connection stays open, and it is the client that must end it.
    }

    private static String readThrough(InputStream from, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = from.read();
            if (next < 0) {
                throw new IOException("the server ended before " + end);
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private static void send(OutputStream to, String text, Random random) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        pieces(to, bytes, bytes.length, random);
    }

    /** Most chunks go out in a few pieces, some with a delay in between. */
    private static void pieces(OutputStream to, byte[] bytes, int length, Random random) throws IOException {
        int at = 0;
        for (int cuts = random.nextInt(4); cuts > 0 && at < length; cuts--) {
            int next = at + random.nextInt(length - at);
            to.write(bytes, at, next - at);
            to.flush();
            at = next;
            pause(random);
        }
        to.write(bytes, at, length - at);
        to.flush();
    }

    private static void pause(Random random) {
        int delay = random.nextInt(8);
        if (delay < 3) {
            try {
                Thread.sleep(delay);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
