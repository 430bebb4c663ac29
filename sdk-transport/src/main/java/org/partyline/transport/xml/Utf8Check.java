package org.partyline.transport.xml;

import org.partyline.transport.xml.XmlStreamException.Condition;

/** Checks multi-byte UTF-8 sequences as RFC 3629 section 4 defines them, whatever way they are cut. */
final class Utf8Check {
    private int missing;
    private int lowest;
    private int highest;
    private int codePoint;

    /**
     * Checks bytes of one sequence, from its lead byte or from where the bytes before broke off.
     *
     * @return the position behind the bytes used; {@link #isComplete()} says whether the sequence ended there
     */
    int run(byte[] in, int from, int stop) throws XmlStreamException {
        int at = from;
        if (missing == 0) {
            lead(in[at++] & 0xFF);
        }
        while (missing > 0 && at < stop) {
            int b = in[at++] & 0xFF;
            if (b < lowest || b > highest) {
                throw bad();
            }
            lowest = 0x80;
            highest = 0xBF;
            codePoint = codePoint << 6 | (b & 0x3F);
            missing--;
        }
        if (missing == 0 && (codePoint == 0xFFFE || codePoint == 0xFFFF)) {
            throw new XmlStreamException(Condition.NOT_WELL_FORMED, "a character that XML does not allow");
        }
        return at;
    }

    boolean isComplete() {
        return missing == 0;
    }

    /** {@return the character, once complete} */
    int codePoint() {
        return codePoint;
    }

    void reset() {
        missing = 0;
    }

    /** Narrows the second byte's range where that excludes overlong forms, surrogates and what lies above U+10FFFF. */
    private void lead(int b) throws XmlStreamException {
        if (b < 0xC2 || b > 0xF4) {
            throw bad();
        }
        missing = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
        codePoint = b & (0x3F >> missing);
        lowest = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
        highest = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
    }

    private static XmlStreamException bad() {
        return new XmlStreamException(Condition.UNSUPPORTED_ENCODING, "bytes that are not UTF-8");
    }
}
