package org.partyline.xmpp.internal.trace;

import org.jspecify.annotations.Nullable;
import org.partyline.error.ConnectionException;
import org.partyline.error.ImException;
import org.partyline.trace.WireTrace;
import org.partyline.trace.WireTrace.Kind;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.connection.StreamHeader;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.tls.TlsSession;
import org.partyline.transport.xml.XmlElement;

/**
 * Keeps the last of what goes over one client's wire. There is none unless a trace was asked for, so that nobody else pays for
 * it. Lives on the loop, but for {@link #trace(WireTap)}.
 */
public final class WireTap {
    private static final String STREAMS = "http://etherx.jabber.org/streams";

    private final TraceRing ring;
    private final EventLoop loop;
    private final long origin;
    private final EncodedReader reader = new EncodedReader();
    private int connections;

    private WireTap(int elements, EventLoop loop) {
        this.ring = new TraceRing(elements);
        this.loop = loop;
        this.origin = loop.nanoTime();
    }

    /**
     * {@return a tap, or null for none}
     *
     * @param elements how many elements to keep; 0 for no trace
     * @param loop the loop that the client lives on
     * @throws IllegalArgumentException if the number is negative or above 10,000
     */
    public static @Nullable WireTap of(int elements, EventLoop loop) {
        if (elements < 0 || elements > WireTrace.MAX_ELEMENTS) {
            throw new IllegalArgumentException(
                    "a trace keeps 0 to " + WireTrace.MAX_ELEMENTS + " elements, not " + elements);
        }
        return elements == 0 ? null : new WireTap(elements, loop);
    }

    /**
     * {@return what a tap has kept; any thread}
     *
     * @param tap the tap, or null for none
     */
    public static WireTrace trace(@Nullable WireTap tap) {
        return tap == null
                ? new XmppTrace(new TraceRing(0).snapshot(), 0, false)
                : new XmppTrace(tap.ring.snapshot(), tap.origin, false);
    }

    /**
     * Another connection is being made.
     *
     * @param domain the service's domain
     */
    public void connecting(String domain) {
        connections++;
        event(connections, "connecting to " + domain);
    }

    /**
     * {@return the newest connection, with whatever it does being kept}
     *
     * @param connection the connection, just made
     */
    public XmlConnection watch(XmlConnection connection) {
        event(connections, "connected to " + connection.endpoint());
        TlsSession session = connection.tls();
        if (session != null) {
            secured(connections, connection, session);
        }
        return new TracedConnection(connection, this, connections);
    }

    /**
     * An attempt has failed, or the stream has ended.
     *
     * @param failure why
     */
    public void failed(ImException failure) {
        event(connections, failure.getClass().getSimpleName() + ": " + failure.getMessage());
        if (failure instanceof ConnectionException unreachable) {
            unreachable.attempts().forEach(each -> event(connections, "tried " + each));
        }
    }

    void secured(int number, XmlConnection connection, TlsSession session) {
        event(
                number,
                "TLS established with " + connection.endpoint() + ": " + session.protocol() + " "
                        + session.cipherSuite() + ", certificate verified for " + session.verifiedName());
    }

    void event(int number, String text) {
        ring.add(Kept.event(System.currentTimeMillis(), loop.nanoTime(), number, text));
    }

    void element(int number, Kind kind, XmlElement element) {
        ring.add(Kept.element(System.currentTimeMillis(), loop.nanoTime(), kind, number, element));
    }

    void encoded(int number, byte[] encoded) {
        ring.add(Kept.encoded(System.currentTimeMillis(), loop.nanoTime(), number, encoded, reader));
    }

    void opened(int number, Kind kind, StreamHeader header) {
        element(
                number,
                kind,
                XmlElement.builder(STREAMS, "stream")
                        .attribute("from", header.from())
                        .attribute("to", header.to())
                        .attribute("id", header.id())
                        .attribute("version", header.version())
                        .language(header.language())
                        .build());
    }

    void streamError(int number, String condition) {
        element(
                number,
                Kind.SENT,
                XmlElement.builder(STREAMS, "error")
                        .child(XmlElement.of("urn:ietf:params:xml:ns:xmpp-streams", condition))
                        .build());
    }
}
