package org.partyline.transport.xml;

/** What each byte can mean to the {@link ByteGuard}: one table of flags, looked up once a byte. */
final class ByteKinds {
    /** Ends a run of plain text. */
    static final int TEXT_STOP = 1;
    /** Ends a run of plain bytes in a CDATA section. */
    static final int CDATA_STOP = 2;
    /** Ends a run of plain bytes in a value between apostrophes. */
    static final int APOSTROPHE_STOP = 4;
    /** Ends a run of plain bytes in a value between quotation marks. */
    static final int QUOTE_STOP = 8;
    /** Cannot continue a name without a colon as ASCII. */
    static final int NAME_STOP = 16;
    /** May begin a name without a colon; beyond ASCII its code point decides. */
    static final int NAME_START = 32;
    /** White space (XML 1.0 section 2.3). */
    static final int SPACE = 64;

    private static final byte[] KINDS = new byte[256];

    static {
        int everyStop = TEXT_STOP | CDATA_STOP | APOSTROPHE_STOP | QUOTE_STOP;
        for (int b = 0; b < 256; b++) {
            boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_';
            boolean space = b == ' ' || b == '\t' || b == '\n' || b == '\r';
            int kind = letter || (b >= '0' && b <= '9') || b == '-' || b == '.' ? 0 : NAME_STOP;
            kind |= letter || b >= 0x80 ? NAME_START : 0;
            kind |= space ? SPACE : 0;
            kind |= b >= 0x80 || (b < 0x20 && !space) ? everyStop : 0;
            kind |= switch (b) {
                case '<', '&' -> TEXT_STOP | APOSTROPHE_STOP | QUOTE_STOP;
                case ']' -> TEXT_STOP | CDATA_STOP;
                case '\'' -> APOSTROPHE_STOP;
                case '"' -> QUOTE_STOP;
                default -> 0;
            };
            KINDS[b] = (byte) kind;
        }
    }

    private ByteKinds() {}

    static boolean is(byte b, int kind) {
        return (KINDS[b & 0xFF] & kind) != 0;
    }

    /** {@return the first position from {@code at} on whose byte is of the kind, or {@code stop}} */
    static int find(byte[] in, int at, int stop, int kind) {
        byte[] kinds = KINDS;
        int i = at;
        while (i < stop && (kinds[in[i] & 0xFF] & kind) == 0) {
            i++;
        }
        return i;
    }
}
