package org.partyline.benchmarks;

import java.util.Arrays;

/**
 * How much is measured.
 *
 * @param rounds how often each client takes its turn
 * @param warmUpSeconds how long load runs before it counts
 * @param seconds how long load runs when it counts
 * @param batch messages in one burst of load; at least one burst is run
 * @param echoes echoes that count, after as many that do not
 * @param sessions idle sessions
 * @param forked whether each measurement has a JVM of its own
 */
record Plan(int rounds, int warmUpSeconds, int seconds, int batch, int echoes, int sessions, boolean forked) {
    static final Plan FULL = new Plan(5, 8, 5, 50_000, 20_000, 500, true);
    static final Plan QUICK = new Plan(1, 2, 1, 20_000, 2_000, 50, true);
    static final Plan SMOKE = new Plan(1, 0, 0, 200, 20, 3, false);

    Plan withRounds(int count) {
        return new Plan(count, warmUpSeconds, seconds, batch, echoes, sessions, forked);
    }

    /** {@return what {@link #decode} makes the same plan of, for one round} */
    String encode() {
        return warmUpSeconds + "," + seconds + "," + batch + "," + echoes + "," + sessions;
    }

    static Plan decode(String text) {
        int[] n = Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
        return new Plan(1, n[0], n[1], n[2], n[3], n[4], true);
    }
}
