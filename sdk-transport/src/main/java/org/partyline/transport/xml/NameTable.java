package org.partyline.transport.xml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Names that come again and again, so that each is one string. Of a fixed size: a newcomer takes the place of another, so
 * ever new names cost no memory. Shared by all streams and threads: a lost update costs a string, and nothing else.
 */
final class NameTable {
    private static final int SIZE = 1024;
    private static final int LONGEST = 64;
    private static final @Nullable Name[] NAMES = new Name[SIZE];

    /** Immutable, so that whichever thread's entry is seen, it is whole. */
    private static final class Name {
        final byte[] bytes;
        final String string;

        Name(byte[] bytes, String string) {
            this.bytes = bytes;
            this.string = string;
        }

        /** Names are too short for the platform's comparison of arrays to pay. */
        boolean is(byte[] in, int from, int to) {
            byte[] own = bytes;
            if (own.length != to - from) {
                return false;
            }
            for (int i = 0; i < own.length; i++) {
                if (own[i] != in[from + i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private NameTable() {}

    /** {@return the bytes, which are not none and UTF-8, as a string} */
    static String string(byte[] in, int from, int to) {
        // Names differ in length, or at the ends, or in the middle; those that do not take turns in one place.
        int hash = (((to - from) * 31 + in[from]) * 31 + in[to - 1]) * 31 + in[(from + to) >>> 1];
        int place = (hash ^ hash >>> 10) & (SIZE - 1);
        Name known = NAMES[place];
        if (known != null && known.is(in, from, to)) {
            return known.string;
        }
        String string = new String(in, from, to - from, StandardCharsets.UTF_8);
        if (to - from <= LONGEST) {
            NAMES[place] = new Name(Arrays.copyOfRange(in, from, to), string);
        }
        return string;
    }
}
