package org.partyline.testkit.internal.websocket;

import java.util.Arrays;

/** Reads a client's frames as their bytes come (RFC 6455 section 5). */
public final class FrameReader {
    /** Bytes that a control frame may have (section 5.5). */
    private static final int MAX_CONTROL = 125;

    private static final int MASK_BYTES = 4;
    private static final int MAX_HEAD = 2 + Long.BYTES + MASK_BYTES;

    /** Hears what was read. */
    public interface Sink {
        /** Some of a text message: its bytes are in the array, which is not to be kept. */
        void onText(byte[] bytes, int offset, int length);

        /** The end of a text message. */
        void onTextEnd();

        /** The peer asks for a sign of life. */
        void onPing(byte[] data);

        /** The peer ends the connection. */
        void onClose();

        /** What came breaks the protocol; nothing more is read. */
        void onViolation();
    }

    private final Sink sink;
    private final byte[] head = new byte[MAX_HEAD];
    private final byte[] control = new byte[MAX_CONTROL];
    private int headBytes;
    private int headLength = 2;
    private long left;
    private int read;
    private boolean inPayload;
    private boolean inMessage;
    private boolean done;

    /** Makes a reader that begins with a frame's head. */
    public FrameReader(Sink sink) {
        this.sink = sink;
    }

    /** Takes bytes. The array is changed: payload is unmasked in place. */
    public void feed(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end && !done) {
            if (!inPayload) {
                head[headBytes++] = bytes[at++];
                onHeadByte();
            } else {
                int size = (int) Math.min(left, end - at);
                unmask(bytes, at, size);
                payload(bytes, at, size);
                at += size;
                left -= size;
                endOfPayload();
            }
        }
    }

    private void onHeadByte() {
        if (headBytes == 2) {
            int size = head[1] & 0x7f;
            headLength = 2 + MASK_BYTES + (size == 126 ? Short.BYTES : size == 127 ? Long.BYTES : 0);
            boolean masked = (head[1] & 0x80) != 0;
            boolean reserved = (head[0] & 0x70) != 0;
            boolean oversized = opcode() >= 8 && (size > MAX_CONTROL || (head[0] & 0x80) == 0);
            // Continuations and text; no binary (RFC 7395 section 3.2). A client must mask (RFC 6455 section 5.1).
            boolean known = opcode() == (inMessage ? 0 : 1) || (opcode() >= 8 && opcode() <= 10);
            if (!masked || reserved || oversized || !known) {
                violation();
            }
        }
        if (headBytes >= 2 && headBytes == headLength && !done) {
            left = size();
            read = 0;
            inPayload = true;
            if (left < 0) {
                violation();
            } else {
                endOfPayload();
            }
        }
    }

    private long size() {
        int size = head[1] & 0x7f;
        if (size < 126) {
            return size;
        }
        long value = 0;
        for (int i = 2; i < headLength - MASK_BYTES; i++) {
            value = value << Byte.SIZE | (head[i] & 0xff);
        }
        return value;
    }

    private void unmask(byte[] bytes, int offset, int size) {
        for (int i = 0; i < size; i++) {
            bytes[offset + i] ^= head[headLength - MASK_BYTES + (read + i) % MASK_BYTES];
        }
    }

    private void payload(byte[] bytes, int offset, int size) {
        if (opcode() >= 8) {
            System.arraycopy(bytes, offset, control, read, size);
        } else if (size > 0) {
            sink.onText(bytes, offset, size);
        }
        read = (read + size) % (MASK_BYTES * 1024 * 1024);
    }

    private void endOfPayload() {
        if (left > 0 || done) {
            return;
        }
        inPayload = false;
        headBytes = 0;
        headLength = 2;
        int opcode = opcode();
        if (opcode == 8) {
            done = true;
            sink.onClose();
        } else if (opcode == 9) {
            sink.onPing(Arrays.copyOf(control, read));
        } else if (opcode <= 1) {
            inMessage = (head[0] & 0x80) == 0;
            if (!inMessage) {
                sink.onTextEnd();
            }
        }
    }

    private int opcode() {
        return head[0] & 0x0f;
    }

    private void violation() {
        done = true;
        sink.onViolation();
    }
}
