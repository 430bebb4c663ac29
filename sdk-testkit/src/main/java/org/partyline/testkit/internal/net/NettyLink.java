package org.partyline.testkit.internal.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.fault.FaultPlan;
import org.partyline.testkit.internal.stream.ClientStream;
import org.partyline.testkit.internal.stream.Link;
import org.partyline.testkit.internal.tls.ClientNames;
import org.partyline.testkit.internal.tls.ServerBindings;
import org.partyline.testkit.internal.xmpp.StreamError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection, and the last handler of its pipeline. */
abstract class NettyLink extends ChannelInboundHandlerAdapter implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(NettyLink.class);

    /** Bytes that are gathered before they are given to the channel. */
    private static final int BATCH = 64 * 1024;
    /** How long others may wait for a client that takes nothing; then it is cut off. */
    private static final Duration MAX_STALL = Duration.ofSeconds(30);
    /** Bytes that may wait for a client that does not read; beyond, it is cut off. */
    private static final int MAX_WAITING = 32 * 1024 * 1024;

    /** How long a client may take to close after the server did. */
    private static final Duration MAX_FAREWELL = Duration.ofSeconds(2);

    private final Acceptor acceptor;
    private final Channel channel;
    private final FaultGate gate;
    private final Set<NettyLink> waiters = new LinkedHashSet<>();
    private final Set<NettyLink> waitingFor = new LinkedHashSet<>();
    private @Nullable ByteBuf pending;
    private @Nullable Runnable stallTimer;
    private boolean dirty;
    private boolean secure;
    private boolean closing;

    NettyLink(Acceptor acceptor, Channel channel, FaultGate gate, boolean secure) {
        this.acceptor = acceptor;
        this.channel = channel;
        this.gate = gate;
        this.secure = secure;
    }

    /** {@return the stream that the connection carries, or will} */
    abstract ClientStream stream();

    /** Takes bytes of the client, without TLS. The array is not to be kept. */
    abstract void received(byte[] bytes, int offset, int length);

    /** Writes a unit as the connection frames it. */
    abstract void frame(byte[] unit, ByteBuf into);

    Acceptor acceptor() {
        return acceptor;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            byte[] scratch = acceptor.loop().scratch();
            while (bytes.isReadable() && !closing) {
                int length = Math.min(bytes.readableBytes(), scratch.length);
                bytes.readBytes(scratch, 0, length);
                if (!secure) {
                    acceptor.clearText().add(scratch, 0, length);
                }
                received(scratch, 0, length);
            }
        } finally {
            bytes.release();
            endStall();
            acceptor.loop().changed();
        }
    }

    @Override
    public void write(byte[] unit) {
        if (!closing) {
            ByteBuf buffer = buffer(unit.length);
            frame(unit, buffer);
            written(buffer);
        }
    }

    /** Writes bytes without framing them. */
    final void writeRaw(byte[] bytes) {
        if (!closing) {
            ByteBuf buffer = buffer(bytes.length);
            buffer.writeBytes(bytes);
            written(buffer);
        }
    }

    private ByteBuf buffer(int size) {
        ByteBuf buffer = pending;
        if (buffer == null) {
            buffer = channel.alloc().buffer(size + Long.BYTES + Short.BYTES);
            pending = buffer;
        }
        return buffer;
    }

    private void written(ByteBuf buffer) {
        if (buffer.readableBytes() >= BATCH) {
            pending = null;
            toChannel(buffer);
        }
        if (!dirty) {
            dirty = true;
            acceptor.loop().flushLater(this);
        }
    }

    /** Gives everything that was written to the channel. */
    void flushNow() {
        dirty = false;
        if (!closing) {
            stream().beforeFlush();
            flushPending();
            dirty = false;
        }
    }

    private @Nullable ChannelFuture flushPending() {
        ByteBuf buffer = pending;
        pending = null;
        return buffer == null ? null : toChannel(buffer);
    }

    /** Gives bytes to the channel, in pieces if a fault says so. */
    private ChannelFuture toChannel(ByteBuf buffer) {
        int size = gate.pieceSizeAbove();
        while (size < buffer.readableBytes()) {
            channel.writeAndFlush(buffer.readRetainedSlice(size));
            size = gate.pieceSizeAbove();
        }
        ChannelFuture written = channel.writeAndFlush(buffer);
        if (channel.bytesBeforeWritable() > MAX_WAITING) {
            acceptor.loop().loop().execute(stream()::reset);
        }
        return written;
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public List<String> certifiedNames() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return List.of();
        }
        try {
            return ClientNames.of((X509Certificate) tls.engine().getSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException | CertificateParsingException noName) {
            return List.of();
        }
    }

    @Override
    public byte @Nullable [] channelBinding(String type) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        return tls == null ? null : ServerBindings.of(type, tls.engine().getSession());
    }

    @Override
    public void startTls() {
        flushPending();
        secure = true;
        acceptor.addTls(channel, gate, "xmpp-client");
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable() && gate.isWritable();
    }

    @Override
    public void waitFor(Link other) {
        NettyLink slow = (NettyLink) other;
        // Nobody waits for one that a fault has silenced: it would neither read nor confirm.
        boolean passing = slow.channel.isActive() && !slow.gate.isSilent() && !slow.isReady();
        if (passing && !slow.isHeldUpBy(this) && slow.waiters.add(this)) {
            waitingFor.add(slow);
            channel.config().setAutoRead(false);
            if (slow.stallTimer == null) {
                slow.stallTimer = acceptor.loop().schedule(MAX_STALL, slow::reset);
            }
        }
    }

    /** {@return whether this link is not read from because of the other, whose waiting for this one would then never end} */
    private boolean isHeldUpBy(NettyLink other) {
        for (NettyLink slow : waitingFor) {
            if (slow == other || slow.isHeldUpBy(other)) {
                return true;
            }
        }
        return false;
    }

    private boolean isReady() {
        return isWritable() && stream().isReceptive();
    }

    private void endStall() {
        if (stallTimer != null && isReady()) {
            stopStallTimer();
            releaseWaiters();
        }
    }

    private void releaseWaiters() {
        for (NettyLink waiter : waiters) {
            waiter.waitingFor.remove(this);
            if (waiter.waitingFor.isEmpty()) {
                waiter.channel.config().setAutoRead(true);
            }
        }
        waiters.clear();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        endStall();
        acceptor.loop().changed();
    }

    private void stopStallTimer() {
        if (stallTimer != null) {
            stallTimer.run();
            stallTimer = null;
        }
    }

    @Override
    public void faults(FaultPlan plan) {
        gate.account(plan);
    }

    @Override
    public void close() {
        if (closing) {
            return;
        }
        ChannelFuture last = flushPending();
        closing = true;
        if (last == null) {
            closeOutput();
        } else {
            last.addListener(sent -> closeOutput());
        }
    }

    /** Ends this direction and waits a while for the other: closing at once could make the peer lose the last bytes. */
    private void closeOutput() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            shutdownOutput();
        } else {
            tls.closeOutbound().addListener(sent -> shutdownOutput());
        }
        Runnable timer = acceptor.loop().schedule(MAX_FAREWELL, this::closeSocket);
        channel.closeFuture().addListener(closed -> timer.run());
    }

    private void shutdownOutput() {
        if (channel.isActive()) {
            ((SocketChannel) channel).shutdownOutput();
        }
    }

    @Override
    public void hangUp() {
        if (!closing) {
            ChannelFuture last = flushPending();
            closing = true;
            if (last == null) {
                closeSocket();
            } else {
                last.addListener(sent -> closeSocket());
            }
        }
    }

    @Override
    public void reset() {
        closing = true;
        gate.reset();
    }

    /** Ends the stream with an error, whatever it has come to. */
    void end(StreamError error) {
        stream().fail(error);
    }

    /** Closes below TLS, so that nothing more is said. */
    void closeSocket() {
        gate.context().close();
    }

    @Override
    public void fallSilent() {
        gate.fallSilent();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closing = true;
        if (pending != null) {
            pending.release();
            pending = null;
        }
        stopStallTimer();
        releaseWaiters();
        waitingFor.forEach(slow -> slow.waiters.remove(this));
        acceptor.gone(this);
        stream().disconnected();
        acceptor.loop().changed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException || cause.getCause() instanceof IOException) {
            // A reset, or TLS that failed: for a server both mean that the client is gone.
            LOG.debug("a connection broke off", cause);
        } else {
            LOG.warn("a connection is closed because of a defect in the network", cause);
        }
        closeSocket();
    }
}
