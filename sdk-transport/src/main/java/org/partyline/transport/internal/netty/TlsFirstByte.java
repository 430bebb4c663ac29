package org.partyline.transport.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.NotSslRecordException;

/**
 * Looks at the first byte that answers a ClientHello, then leaves the pipeline. Netty's handler judges a record when its
 * whole header is there: one byte that was smuggled in before the handshake would hold it until its deadline.
 */
final class TlsFirstByte extends ChannelInboundHandlerAdapter {
    /** RFC 8446 section 5.1: the content types alert and handshake. */
    private static final int ALERT = 21;

    private static final int HANDSHAKE = 22;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (!bytes.isReadable()) {
            bytes.release();
            return;
        }
        int first = bytes.getUnsignedByte(bytes.readerIndex());
        if (first == ALERT || first == HANDSHAKE) {
            context.fireChannelRead(message);
            context.pipeline().remove(this);
        } else {
            bytes.release();
            context.fireExceptionCaught(new NotSslRecordException("a TLS record cannot begin with byte " + first));
        }
    }
}
