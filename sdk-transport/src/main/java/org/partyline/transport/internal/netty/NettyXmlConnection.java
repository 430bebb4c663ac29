package org.partyline.transport.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
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
import org.partyline.transport.internal.stream.StreamTags;
import org.partyline.transport.internal.stream.WebSocketSyntax;
import org.partyline.transport.tls.TlsSession;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlStreamException;
import org.partyline.transport.xml.XmlStreamSink;
import org.partyline.transport.xml.XmlWriter;

/** An XML stream on a Netty channel: the last handler of its pipeline. All state belongs to the channel's loop. */
final class NettyXmlConnection extends ChannelInboundHandlerAdapter implements XmlConnection {
    private static final ConnectionListener NOBODY = new ConnectionListener() {
        @Override
        public void onOpened(StreamHeader header) {}

        @Override
        public void onElement(XmlElement element) {}

        @Override
        public void onDisconnected(@Nullable TransportException cause) {}
    };

    private final Channel channel;
    private final ChannelHandlerContext context;
    private final ConnectionSetup setup;
    private final OutboundBatch outbound = new OutboundBatch();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private volatile @Nullable TlsSession tls;
    private ConnectionListener listener = NOBODY;
    /** Null until the stream is opened, and again from the start of TLS until it is opened anew. */
    private @Nullable InboundFeed inbound;

    private @Nullable CompletableFuture<TlsSession> handshake;
    private EventLoop.@Nullable Cancellable closeTimer;
    private @Nullable TransportException failure;
    /** Whether the last byte received was the last of a top-level element. */
    private boolean atElementEnd;

    private boolean authenticated;
    private boolean opened;
    private boolean peerClosed;
    /** Whether this side is ending the stream in order, or has answered the peer's end. */
    private boolean closing;
    /** Whether the socket is being closed: nothing is read, written or delivered any more. */
    private boolean dead;

    private boolean ended;

    NettyXmlConnection(Channel channel, ConnectionSetup setup) {
        this.channel = channel;
        this.setup = setup;
        channel.pipeline().addLast(this);
        this.context = channel.pipeline().context(this);
    }

    @Override
    public EventLoop loop() {
        return setup.loop();
    }

    @Override
    public Endpoint endpoint() {
        return setup.endpoint();
    }

    @Override
    public @Nullable TlsSession tls() {
        return tls;
    }

    @Override
    public void listener(ConnectionListener listener) {
        this.listener = listener;
    }

    @Override
    public void open(StreamHeader header) {
        refuseDuringHandshake();
        if (dead || closing) {
            return;
        }
        InboundFeed feed = inbound;
        if (feed == null) {
            inbound = feed = new InboundFeed(
                    setup.syntax().framing(),
                    setup.options().limits(),
                    new Inbound(),
                    () -> !dead && handshake == null);
        } else {
            feed.restart();
        }
        if (authenticated) {
            feed.decoder().authenticated();
        }
        send(setup.syntax().open(header));
        flush();
        if (!opened) {
            opened = true;
            channel.config().setAutoRead(true);
        }
    }

    @Override
    public void authenticated() {
        authenticated = true;
        if (inbound != null) {
            inbound.decoder().authenticated();
        }
    }

    @Override
    public void write(XmlElement element) {
        write(XmlWriter.encode(element));
    }

    @Override
    public void write(byte[] encoded) {
        refuseDuringHandshake();
        if (!dead && !closing) {
            send(setup.syntax().element(encoded));
        }
    }

    private void refuseDuringHandshake() {
        if (handshake != null) {
            throw new IllegalStateException("nothing may be written while the TLS handshake is under way");
        }
    }

    private void send(byte[] bytes) {
        outbound.add(context, bytes, tls != null);
    }

    @Override
    public void flush() {
        if (!dead) {
            outbound.drain(context);
            channel.flush();
        }
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void reading(boolean reading) {
        channel.config().setAutoRead(reading);
    }

    @Override
    public CompletableFuture<TlsSession> startTls() {
        if (tls != null || handshake != null || !opened) {
            throw new IllegalStateException("TLS is started once, on an open stream in the clear");
        }
        if (dead || closing || !atElementEnd) {
            TransportException cause = dead || closing
                    ? new TransportException(Reason.CLOSED, "the connection is closed", null)
                    : new TransportException(
                            Reason.PROTOCOL_VIOLATION, "bytes came in the clear after <proceed/>", null);
            fail(cause);
            return CompletableFuture.failedFuture(cause);
        }
        flush();
        inbound = null;
        CompletableFuture<TlsSession> result = secure(List.of());
        result.whenComplete((session, error) -> {
            if (result.isCancelled()) {
                loop().execute(this::abort);
            }
        });
        return result;
    }

    /** Performs and verifies a handshake; any failure ends the connection. */
    CompletableFuture<TlsSession> secure(List<String> applicationProtocols) {
        CompletableFuture<TlsSession> result = new CompletableFuture<>();
        handshake = result;
        SslHandler handler = setup.sslHandler(applicationProtocols);
        channel.pipeline().addFirst(new TlsFirstByte(), handler);
        handler.handshakeFuture().addListener(done -> {
            if (dead) {
                return;
            }
            Throwable error = done.cause();
            if (error == null) {
                try {
                    TlsSession session = setup.verify(handler.engine());
                    tls = session;
                    handshake = null;
                    result.complete(session);
                    return;
                } catch (Exception rejected) {
                    error = rejected;
                }
            }
            failHandshake(error);
        });
        return result;
    }

    /** Opens the WebSocket that the stream will run in. */
    CompletableFuture<Void> upgrade(SecureRandom random) {
        URI uri = Objects.requireNonNull(setup.endpoint().uri());
        WebSocketUpgrade upgrade =
                new WebSocketUpgrade(uri, random, loop(), setup.options().handshakeTimeout());
        channel.pipeline().addBefore(context.name(), null, upgrade);
        return upgrade.result();
    }

    /** {@return completes when the connection is gone} */
    CompletableFuture<Void> ended() {
        return closed;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            receive(bytes);
        } catch (XmlStreamException e) {
            refuse(e);
        } finally {
            bytes.release();
        }
    }

    private void receive(ByteBuf bytes) throws XmlStreamException {
        while (bytes.isReadable() && !dead && !peerClosed) {
            InboundFeed feed = inbound;
            if (feed == null) {
                fail(new TransportException(
                        Reason.PROTOCOL_VIOLATION, "bytes came where the server has nothing to say", null));
            } else {
                atElementEnd = false;
                feed.feed(bytes);
            }
        }
    }

    /** Answers bytes that may not stand in a stream, then ends the connection. */
    private void refuse(XmlStreamException e) {
        if (dead) {
            return;
        }
        if (inbound != null && inbound.isForeign()) {
            fail(new TransportException(
                    Reason.NOT_XMPP, "the peer does not speak XMPP; a captive portal or web server may", e));
            return;
        }
        TransportException cause =
                new TransportException(Reason.PROTOCOL_VIOLATION, e.condition().element() + ": " + e.detail(), e);
        if (!closing && handshake == null) {
            send(setup.syntax().error(e.condition().element()));
            send(setup.syntax().close());
            flush();
        }
        failure = cause;
        closing = true;
        peerClosed = true;
        channel.close();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (dead) {
            return;
        }
        if (inbound != null) {
            inbound.decoder().idle();
        }
        listener.onReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!dead && channel.isWritable()) {
            listener.onWritable();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
        if (handshake != null) {
            failHandshake(error);
        } else {
            fail(Failures.ofConnection(error));
        }
    }

    private void failHandshake(Throwable error) {
        TransportException cause = Failures.ofHandshake(error);
        if (opened && cause.reason() == Reason.NOT_XMPP) {
            cause = new TransportException(
                    Reason.PROTOCOL_VIOLATION, "bytes came in the clear after <proceed/>", error);
        }
        fail(cause);
    }

    @Override
    public CompletableFuture<Void> close() {
        if (handshake != null || !opened) {
            closing = true;
            hangUp();
        } else if (!closing && !dead) {
            send(setup.syntax().close());
            flush();
            closing = true;
            channel.config().setAutoRead(true);
            closeTimer = loop().schedule(this::hangUp, setup.options().closeTimeout());
        }
        return closed.copy();
    }

    @Override
    public void closeWithError(String condition) {
        byte[] error = setup.syntax().error(condition);
        if (!closing && !dead && handshake == null && opened) {
            send(error);
        }
        close();
    }

    @Override
    public void abort() {
        fail(new TransportException(Reason.CLOSED, "this side aborted the connection", null));
    }

    private void fail(TransportException cause) {
        if (!dead && !closing) {
            failure = cause;
        }
        hangUp();
    }

    /** Closes the socket without TLS's farewell: the close starts in front of the handler that would send it. */
    private void hangUp() {
        dead = true;
        ChannelHandlerContext handler = channel.pipeline().context(SslHandler.class);
        if (handler == null) {
            channel.close();
        } else {
            handler.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (ended) {
            return;
        }
        if (failure == null && !closing) {
            failure = handshake == null
                    ? new TransportException(
                            Reason.CONNECTION_LOST, "the server ended the connection in mid-stream", null)
                    : new TransportException(Reason.TLS_FAILED, "the server hung up during the TLS handshake", null);
        }
        ended = true;
        dead = true;
        outbound.release();
        if (closeTimer != null) {
            closeTimer.cancel();
        }
        if (handshake != null) {
            handshake.completeExceptionally(
                    failure != null ? failure : new TransportException(Reason.CLOSED, "this side closed it", null));
        }
        listener.onDisconnected(failure);
        closed.complete(null);
    }

    private void headerCame(InboundFeed feed, XmlElement header) {
        feed.headerCame();
        listener.onOpened(StreamTags.header(header));
    }

    private void footerCame() {
        peerClosed = true;
        listener.onStreamClosed();
        if (!closing) {
            send(setup.syntax().close());
            closing = true;
        }
        send(setup.syntax().farewell());
        flush();
        channel.close();
    }

    /** What the decoder found. After the end, the rest of what one read brought is not delivered. */
    private final class Inbound implements XmlStreamSink {
        @Override
        public void onHeader(XmlElement root) {
            InboundFeed feed = inbound;
            if (dead || feed == null) {
                return;
            }
            if (root.is(StreamTags.STREAMS, "stream")) {
                headerCame(feed, root);
            } else {
                notAStream();
            }
        }

        @Override
        public void onElement(XmlElement element) {
            InboundFeed feed = inbound;
            if (dead || peerClosed || feed == null) {
                return;
            }
            atElementEnd = feed.decoder().unread() == 0;
            if (element.is(WebSocketSyntax.FRAMING, "open") && feed.isHeaderDue()) {
                headerCame(feed, element);
            } else if (feed.isHeaderDue()) {
                notAStream();
            } else if (element.is(WebSocketSyntax.FRAMING, "close")) {
                footerCame();
            } else {
                listener.onElement(element);
            }
        }

        @Override
        public void onFooter() {
            if (!dead) {
                footerCame();
            }
        }

        private void notAStream() {
            fail(new TransportException(Reason.NOT_XMPP, "the peer opened something else than a stream", null));
        }
    }
}
