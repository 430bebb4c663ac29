package org.partyline.transport.internal.http;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;

/**
 * Reads the frames of a server as their bytes come. Payload of text is passed on piece by piece and never gathered, so
 * a frame's length costs nothing; what it may hold is bounded by the XML decoder. Control frames are gathered: they have
 * at most 125 bytes.
 */
public final class FrameReader {
    /** Hears what was read. */
    public interface Sink {
        /**
         * A piece of a text message.
         *
         * @param bytes holds it; not to be kept
         * @param offset where it begins
         * @param length how long it is, at least 1
         */
        void onText(byte[] bytes, int offset, int length);

        /**
         * A complete control frame.
         *
         * @param opcode {@link Frames#CLOSE}, {@link Frames#PING} or {@link Frames#PONG}
         * @param payload its payload
         */
        void onControl(int opcode, byte[] payload);
    }

    private final Sink sink;
    private final byte[] head = new byte[10];
    private final ByteArrayOutputStream control = new ByteArrayOutputStream();
    private int headLength;
    private long remaining = -1;
    private int opcode;
    private boolean isFinal;
    private boolean inMessage;

    /**
     * @param sink hears what is read
     */
    public FrameReader(Sink sink) {
        this.sink = sink;
    }

    /**
     * Reads more bytes.
     *
     * @param bytes holds them
     * @param offset where they begin
     * @param length how many
     * @throws ProtocolException if they break RFC 6455
     */
    public void read(byte[] bytes, int offset, int length) throws ProtocolException {
        int position = offset;
        int end = offset + length;
        while (position < end) {
            if (remaining < 0) {
                head[headLength++] = bytes[position++];
                readHead();
            } else {
                int piece = (int) Math.min(remaining, end - position);
                remaining -= piece;
                payload(bytes, position, piece);
                position += piece;
            }
            if (remaining == 0) {
                endFrame();
            }
        }
    }

    private void readHead() throws ProtocolException {
        if (headLength < 2) {
            return;
        }
        int short7 = head[1] & 0x7F;
        int needed = short7 == 126 ? 4 : short7 == 127 ? 10 : 2;
        if (headLength < needed) {
            return;
        }
        long length = needed == 2 ? short7 : 0;
        for (int i = 2; i < needed; i++) {
            length = length << 8 | (head[i] & 0xFF);
        }
        opcode = head[0] & 0x0F;
        isFinal = (head[0] & 0x80) != 0;
        headLength = 0;
        check(length);
        remaining = length;
    }

    private void check(long length) throws ProtocolException {
        if ((head[0] & 0x70) != 0 || (head[1] & 0x80) != 0 || length < 0) {
            throw new ProtocolException("a WebSocket frame with reserved bits, a mask or an impossible length");
        }
        boolean isControl = opcode >= Frames.CLOSE;
        if (isControl && (!isFinal || length > Frames.MAX_CONTROL || opcode > Frames.PONG)) {
            throw new ProtocolException("an unknown, fragmented or oversized WebSocket control frame");
        }
        if (!isControl && opcode != (inMessage ? Frames.CONTINUATION : Frames.TEXT)) {
            throw new ProtocolException("a WebSocket frame that is no text, or out of order");
        }
    }

    private void payload(byte[] bytes, int offset, int length) {
        if (opcode >= Frames.CLOSE) {
            control.write(bytes, offset, length);
        } else if (length > 0) {
            sink.onText(bytes, offset, length);
        }
    }

    private void endFrame() {
        remaining = -1;
        if (opcode >= Frames.CLOSE) {
            byte[] payload = control.toByteArray();
            control.reset();
            sink.onControl(opcode, payload);
        } else {
            inMessage = !isFinal;
        }
    }
}
