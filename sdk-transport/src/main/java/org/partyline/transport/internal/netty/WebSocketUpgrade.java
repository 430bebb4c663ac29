package org.partyline.transport.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.connection.EventLoop.Cancellable;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.internal.http.HttpHead;
import org.partyline.transport.internal.http.UpgradeRequest;

/** Opens a WebSocket on a channel that has TLS: asks, judges the answer, and makes way for {@link WebSocketFrames}. */
final class WebSocketUpgrade extends ChannelInboundHandlerAdapter {
    private final UpgradeRequest request;
    private final SecureRandom random;
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private final byte[] head = new byte[HttpHead.MAX_BYTES];
    private final Cancellable deadline;
    private int length;

    WebSocketUpgrade(URI uri, SecureRandom random, EventLoop loop, Duration timeout) {
        this.request = new UpgradeRequest(uri, random);
        this.random = random;
        this.deadline =
                loop.schedule(() -> fail(Reason.TIMED_OUT, "the WebSocket was not opened in time", null), timeout);
    }

    CompletableFuture<Void> result() {
        return result;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.writeAndFlush(Unpooled.wrappedBuffer(request.encode()));
        context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            while (bytes.isReadable() && !result.isDone()) {
                if (length == head.length) {
                    fail(Reason.NOT_XMPP, "the server's answer has no end", null);
                    return;
                }
                head[length++] = bytes.readByte();
                if (HttpHead.end(head, length, length - 4) > 0) {
                    judge(context);
                }
            }
            if (bytes.isReadable()) {
                fail(Reason.PROTOCOL_VIOLATION, "the server sent more than its answer", null);
            }
        } finally {
            bytes.release();
        }
    }

    private void judge(ChannelHandlerContext context) {
        HttpHead response = HttpHead.parse(head, length);
        String refusal = response == null ? "the server's answer is not HTTP" : request.refusal(response);
        if (refusal != null) {
            fail(Reason.NOT_XMPP, refusal, null);
            return;
        }
        deadline.cancel();
        context.pipeline().replace(this, null, new WebSocketFrames(random));
        result.complete(null);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!result.isDone()) {
            context.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(Reason.CONNECTION_LOST, "the server hung up before the WebSocket was open", null);
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
        fail(Reason.CONNECTION_LOST, "the connection broke before the WebSocket was open", error);
        context.fireExceptionCaught(error);
    }

    private void fail(Reason reason, String message, @Nullable Throwable cause) {
        deadline.cancel();
        result.completeExceptionally(new TransportException(reason, message, cause));
    }
}
