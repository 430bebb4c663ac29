package org.partyline.transport.internal.netty;

import org.partyline.transport.connection.XmlConnection;

/** Keeps a connection in its transport's list while it lives, so that closing the transport aborts it. */
final class LiveConnection {
    private final NettyTransport transport;
    private Runnable abort = () -> {};

    LiveConnection(NettyTransport transport) {
        this.transport = transport;
    }

    void begun(XmlConnection connection) {
        abort = () -> connection.loop().execute(connection::abort);
        transport.begun(abort);
    }

    void ended() {
        transport.ended(abort);
    }
}
