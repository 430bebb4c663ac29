package org.partyline.xmpp.internal.trace;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.trace.WireTrace.Kind;
import org.partyline.transport.connection.ConnectionListener;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.connection.StreamHeader;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.tls.TlsSession;
import org.partyline.transport.xml.XmlElement;

/** A connection whose traffic is kept as it passes. */
final class TracedConnection implements XmlConnection {
    private final XmlConnection inner;
    private final WireTap tap;
    private final int number;

    TracedConnection(XmlConnection inner, WireTap tap, int number) {
        this.inner = inner;
        this.tap = tap;
        this.number = number;
    }

    @Override
    public EventLoop loop() {
        return inner.loop();
    }

    @Override
    public Endpoint endpoint() {
        return inner.endpoint();
    }

    @Override
    public @Nullable TlsSession tls() {
        return inner.tls();
    }

    @Override
    public void listener(ConnectionListener listener) {
        inner.listener(new Listener(listener));
    }

    @Override
    public void open(StreamHeader header) {
        tap.opened(number, Kind.SENT, header);
        inner.open(header);
    }

    @Override
    public void authenticated() {
        inner.authenticated();
    }

    @Override
    public void write(XmlElement element) {
        tap.element(number, Kind.SENT, element);
        inner.write(element);
    }

    @Override
    public void write(byte[] encoded) {
        tap.encoded(number, encoded);
        inner.write(encoded);
    }

    @Override
    public void flush() {
        inner.flush();
    }

    @Override
    public boolean isWritable() {
        return inner.isWritable();
    }

    /** What is done with the session comes behind the note of it, so the caller gets a future of its own. */
    @Override
    public CompletableFuture<TlsSession> startTls() {
        CompletableFuture<TlsSession> noted = new CompletableFuture<>();
        CompletableFuture<TlsSession> handshake = inner.startTls();
        handshake.whenComplete((session, failure) -> {
            if (failure != null) {
                tap.event(number, "TLS failed: " + failure.getMessage());
                noted.completeExceptionally(failure);
            } else {
                tap.secured(number, inner, session);
                noted.complete(session);
            }
        });
        noted.whenComplete((session, failure) -> {
            if (noted.isCancelled()) {
                handshake.cancel(false);
            }
        });
        return noted;
    }

    @Override
    public void reading(boolean reading) {
        inner.reading(reading);
    }

    @Override
    public CompletableFuture<Void> close() {
        tap.event(number, "closing the stream");
        return inner.close();
    }

    @Override
    public void closeWithError(String condition) {
        tap.streamError(number, condition);
        inner.closeWithError(condition);
    }

    @Override
    public void abort() {
        tap.event(number, "aborting the connection");
        inner.abort();
    }

    private final class Listener implements ConnectionListener {
        private final ConnectionListener next;

        Listener(ConnectionListener next) {
            this.next = next;
        }

        @Override
        public void onOpened(StreamHeader header) {
            tap.opened(number, Kind.RECEIVED, header);
            next.onOpened(header);
        }

        @Override
        public void onElement(XmlElement element) {
            tap.element(number, Kind.RECEIVED, element);
            next.onElement(element);
        }

        @Override
        public void onReadComplete() {
            next.onReadComplete();
        }

        @Override
        public void onStreamClosed() {
            tap.event(number, "the server closed the stream");
            next.onStreamClosed();
        }

        @Override
        public void onWritable() {
            next.onWritable();
        }

        @Override
        public void onDisconnected(@Nullable TransportException cause) {
            tap.event(
                    number,
                    cause == null
                            ? "the connection ended in order"
                            : "the connection ended, " + cause.reason() + ": " + cause.getMessage());
            next.onDisconnected(cause);
        }
    }
}
