package org.partyline.robustness;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.partyline.session.ConnectionState;

/**
 * What a hostile server does to a client that is online, and how that must end.
 *
 * @param name what it is
 * @param bytes what is sent
 * @param byteByByte whether each byte is a record of its own
 * @param end the state that the client is in afterwards
 * @param told how many things the application hears of
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and never changed
record Attack(String name, byte[] bytes, boolean byteByByte, ConnectionState end, int told) {

    /** The client takes no notice. */
    static Attack ignored(String name, String sent) {
        return told(name, 0, sent);
    }

    /** The client goes on, and its user hears of so many things, which are true. */
    static Attack told(String name, int told, String sent) {
        return new Attack(name, sent.getBytes(StandardCharsets.UTF_8), false, ConnectionState.ONLINE, told);
    }

    /** The client leaves, and comes back later. */
    static Attack left(String name, String sent) {
        return left(name, sent.getBytes(StandardCharsets.UTF_8));
    }

    static Attack left(String name, byte[] sent) {
        return new Attack(name, sent, false, ConnectionState.WAITING, 0);
    }

    /** The client leaves for good. */
    static Attack over(String name, String sent) {
        return new Attack(name, sent.getBytes(StandardCharsets.UTF_8), false, ConnectionState.DISCONNECTED, 0);
    }

    Attack dripped() {
        return new Attack(name, bytes, true, end, told);
    }

    static String many(int count, IntFunction<String> each) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.append(each.apply(i));
        }
        return all.toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
