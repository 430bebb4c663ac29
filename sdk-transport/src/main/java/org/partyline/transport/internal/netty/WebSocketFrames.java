package org.partyline.transport.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.ProtocolException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.internal.http.FrameReader;
import org.partyline.transport.internal.http.Frames;

/** Takes the text out of inbound frames and answers control frames. Outbound bytes are framed before they come here. */
final class WebSocketFrames extends ChannelInboundHandlerAdapter {
    private final SecureRandom random;
    private @Nullable FrameReader reader;

    WebSocketFrames(SecureRandom random) {
        this.random = random;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        reader = new FrameReader(new FrameReader.Sink() {
            @Override
            public void onText(byte[] bytes, int offset, int length) {
                // Read by the next handler before this call returns, so the array need not be copied.
                context.fireChannelRead(Unpooled.wrappedBuffer(bytes, offset, length));
            }

            @Override
            public void onControl(int opcode, byte[] payload) {
                answer(context, opcode, payload);
            }
        });
    }

    private void answer(ChannelHandlerContext context, int opcode, byte[] payload) {
        if (opcode == Frames.PING && context.channel().isWritable()) {
            // A peer that pings and does not read gets no answer: its pongs would pile up here.
            context.writeAndFlush(Unpooled.wrappedBuffer(Frames.encode(Frames.PONG, payload, random)));
        } else if (opcode == Frames.CLOSE) {
            byte[] reply = Frames.encode(Frames.CLOSE, new byte[0], random);
            context.writeAndFlush(Unpooled.wrappedBuffer(reply)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            int length = bytes.readableBytes();
            if (reader != null && bytes.hasArray()) {
                reader.read(bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), length);
            } else if (reader != null) {
                reader.read(ByteBufUtil.getBytes(bytes), 0, length);
            }
        } catch (ProtocolException e) {
            context.fireExceptionCaught(
                    new TransportException(Reason.PROTOCOL_VIOLATION, String.valueOf(e.getMessage()), e));
        } finally {
            bytes.release();
        }
    }
}
