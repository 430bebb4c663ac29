package org.partyline.transport.internal.tls;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads nested DER. What does not parse reads as nothing, so a malformed name is a name that matches nothing. */
final class DerReader {
    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int UTF8_STRING = 0x0C;
    static final int IA5_STRING = 0x16;
    static final int SEQUENCE = 0x30;
    static final int CONTEXT_0 = 0xA0;

    private final byte[] bytes;
    private int position;
    private final int end;

    DerReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private DerReader(byte[] bytes, int position, int end) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
    }

    /** Reads the next element if it has this tag, else nothing. */
    DerReader enter(int wanted) {
        int tag = next();
        int length = length();
        if (tag != wanted || length < 0 || length > end - position) {
            position = end;
            return new DerReader(bytes, end, end);
        }
        DerReader content = new DerReader(bytes, position, position + length);
        position += length;
        return content;
    }

    boolean startsWith(int tag) {
        return position < end && (bytes[position] & 0xFF) == tag;
    }

    boolean isAtEnd() {
        return position == end;
    }

    private int next() {
        return position < end ? bytes[position++] & 0xFF : -1;
    }

    private int length() {
        int first = next();
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        int octets = first & 0x7F;
        if (octets == 0 || octets > 2) {
            return -1;
        }
        for (int i = 0; i < octets; i++) {
            int octet = next();
            if (octet < 0) {
                return -1;
            }
            length = length << 8 | octet;
        }
        return length;
    }

    boolean contentEquals(byte[] expected) {
        return Arrays.equals(bytes, position, end, expected, 0, expected.length);
    }

    @Nullable
    String text() {
        return position == end ? null : new String(bytes, position, end - position, StandardCharsets.UTF_8);
    }
}
