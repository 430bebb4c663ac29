package org.partyline.robustness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Offers sign-in and no TLS, in pieces of any size, some of them late. Takes one connection at a time. */
final class StrippingServer implements AutoCloseable {
    private static final String OPENING = "<?xml version='1.0'?><stream:stream xmlns='jabber:client'"
            + " xmlns:stream='http://etherx.jabber.org/streams' id='s1' from='chat.test' version='1.0'>";
    private static final String MECHANISMS = "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
            + "<mechanism>PLAIN</mechanism><mechanism>SCRAM-SHA-1</mechanism></mechanisms>";
    private static final String END = "</stream:stream>";
    private static final int MOST_PIECES = 6;
    /** One pause in so many pieces. */
    private static final int SELDOM = 16;

    private final ServerSocket listener;
    private final Random random;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    StrippingServer(long seed) {
        this.random = new Random(seed);
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "stripping-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** All that the next client said, once it has hung up. */
    String heard() {
        try {
            return String.valueOf(heard.poll(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void serve() {
        while (!listener.isClosed()) {
            StringBuilder said = new StringBuilder();
            try (Socket client = listener.accept()) {
                client.setTcpNoDelay(true);
                InputStream in = client.getInputStream();
                hear(in, said, "<stream:stream", ">");
                String features = switch (random.nextInt(3)) {
                    case 0 -> "<stream:features/>";
                    case 1 -> "<stream:features>" + MECHANISMS + "</stream:features>";
                    default ->
                        "<stream:features>" + MECHANISMS + "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>"
                                + "</stream:features>";
                };
                say(client.getOutputStream(), OPENING + features);
                hear(in, said, END);
                client.getOutputStream().write(END.getBytes(StandardCharsets.US_ASCII));
                while (hearOne(in, said)) {
                    // Whatever comes behind the end counts, too.
                }
            } catch (IOException e) {
                // The client hung up early, or the test is over: what was heard until then counts.
            }
            heard.add(said.toString());
        }
    }

    private static void hear(InputStream in, StringBuilder said, String... ends) throws IOException {
        for (String end : ends) {
            int from = said.length();
            while (said.indexOf(end, Math.max(from, said.length() - end.length())) < 0) {
                if (!hearOne(in, said)) {
                    throw new IOException("the client hung up before " + end);
                }
            }
        }
    }

    private static boolean hearOne(InputStream in, StringBuilder said) throws IOException {
        int next = in.read();
        if (next >= 0) {
            said.append((char) next);
        }
        return next >= 0;
    }

    private void say(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int at = 0;
        for (int pieces = random.nextInt(MOST_PIECES); pieces > 0 && at < bytes.length; pieces--) {
            int next = at + random.nextInt(bytes.length - at);
            out.write(bytes, at, next - at);
            out.flush();
            at = next;
            if (random.nextInt(SELDOM) == 0) {
                pause();
            }
        }
        out.write(bytes, at, bytes.length - at);
        out.flush();
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
