package org.partyline.transport.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlLimits;
import org.partyline.transport.xml.XmlStreamDecoder;
import org.partyline.transport.xml.XmlStreamException;
import org.partyline.transport.xml.XmlStreamSink;

/**
 * Brings received bytes to the decoder: straight from a heap buffer, or over one scratch array that all connections of a
 * loop share.
 */
final class InboundFeed {
    private static final int SCRATCH = 16 * 1024;
    private static final int HEAD = 16;
    private static final FastThreadLocal<byte[]> SCRATCHES = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[SCRATCH];
        }
    };

    /** Says whether bytes are still wanted. */
    interface Gate {
        boolean isOpen();
    }

    private final XmlStreamDecoder decoder;
    private final Gate gate;
    /** The first bytes of the stream, to tell what the peer speaks; null once its header came. */
    private byte @Nullable [] head = new byte[HEAD];

    private int headLength;

    InboundFeed(XmlStreamDecoder.Framing framing, XmlLimits limits, XmlStreamSink sink, Gate gate) {
        this.decoder = new XmlStreamDecoder(framing, limits, sink);
        this.gate = gate;
    }

    XmlStreamDecoder decoder() {
        return decoder;
    }

    void restart() {
        decoder.reset();
        head = new byte[HEAD];
        headLength = 0;
    }

    boolean isHeaderDue() {
        return head != null;
    }

    void headerCame() {
        head = null;
    }

    /** Feeds all of a buffer, or until the gate closes. */
    void feed(ByteBuf bytes) throws XmlStreamException {
        if (bytes.hasArray()) {
            feed(bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), bytes.readableBytes());
            bytes.skipBytes(bytes.readableBytes());
            return;
        }
        byte[] scratch = SCRATCHES.get();
        while (bytes.isReadable() && gate.isOpen()) {
            int length = Math.min(scratch.length, bytes.readableBytes());
            bytes.readBytes(scratch, 0, length);
            feed(scratch, 0, length);
        }
    }

    private void feed(byte[] bytes, int offset, int length) throws XmlStreamException {
        byte[] first = head;
        if (first != null && headLength < HEAD) {
            int copied = Math.min(length, HEAD - headLength);
            System.arraycopy(bytes, offset, first, headLength, copied);
            headLength += copied;
        }
        decoder.feed(bytes, offset, length);
    }

    /** {@return whether what came first is no stream: HTTP and HTML are what captive portals answer with} */
    boolean isForeign() {
        byte[] first = head;
        if (first == null) {
            return false;
        }
        String text = new String(Arrays.copyOf(first, headLength), StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        return !text.startsWith("<") || text.startsWith("<html") || text.startsWith("<!doctype");
    }
}
