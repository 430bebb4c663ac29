package org.partyline.transport.connection;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.tls.TlsSession;
import org.partyline.transport.xml.XmlElement;

/**
 * One live XML stream to a server. It lives on one {@link EventLoop}: every method is called there, unless it says
 * otherwise, and every future of it completes there.
 */
public interface XmlConnection {

    /** {@return the loop that this connection lives on; any thread} */
    EventLoop loop();

    /** {@return what was connected to; any thread} */
    Endpoint endpoint();

    /** {@return the verified TLS session, or null while the stream is in the clear; any thread} */
    @Nullable
    TlsSession tls();

    /**
     * Says who hears of this connection. Set before {@link #open}; may be replaced later.
     *
     * @param listener the new listener
     */
    void listener(ConnectionListener listener);

    /**
     * Opens the stream, or opens it anew after TLS or sign-in (RFC 6120 section 4.3.3). All parser state of the stream
     * before is dropped.
     *
     * @param header what to announce
     */
    void open(StreamHeader header);

    /**
     * Lifts the limit on inbound elements from {@code preAuthBytes} to {@code stanzaBytes}. Called once sign-in
     * succeeded.
     */
    void authenticated();

    /**
     * Writes an element without flushing it.
     *
     * @param element the element
     * @throws IllegalStateException between {@link #startTls()} and its end: nothing may be written past a handshake
     */
    void write(XmlElement element);

    /**
     * Writes an element that was encoded before by {@link org.partyline.transport.xml.XmlWriter#encode}, without
     * flushing it. The array is not copied and must not change afterwards.
     *
     * @param encoded UTF-8 bytes of one complete element
     * @throws IllegalStateException between {@link #startTls()} and its end
     */
    void write(byte[] encoded);

    /** Sends what was written. */
    void flush();

    /** {@return whether more can be written without growing the send buffer past its high mark} */
    boolean isWritable();

    /**
     * Performs the TLS handshake, after the server's {@code <proceed/>}. Any byte of the server's between
     * {@code <proceed/>} and the handshake fails it.
     *
     * @return completes with the verified session, or fails with a {@link TransportException}; the connection is closed
     *     then. Cancelling aborts the connection.
     */
    CompletableFuture<TlsSession> startTls();

    /**
     * Stops or resumes reading from the socket, for back-pressure.
     *
     * @param reading whether to read
     */
    void reading(boolean reading);

    /**
     * Closes the stream in order: flushes, sends the closing tag, waits for the peer's (bounded by
     * {@link TransportOptions#closeTimeout()}), then closes the socket.
     *
     * @return completes when the socket is closed, always normally
     */
    CompletableFuture<Void> close();

    /**
     * Sends a stream error, then closes as {@link #close()}.
     *
     * @param condition the name of the condition's element (RFC 6120 section 4.9.3)
     */
    void closeWithError(String condition);

    /** Closes the socket at once, with nothing sent. */
    void abort();
}
