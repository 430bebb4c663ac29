package org.partyline.transport.xml;

import java.util.Arrays;

/** A growing array of UTF-8 that escapes what XML gives a meaning. Fed only with characters that XML allows. */
final class Utf8Output {
    private static final int FIRST_SIZE = 512;
    /** A character beyond the BMP takes four bytes for two {@code char}s; the longest escape takes six for one. */
    private static final int MOST_BYTES_PER_CHAR = 6;
    /** Characters handled between two looks at the room left. */
    private static final int STRIDE = 32;

    private static final boolean[] PLAIN_TEXT = plain("<>&\r");
    private static final boolean[] PLAIN_VALUE = plain("<>&\r\n\t'");
    private static final boolean[] PLAIN_NAME = plain("");

    private byte[] bytes = new byte[FIRST_SIZE];
    private int length;

    void ascii(char c) {
        room(1);
        bytes[length++] = (byte) c;
    }

    void ascii(String markup) {
        write(markup, PLAIN_NAME);
    }

    void name(String name) {
        write(name, PLAIN_NAME);
    }

    void text(String text) {
        write(text, PLAIN_TEXT);
    }

    /** Writes the value of an attribute between apostrophes. White space is escaped, or parsers would turn it to spaces. */
    void value(String value) {
        write(value, PLAIN_VALUE);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void write(String text, boolean[] plain) {
        int end = text.length();
        room(end);
        byte[] to = bytes;
        int at = length;
        int i = 0;
        while (i < end) {
            char c = text.charAt(i);
            if (c >= 0x80 || !plain[c]) {
                break;
            }
            to[at++] = (byte) c;
            i++;
        }
        length = at;
        if (i < end) {
            escaping(text, i, plain);
        }
    }

    private void escaping(String text, int from, boolean[] plain) {
        int end = text.length();
        int i = from;
        while (i < end) {
            int stop = Math.min(end, i + STRIDE);
            room((stop - i + 1) * MOST_BYTES_PER_CHAR);
            byte[] to = bytes;
            int at = length;
            while (i < stop) {
                char c = text.charAt(i++);
                if (c < 0x80) {
                    if (plain[c]) {
                        to[at++] = (byte) c;
                    } else {
                        at = escape(c, to, at);
                    }
                } else if (Character.isHighSurrogate(c)) {
                    at = multiByte(Character.toCodePoint(c, text.charAt(i++)), to, at);
                } else {
                    at = multiByte(c, to, at);
                }
            }
            length = at;
        }
    }

    private static int multiByte(int c, byte[] to, int from) {
        int at = from;
        if (c < 0x800) {
            to[at++] = (byte) (0xC0 | c >> 6);
        } else {
            if (c < 0x10000) {
                to[at++] = (byte) (0xE0 | c >> 12);
            } else {
                to[at++] = (byte) (0xF0 | c >> 18);
                to[at++] = (byte) (0x80 | (c >> 12 & 0x3F));
            }
            to[at++] = (byte) (0x80 | (c >> 6 & 0x3F));
        }
        to[at++] = (byte) (0x80 | (c & 0x3F));
        return at;
    }

    private static int escape(char c, byte[] to, int from) {
        String escaped = switch (c) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '\'' -> "&apos;";
            case '\r' -> "&#13;";
            case '\n' -> "&#10;";
            default -> "&#9;";
        };
        int at = from;
        for (int i = 0; i < escaped.length(); i++) {
            to[at++] = (byte) escaped.charAt(i);
        }
        return at;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    private static boolean[] plain(String escaped) {
        boolean[] plain = new boolean[0x80];
        Arrays.fill(plain, true);
        escaped.chars().forEach(c -> plain[c] = false);
        return plain;
    }
}
