package org.partyline.testkit.internal.proxy;

import org.jspecify.annotations.Nullable;

/**
 * Follows the records of TLS in one direction (RFC 8446 section 5.1), behind clear text that XMPP may have before them. Under TLS
 * 1.3 the end of a handshake is in records that look like application data, so they are counted.
 */
final class TlsRecords {
    /** What the first record of TLS begins with, and XML never has. */
    static final int HANDSHAKE = 22;

    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HEAD = 5;

    private final FaultWay way;
    private boolean begun;
    private int headRead;
    private int length;
    private int left;
    private int records;
    private int type;

    TlsRecords(FaultWay way) {
        this.way = way;
    }

    /** {@return the moment that begins with this byte, or null} */
    @Nullable
    TlsMoment next(byte b) {
        int value = b & 0xFF;
        if (!begun) {
            if (value != HANDSHAKE) {
                return null; // clear text
            }
            begun = true;
        }
        if (left > 0) {
            left--;
            return null;
        }
        if (headRead == 0) {
            type = value;
            length = 0;
        } else if (headRead >= HEAD - 2) {
            length = length << 8 | value;
        }
        if (++headRead < HEAD) {
            return null;
        }
        headRead = 0;
        left = length;
        return type == CHANGE_CIPHER_SPEC ? null : moment(++records);
    }

    private @Nullable TlsMoment moment(int record) {
        if (way == FaultWay.TO_CLIENT) {
            return record == 1 ? TlsMoment.SERVER_HELLO : null;
        }
        return switch (record) {
            case 1 -> TlsMoment.CLIENT_HELLO;
            case 2 -> TlsMoment.CLIENT_FINISHED;
            case 3 -> TlsMoment.FIRST_DATA;
            default -> null;
        };
    }
}
