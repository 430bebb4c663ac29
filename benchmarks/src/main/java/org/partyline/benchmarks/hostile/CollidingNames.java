package org.partyline.benchmarks.hostile;

/**
 * Names with one and the same hash, for tables that hash four bytes at a time by 31, as parsers of XML do: what is added at
 * one place of four bytes is taken away, 31-fold, from the next.
 */
final class CollidingNames {
    /** Pairs with the same value by 31. */
    private static final String[] PAIRS = {"aw", "bX", "c9"};

    private static final int FOURS = 6;

    private CollidingNames() {}

    /** {@return the name of a number; no two have the same} */
    static String name(int number) {
        char[] name = new char[FOURS * 4];
        int rest = number;
        for (int four = 0; four < FOURS; four += 2) {
            for (int place = 0; place < 4; place++) {
                String pair = PAIRS[rest % PAIRS.length];
                rest /= PAIRS.length;
                name[four * 4 + place] = pair.charAt(0);
                name[four * 4 + 4 + place] = pair.charAt(1);
            }
        }
        if (rest != 0) {
            throw new IllegalArgumentException("there are not so many: " + number);
        }
        return new String(name);
    }
}
