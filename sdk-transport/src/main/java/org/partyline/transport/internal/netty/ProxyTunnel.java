package org.partyline.transport.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.connection.EventLoop.Cancellable;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.internal.proxy.ProxyDialog;

/** Holds the dialog with a proxy on a channel that is connected to it, and then leaves the pipeline to what follows. */
final class ProxyTunnel extends ChannelInboundHandlerAdapter {
    private final ProxyDialog dialog;
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private final Cancellable deadline;

    /** One timer for the whole dialog: bytes that drip in do not extend it (L20). */
    ProxyTunnel(ProxyDialog dialog, EventLoop loop, Duration timeout) {
        this.dialog = dialog;
        this.deadline = loop.schedule(
                () -> fail(dialog.ended(Reason.TIMED_OUT, "did not answer within " + timeout, null)), timeout);
    }

    /** {@return completes on the loop when the proxy has connected, with nothing read of what follows} */
    CompletableFuture<Void> result() {
        return result;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        send(context, dialog.begin());
        context.read();
    }

    /** Sends bytes that may hold a password: out of a buffer of their own, which is wiped like the array. */
    private void send(ChannelHandlerContext context, byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        ByteBuf own = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
        Arrays.fill(bytes, (byte) 0);
        context.writeAndFlush(own.retain()).addListener(done -> {
            own.setZero(0, own.capacity());
            own.release();
            if (done.cause() != null) {
                lost(done.cause());
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            while (bytes.isReadable() && !result.isDone()) {
                byte[] answer = dialog.take(bytes.readByte());
                if (bytes.isReadable() && (answer.length > 0 || dialog.isOpen())) {
                    // The server never speaks first: whoever put this here is no server.
                    Arrays.fill(answer, (byte) 0);
                    throw dialog.ended(Reason.PROTOCOL_VIOLATION, "sent more than its answer", null);
                }
                send(context, answer);
                if (dialog.isOpen()) {
                    end();
                    context.pipeline().remove(this);
                    result.complete(null);
                }
            }
        } catch (TransportException refused) {
            fail(refused);
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!result.isDone()) {
            context.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(dialog.ended(Reason.CONNECTION_LOST, "hung up", null));
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
        lost(error);
    }

    private void lost(Throwable error) {
        fail(dialog.ended(Reason.CONNECTION_LOST, "broke the connection", error));
    }

    private void fail(TransportException cause) {
        end();
        result.completeExceptionally(cause);
    }

    private void end() {
        deadline.cancel();
        dialog.wipe();
    }
}
