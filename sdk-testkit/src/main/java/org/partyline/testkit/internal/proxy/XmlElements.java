package org.partyline.testkit.internal.proxy;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Follows the elements below the root of a stream in one direction, as long as it is in the clear (RFC 6120 section 4). It looks
 * for tags alone, and takes it that they are well-formed: what is not, a parser on one of the sides ends.
 */
final class XmlElements {
    private static final int LONGEST_NAME = 256;

    private enum State {
        TEXT,
        TAG_BEGUN,
        NAME,
        TAG,
        QUOTED,
        END_TAG,
        CHARACTER_DATA,
        DECLARATION,
        ENCRYPTED
    }

    private final byte[] name = new byte[LONGEST_NAME];
    private State state = State.TEXT;
    private int nameLength;
    private int depth;
    private String child = "";
    private int quote;
    private int last;
    private int beforeLast;

    /** {@return the moment that comes behind this byte, or null} */
    @Nullable
    XmlMoment next(byte b) {
        XmlMoment moment = read(b);
        beforeLast = last;
        last = b;
        return moment;
    }

    private @Nullable XmlMoment read(byte b) {
        switch (state) {
            case TEXT -> {
                if (b == '<') {
                    state = State.TAG_BEGUN;
                } else if (b == TlsRecords.HANDSHAKE) {
                    state = State.ENCRYPTED;
                }
            }
            case TAG_BEGUN -> {
                state = switch (b) {
                    case '/' -> State.END_TAG;
                    case '?' -> State.DECLARATION;
                    case '!' -> State.CHARACTER_DATA;
                    default -> State.NAME;
                };
                nameLength = 0;
                if (state == State.NAME) {
                    name[nameLength++] = b;
                }
            }
            case NAME -> {
                return nameOrItsEnd(b);
            }
            case TAG -> {
                return inTag(b);
            }
            case QUOTED -> state = b == quote ? State.TAG : State.QUOTED;
            case END_TAG -> {
                if (b == '>') {
                    return closed();
                }
            }
            case CHARACTER_DATA -> state = b == '>' && last == ']' && beforeLast == ']' ? State.TEXT : state;
            case DECLARATION -> state = b == '>' && last == '?' ? State.TEXT : state;
            case ENCRYPTED -> {
                return null;
            }
        }
        return null;
    }

    private @Nullable XmlMoment nameOrItsEnd(byte b) {
        if ((b > ' ' && b != '/' && b != '>') || b < 0) {
            if (nameLength < LONGEST_NAME) {
                name[nameLength++] = b;
            }
            return null;
        }
        state = State.TAG;
        inTag(b);
        if (++depth != 2) {
            return null;
        }
        String qualified = new String(name, 0, nameLength, StandardCharsets.UTF_8);
        child = qualified.substring(qualified.indexOf(':') + 1);
        if (child.equals("stream")) {
            // Begun anew, with the one before left open (RFC 6120 section 4.3.3).
            depth = 1;
            return null;
        }
        return new XmlMoment(child, XmlMoment.Place.INSIDE);
    }

    private @Nullable XmlMoment inTag(byte b) {
        if (b == '"' || b == '\'') {
            quote = b;
            state = State.QUOTED;
        } else if (b == '>') {
            if (last == '/') {
                return closed();
            }
            state = State.TEXT;
        }
        return null;
    }

    private @Nullable XmlMoment closed() {
        state = State.TEXT;
        depth--;
        return depth == 1 ? new XmlMoment(child, XmlMoment.Place.BEHIND) : null;
    }
}
