package org.partyline.transport.xml;

import org.partyline.transport.xml.XmlStreamException.Condition;

/**
 * Checks what stands between {@code &} and {@code ;}: one of the five predefined entities (RFC 6120 section 11.1 forbids all
 * others), or the number of a character that XML allows.
 */
final class ReferenceCheck {
    private static final int AMP = 'a' << 16 | 'm' << 8 | 'p';
    private static final int LT = 'l' << 8 | 't';
    private static final int GT = 'g' << 8 | 't';
    private static final int QUOT = 'q' << 24 | 'u' << 16 | 'o' << 8 | 't';
    private static final int APOS = 'a' << 24 | 'p' << 16 | 'o' << 8 | 's';

    private enum Form {
        EMPTY,
        NAME,
        NUMBER,
        DECIMAL,
        HEX
    }

    private Form form = Form.EMPTY;
    private int length;
    /** A name's bytes packed, or the number so far, held down to one above the last code point. */
    private int value;

    void begin() {
        form = Form.EMPTY;
        length = 0;
        value = 0;
    }

    /** {@return whether the reference ended with this byte} */
    boolean accept(byte b) throws XmlStreamException {
        if (b == ';') {
            end();
            return true;
        }
        switch (form) {
            case EMPTY -> {
                form = b == '#' ? Form.NUMBER : Form.NAME;
                if (form == Form.NAME) {
                    name(b);
                }
            }
            case NAME -> name(b);
            case NUMBER -> {
                form = b == 'x' ? Form.HEX : Form.DECIMAL;
                if (form == Form.DECIMAL) {
                    digit(b, 10);
                }
            }
            case DECIMAL -> digit(b, 10);
            case HEX -> digit(b, 16);
        }
        return false;
    }

    private void name(byte b) throws XmlStreamException {
        if (ByteKinds.is(b, ByteKinds.NAME_STOP) && b >= 0) {
            throw illFormed();
        }
        if (++length > 4) {
            throw unknownEntity();
        }
        value = value << 8 | (b & 0xFF);
    }

    private void digit(byte b, int radix) throws XmlStreamException {
        int digit = b < 0 ? -1 : Character.digit(b, radix);
        if (digit < 0) {
            throw illFormed();
        }
        length = 1;
        value = Math.min(value * radix + digit, Character.MAX_CODE_POINT + 1);
    }

    private void end() throws XmlStreamException {
        if (form == Form.NAME) {
            if (value != AMP && value != LT && value != GT && value != QUOT && value != APOS) {
                throw unknownEntity();
            }
        } else if (length == 0 || !XmlChars.isAllowed(value)) {
            throw illFormed();
        }
    }

    private static XmlStreamException illFormed() {
        return new XmlStreamException(Condition.NOT_WELL_FORMED, "an ill-formed reference");
    }

    private static XmlStreamException unknownEntity() {
        return new XmlStreamException(Condition.RESTRICTED_XML, "a reference to an entity that is not predefined");
    }
}
