package org.partyline.address;

import org.jspecify.annotations.Nullable;

/** The decoder of RFC 3492 section 6.2, with its names. The input is a label's, and so short. */
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 0x80;

    private Punycode() {}

    /** {@return what the text encodes, or null if it encodes nothing} */
    static @Nullable String decode(String text) {
        int delimiter = text.lastIndexOf('-');
        StringBuilder output = new StringBuilder(delimiter < 0 ? "" : text.substring(0, delimiter));
        long n = INITIAL_N;
        long i = 0;
        int bias = INITIAL_BIAS;
        int length = output.length(); // in code points
        for (int in = delimiter + 1; in < text.length(); ) {
            long oldi = i;
            long w = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = in < text.length() ? Character.digit(text.charAt(in++), BASE) : -1;
                if (digit < 0) {
                    return null;
                }
                digit = digit < 10 ? digit + 26 : digit - 10; // a letter is 0 to 25 here, a digit 26 to 35
                i += digit * w;
                int t = Math.max(T_MIN, Math.min(T_MAX, k - bias));
                if (i > Integer.MAX_VALUE) {
                    return null;
                }
                if (digit < t) {
                    break;
                }
                w *= BASE - t;
                if (w > Integer.MAX_VALUE) {
                    return null;
                }
            }
            length++;
            bias = adapt(i - oldi, length, oldi == 0);
            n += i / length;
            i %= length;
            if (n > Character.MAX_CODE_POINT || (n >= Character.MIN_SURROGATE && n <= Character.MAX_SURROGATE)) {
                return null;
            }
            output.insert(output.offsetByCodePoints(0, (int) i), Character.toChars((int) n));
            i++;
        }
        return output.toString();
    }

    private static int adapt(long delta, int points, boolean first) {
        long rest = first ? delta / DAMP : delta / 2;
        rest += rest / points;
        int k = 0;
        while (rest > (BASE - T_MIN) * T_MAX / 2) {
            rest /= BASE - T_MIN;
            k += BASE;
        }
        return k + (int) ((BASE - T_MIN + 1) * rest / (rest + SKEW));
    }
}
