package org.partyline.xmpp.internal.session;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.internal.engine.ManualLoop;
import org.partyline.transport.connection.ConnectionListener;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.connection.StreamHeader;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.tls.TlsSession;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlWriter;

/** A connection without a network: the test reads what was written, and says what arrives. */
public final class FakeConnection implements XmlConnection {
    private static final TlsSession TLS = tlsWith("capulet.example");

    /** {@return what TLS would say of a server by this name} */
    public static TlsSession tlsWith(String host) {
        PublicKey key = mock(PublicKey.class);
        when(key.getEncoded()).thenReturn(new byte[] {1});
        X509Certificate certificate = mock(X509Certificate.class);
        when(certificate.getPublicKey()).thenReturn(key);
        return new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256", host, List.of(certificate));
    }

    private final ManualLoop loop;
    private final Endpoint endpoint;
    private final List<String> written = new ArrayList<>();
    private @Nullable ConnectionListener listener;
    private @Nullable TlsSession tls;
    private int flushed;
    private int flushes;
    boolean writable = true;
    boolean reading = true;
    boolean closed;
    boolean aborted;
    boolean authenticated;

    @Nullable
    TransportException handshakeFailure;

    public FakeConnection(ManualLoop loop, Endpoint endpoint) {
        this.loop = loop;
        this.endpoint = endpoint;
        this.tls = endpoint.kind() == Endpoint.Kind.STARTTLS ? null : TLS;
    }

    /** What was flushed since this was last called. */
    public List<String> sent() {
        loop.run();
        List<String> visible = new ArrayList<>(written.subList(0, flushed));
        written.subList(0, flushed).clear();
        flushed = 0;
        return visible;
    }

    int flushes() {
        return flushes;
    }

    /** Lets an element arrive. */
    public void receive(XmlElement element) {
        loop.execute(() -> {
            if (listener != null) {
                listener.onElement(element);
            }
        });
        loop.execute(() -> {
            if (listener != null) {
                listener.onReadComplete();
            }
        });
        loop.run();
    }

    /** Lets elements arrive by one read. */
    public void receiveAtOnce(XmlElement... elements) {
        loop.execute(() -> {
            for (XmlElement element : elements) {
                if (listener != null) {
                    listener.onElement(element);
                }
            }
            if (listener != null) {
                listener.onReadComplete();
            }
        });
        loop.run();
    }

    /** Lets the server open its side of the stream, and offer features. */
    public void offer(XmlElement... features) {
        loop.execute(() -> {
            if (listener != null) {
                listener.onOpened(new StreamHeader("capulet.example", null, "s1", "1.0", "en"));
            }
        });
        XmlElement.Builder element = XmlElement.builder("http://etherx.jabber.org/streams", "features");
        for (XmlElement feature : features) {
            element.child(feature);
        }
        receive(element.build());
    }

    /** Lets the connection end. */
    public void lose(@Nullable TransportException cause) {
        loop.execute(() -> {
            if (listener != null) {
                listener.onDisconnected(cause);
            }
        });
        loop.run();
    }

    /** Lets the connection break. */
    public void lose() {
        lose(new TransportException(TransportException.Reason.CONNECTION_LOST, "connection reset", null));
    }

    /** Who hears of this connection. */
    @Nullable
    ConnectionListener listener() {
        return listener;
    }

    void turnWritable() {
        writable = true;
        loop.execute(() -> {
            if (listener != null) {
                listener.onWritable();
            }
        });
        loop.run();
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public @Nullable TlsSession tls() {
        return tls;
    }

    @Override
    public void listener(ConnectionListener next) {
        listener = next;
    }

    @Override
    public void open(StreamHeader header) {
        written.add("<open to='" + header.to() + "'" + (header.from() == null ? "" : " from='" + header.from() + "'")
                + ">");
        flush();
    }

    @Override
    public void authenticated() {
        authenticated = true;
    }

    @Override
    public void write(XmlElement element) {
        write(XmlWriter.encode(element));
    }

    @Override
    public void write(byte[] encoded) {
        if (!closed && !aborted) {
            written.add(new String(encoded, StandardCharsets.UTF_8));
        }
    }

    @Override
    public void flush() {
        flushed = written.size();
        flushes++;
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public CompletableFuture<TlsSession> startTls() {
        CompletableFuture<TlsSession> handshake = new CompletableFuture<>();
        loop.execute(() -> {
            if (handshakeFailure != null) {
                handshake.completeExceptionally(handshakeFailure);
            } else {
                tls = TLS;
                handshake.complete(TLS);
            }
        });
        return handshake;
    }

    @Override
    public void reading(boolean on) {
        reading = on;
    }

    @Override
    public CompletableFuture<Void> close() {
        flush();
        if (!closed && !aborted) {
            written.add("</stream>");
            flush();
            closed = true;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            if (listener != null) {
                listener.onDisconnected(null);
            }
            done.complete(null);
        });
        return done;
    }

    @Override
    public void closeWithError(String condition) {
        written.add("<stream-error " + condition + ">");
        close();
    }

    @Override
    public void abort() {
        aborted = true;
        loop.execute(() -> {
            if (listener != null) {
                listener.onDisconnected(null);
            }
        });
    }
}
