package org.partyline.transport.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Gathers small writes into one buffer up to the size of a TLS record, so that a burst costs one entry in Netty's queue
 * a record and not one a stanza. Holds no buffer between flushes.
 */
final class OutboundBatch {
    /** The plaintext that fits one TLS record (RFC 8446 section 5.1). */
    private static final int RECORD = 16 * 1024;

    private static final int FIRST = 1024;

    private @Nullable ByteBuf pending;

    /**
     * Adds bytes.
     *
     * @param context where they are written
     * @param bytes not kept, or written as they are when there are many
     * @param heap whether the buffer is to be on the heap, which the JDK's TLS engine wants, or fit for a socket
     */
    void add(ChannelHandlerContext context, byte[] bytes, boolean heap) {
        if (pending != null && pending.readableBytes() + bytes.length > RECORD) {
            drain(context);
        }
        if (bytes.length >= RECORD) {
            context.write(Unpooled.wrappedBuffer(bytes));
            return;
        }
        if (pending == null) {
            int first = Math.max(FIRST, bytes.length);
            pending = heap
                    ? context.alloc().heapBuffer(first, RECORD)
                    : context.alloc().directBuffer(first, RECORD);
        }
        pending.writeBytes(bytes);
    }

    void drain(ChannelHandlerContext context) {
        if (pending != null) {
            ByteBuf full = pending;
            pending = null;
            context.write(full);
        }
    }

    void release() {
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }
}
