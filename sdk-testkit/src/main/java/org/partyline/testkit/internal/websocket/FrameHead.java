package org.partyline.testkit.internal.websocket;

import java.nio.ByteBuffer;

/** The heads of a server's frames (RFC 6455 section 5.2): whole messages, not masked. */
public final class FrameHead {
    private static final int FINAL = 0x80;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PONG = 10;
    private static final int MAX_SHORT = 125;
    private static final int MAX_MEDIUM = 0xffff;

    private FrameHead() {}

    /** {@return the head of a text message of so many bytes} */
    public static byte[] text(int length) {
        return head(TEXT, length);
    }

    /** {@return a whole frame that answers a ping} */
    public static byte[] pong(byte[] data) {
        byte[] head = head(PONG, data.length);
        return ByteBuffer.allocate(head.length + data.length)
                .put(head)
                .put(data)
                .array();
    }

    /** {@return a whole frame that ends the connection} */
    public static byte[] close(int code) {
        byte[] head = head(CLOSE, Short.BYTES);
        return ByteBuffer.allocate(head.length + Short.BYTES)
                .put(head)
                .putShort((short) code)
                .array();
    }

    private static byte[] head(int opcode, int length) {
        if (length <= MAX_SHORT) {
            return new byte[] {(byte) (FINAL | opcode), (byte) length};
        }
        if (length <= MAX_MEDIUM) {
            return ByteBuffer.allocate(4)
                    .put((byte) (FINAL | opcode))
                    .put((byte) 126)
                    .putShort((short) length)
                    .array();
        }
        return ByteBuffer.allocate(10)
                .put((byte) (FINAL | opcode))
                .put((byte) 127)
                .putLong(length)
                .array();
    }
}
