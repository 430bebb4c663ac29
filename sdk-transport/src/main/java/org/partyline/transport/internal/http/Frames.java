package org.partyline.transport.internal.http;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Frames of RFC 6455 section 5.2, as a client sends them: final and masked. */
public final class Frames {
    /** A part of a message that is not its first. */
    public static final int CONTINUATION = 0;
    /** A text message. */
    public static final int TEXT = 1;
    /** The closing handshake. */
    public static final int CLOSE = 8;
    /** To be answered by a pong with the same payload. */
    public static final int PING = 9;
    /** The answer to a ping. */
    public static final int PONG = 10;
    /** Bytes that a control frame may carry. */
    public static final int MAX_CONTROL = 125;

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MAX_HEAD = 14;

    private Frames() {}

    /**
     * {@return one frame}
     *
     * @param opcode what it is
     * @param payload its payload; not changed
     * @param random makes the mask, which must not be predictable (RFC 6455 section 5.3)
     */
    public static byte[] encode(int opcode, byte[] payload, SecureRandom random) {
        ByteBuffer frame = ByteBuffer.allocate(MAX_HEAD + payload.length);
        frame.put((byte) (FINAL | opcode));
        if (payload.length <= MAX_CONTROL) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length <= 0xFFFF) {
            frame.put((byte) (MASKED | LENGTH_16)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | LENGTH_64)).putLong(payload.length);
        }
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i & 3]));
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }
}
