package org.partyline.simulation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.ConnectionListener;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.connection.StreamHeader;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.tls.TlsSession;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlLimits;
import org.partyline.transport.xml.XmlStreamDecoder;
import org.partyline.transport.xml.XmlStreamException;
import org.partyline.transport.xml.XmlStreamSink;
import org.partyline.transport.xml.XmlWriter;

/** The client's end of a wire, as the library's transport would be: TLS is taken as given. */
final class SimulatedConnection implements XmlConnection, SimulatedWire.End {
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final SimulatedProcess process;
    private final TlsSession tls;
    private final CrashPoints points;
    private final XmlStreamDecoder decoder;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ArrayDeque<Runnable> unread = new ArrayDeque<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private @Nullable ConnectionListener listener;
    private @Nullable SimulatedWire wire;
    private boolean authenticated;
    private boolean reading = true;
    private boolean closing;
    private boolean dead;
    private boolean ended;
    private boolean full;

    SimulatedConnection(SimulatedProcess process, TlsSession tls, CrashPoints points) {
        this.process = process;
        this.tls = tls;
        this.points = points;
        this.decoder = new XmlStreamDecoder(XmlStreamDecoder.Framing.STREAM, XmlLimits.DEFAULT, new Inbound());
    }

    void wire(SimulatedWire wire) {
        this.wire = wire;
    }

    private SimulatedWire wire() {
        return Objects.requireNonNull(wire);
    }

    /** {@return whether somebody holds on to it} */
    boolean isThere() {
        return process.isAlive() && !dead;
    }

    private ConnectionListener listener() {
        return Objects.requireNonNull(listener);
    }

    @Override
    public EventLoop loop() {
        return process;
    }

    @Override
    public Endpoint endpoint() {
        return SimulatedServer.ENDPOINT;
    }

    @Override
    public TlsSession tls() {
        return tls;
    }

    @Override
    public void listener(ConnectionListener next) {
        listener = next;
    }

    @Override
    public void open(StreamHeader header) {
        decoder.reset();
        if (authenticated) {
            decoder.authenticated();
        }
        send("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0' to='"
                + header.to() + "'" + (header.from() == null ? "" : " from='" + header.from() + "'") + ">");
        flush();
    }

    @Override
    public void authenticated() {
        authenticated = true;
        decoder.authenticated();
    }

    private void send(String text) {
        written.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void write(XmlElement element) {
        write(XmlWriter.encode(element));
    }

    @Override
    public void write(byte[] encoded) {
        if (!dead && !closing) {
            written.writeBytes(encoded);
        }
    }

    @Override
    public void flush() {
        if (dead || written.size() == 0) {
            return;
        }
        points.reached("before a write to the network");
        if (process.isAlive()) {
            wire().toServer().send(written.toByteArray());
            written.reset();
            full = !wire().toServer().isWritable();
            points.reached("after a write to the network");
        }
    }

    @Override
    public boolean isWritable() {
        return wire().toServer().isWritable();
    }

    @Override
    public CompletableFuture<TlsSession> startTls() {
        throw new IllegalStateException("TLS is there from the beginning");
    }

    @Override
    public void reading(boolean on) {
        reading = on;
        if (on && !unread.isEmpty()) {
            process.execute(this::read);
        }
    }

    @Override
    public CompletableFuture<Void> close() {
        if (!closing && !dead) {
            send("</stream:stream>");
            flush();
            closing = true;
            reading(true);
            process.schedule(this::hangUp, FAREWELL);
        }
        return closed;
    }

    @Override
    public void closeWithError(String condition) {
        if (!closing && !dead) {
            send("<stream:error><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>");
        }
        close();
    }

    @Override
    public void abort() {
        hangUp();
    }

    private void hangUp() {
        if (!dead) {
            dead = true;
            process.execute(() -> end(null));
        }
        wire().toServer().finish();
    }

    private void end(@Nullable TransportException cause) {
        if (!ended) {
            ended = true;
            dead = true;
            listener().onDisconnected(cause);
            closed.complete(null);
        }
    }

    @Override
    public void received(byte[] bytes) {
        process.execute(() -> {
            unread.add(() -> decode(bytes));
            read();
        });
    }

    @Override
    public void ended() {
        process.execute(() -> {
            unread.add(() -> end(closing || dead ? null : lost()));
            read();
        });
    }

    private static TransportException lost() {
        return new TransportException(Reason.CONNECTION_LOST, "the server ended the connection in mid-stream", null);
    }

    @Override
    public void writable() {
        if (full) {
            full = false;
            process.execute(() -> {
                if (!dead) {
                    listener().onWritable();
                }
            });
        }
    }

    private void read() {
        while (reading && !unread.isEmpty()) {
            points.reached("before something is read");
            if (!process.isAlive()) {
                return;
            }
            unread.remove().run();
            points.reached("after something was read");
        }
    }

    private void decode(byte[] bytes) {
        if (dead) {
            return;
        }
        try {
            decoder.feed(bytes, 0, bytes.length);
        } catch (XmlStreamException e) {
            throw new AssertionError("the model server sent what is no XML stream", e);
        }
        if (!dead) {
            listener().onReadComplete();
        }
    }

    private final class Inbound implements XmlStreamSink {
        @Override
        public void onHeader(XmlElement root) {
            if (!dead) {
                listener()
                        .onOpened(new StreamHeader(
                                root.attribute("from"),
                                root.attribute("to"),
                                root.attribute("id"),
                                root.attribute("version"),
                                null));
            }
        }

        @Override
        public void onElement(XmlElement element) {
            if (!dead) {
                listener().onElement(element);
            }
        }

        @Override
        public void onFooter() {
            if (dead) {
                return;
            }
            listener().onStreamClosed();
            if (!closing) {
                send("</stream:stream>");
                flush();
                closing = true;
            }
            wire().toServer().finish();
            process.execute(() -> end(null));
        }
    }
}
