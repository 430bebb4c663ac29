package org.partyline.transport.internal.dns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.partyline.transport.connection.Endpoint;

/**
 * One SRV record (RFC 2782), with the kind of service that it was asked for.
 *
 * @param kind what is spoken there
 * @param priority lower is tried first
 * @param weight the share among records of one priority
 * @param port where the service listens
 * @param target the host, without a trailing dot; empty where the service is decidedly not offered
 */
public record SrvRecord(Endpoint.Kind kind, int priority, int weight, int port, String target) {
    /** Records of one domain that are used (L27). */
    public static final int MAX_RECORDS = 32;

    /** {@return whether this record says that the service is not offered (RFC 2782, "Target")} */
    public boolean isRefusal() {
        return target.isEmpty();
    }

    /**
     * Puts records in the order to try them in: by priority, and within one by weighted chance. Records of both kinds are
     * mixed (XEP-0368 section 3).
     *
     * @param records the records, refusals left out
     * @param random where chance comes from
     * @return at most {@link #MAX_RECORDS}
     */
    public static List<SrvRecord> order(List<SrvRecord> records, RandomGenerator random) {
        List<SrvRecord> rest = new ArrayList<>(records);
        rest.sort(Comparator.comparingInt(SrvRecord::priority));
        if (rest.size() > MAX_RECORDS) {
            rest.subList(MAX_RECORDS, rest.size()).clear();
        }
        List<SrvRecord> ordered = new ArrayList<>(rest.size());
        while (!rest.isEmpty()) {
            int priority = rest.get(0).priority();
            int end = 0;
            while (end < rest.size() && rest.get(end).priority() == priority) {
                end++;
            }
            drain(rest.subList(0, end), random, ordered);
        }
        return ordered;
    }

    private static void drain(List<SrvRecord> equals, RandomGenerator random, List<SrvRecord> ordered) {
        // Weight 0 comes first, so that it is chosen only by the draw of 0: a very small chance beside other weights.
        equals.sort(Comparator.comparingInt(SrvRecord::weight));
        while (!equals.isEmpty()) {
            int total = equals.stream().mapToInt(SrvRecord::weight).sum();
            int draw = random.nextInt(total + 1);
            int chosen = 0;
            for (int sum = equals.get(0).weight();
                    sum < draw;
                    sum += equals.get(chosen).weight()) {
                chosen++;
            }
            ordered.add(equals.remove(chosen));
        }
    }
}
