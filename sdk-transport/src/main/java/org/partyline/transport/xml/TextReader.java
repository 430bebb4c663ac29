package org.partyline.transport.xml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes strings of text and attribute values as they stand in a document: references resolved, line ends and white space
 * normalized (XML 1.0 sections 2.11, 3.3.3 and 4.4). Given only what the guard has passed, so that references are right.
 */
final class TextReader {
    private static final byte[] NOTHING = {};
    private static final int KEPT = 8 * 1024;

    /** What was collected of the present text; never longer than what it is made of. */
    private byte[] collected = NOTHING;

    private int length;

    /** {@return an attribute's value} */
    String value(byte[] in, int from, int to) {
        int at = from;
        while (at < to && (in[at] < 0 || (in[at] >= ' ' && in[at] != '&'))) {
            at++;
        }
        if (at == to) {
            return new String(in, from, to - from, StandardCharsets.UTF_8);
        }
        reserve(to - from);
        copy(in, from, at);
        while (at < to) {
            byte b = in[at];
            if (b == '&') {
                at = reference(in, at + 1);
            } else {
                if (b == '\r' && at + 1 < to && in[at + 1] == '\n') {
                    at++;
                }
                collected[length++] = b >= 0 && b < ' ' ? (byte) ' ' : b;
                at++;
            }
        }
        return take();
    }

    /** Collects more of a text. */
    void text(byte[] in, int from, int to) {
        reserve(to - from);
        int at = from;
        while (at < to) {
            byte b = in[at];
            if (b == '&') {
                at = reference(in, at + 1);
            } else {
                at = literal(in, at, to);
            }
        }
    }

    /** Collects what stands in a CDATA section, where there are no references. */
    void section(byte[] in, int from, int to) {
        reserve(to - from);
        int at = from;
        while (at < to) {
            at = literal(in, at, to);
        }
    }

    private int literal(byte[] in, int from, int to) {
        if (in[from] != '\r') {
            collected[length++] = in[from];
        } else if (from + 1 == to || in[from + 1] != '\n') {
            collected[length++] = '\n';
        }
        return from + 1;
    }

    /** {@return whether nothing is collected} */
    boolean isEmpty() {
        return length == 0;
    }

    /** {@return what was collected} */
    String take() {
        String text = new String(collected, 0, length, StandardCharsets.UTF_8);
        clear();
        return text;
    }

    void clear() {
        length = 0;
        if (collected.length > KEPT) {
            collected = NOTHING;
        }
    }

    private void reserve(int more) {
        if (length + more > collected.length) {
            collected = Arrays.copyOf(collected, Math.max(length + more, collected.length * 2));
        }
    }

    private void copy(byte[] in, int from, int to) {
        System.arraycopy(in, from, collected, length, to - from);
        length += to - from;
    }

    /** {@return the position behind a reference} */
    private int reference(byte[] in, int from) {
        int at = from;
        if (in[at] == '#') {
            return number(in, at + 1);
        }
        // The guard lets five names through, which differ in these two characters.
        byte first = in[at];
        byte second = in[at + 1];
        collected[length++] =
                (byte) (first == 'l' ? '<' : first == 'g' ? '>' : first == 'q' ? '"' : second == 'm' ? '&' : '\'');
        while (in[at] != ';') {
            at++;
        }
        return at + 1;
    }

    private int number(byte[] in, int from) {
        boolean hex = in[from] == 'x';
        int value = 0;
        int at = hex ? from + 1 : from;
        for (; in[at] != ';'; at++) {
            value = hex ? value * 16 + Character.digit(in[at], 16) : value * 10 + in[at] - '0';
        }
        if (value < 0x80) {
            collected[length++] = (byte) value;
        } else if (value < 0x800) {
            collected[length++] = (byte) (0xC0 | value >> 6);
            trail(value);
        } else if (value < 0x10000) {
            collected[length++] = (byte) (0xE0 | value >> 12);
            trail(value >> 6);
            trail(value);
        } else {
            collected[length++] = (byte) (0xF0 | value >> 18);
            trail(value >> 12);
            trail(value >> 6);
            trail(value);
        }
        return at + 1;
    }

    private void trail(int bits) {
        collected[length++] = (byte) (0x80 | (bits & 0x3F));
    }
}
