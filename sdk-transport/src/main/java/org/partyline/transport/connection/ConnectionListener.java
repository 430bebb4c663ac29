package org.partyline.transport.connection;

import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;

/** What a connection tells. All methods are called on the connection's loop, and must not block. */
public interface ConnectionListener {

    /**
     * The server opened its side of the stream.
     *
     * @param header what it announced
     */
    void onOpened(StreamHeader header);

    /**
     * A complete top-level element arrived: a stanza, features, or any other child of the stream's root.
     *
     * @param element the element
     */
    void onElement(XmlElement element);

    /** All that one read brought has been delivered: a good moment to flush. */
    default void onReadComplete() {}

    /** The server closed its side of the stream in order; the socket follows. */
    default void onStreamClosed() {}

    /** {@link XmlConnection#isWritable()} turned true again. */
    default void onWritable() {}

    /**
     * The connection is gone. Called exactly once, last.
     *
     * @param cause why, or null when it was closed by {@link XmlConnection#close()} or in order by the server
     */
    void onDisconnected(@Nullable TransportException cause);
}
