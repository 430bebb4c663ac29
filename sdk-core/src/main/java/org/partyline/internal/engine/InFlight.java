package org.partyline.internal.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What was written and not yet acknowledged, in order, with the counters of both sides. Counters are modulo 2^32, and
 * held in an {@code int} that is read as unsigned.
 */
public final class InFlight {
    private final ArrayDeque<Outbound> items = new ArrayDeque<>();
    private int acknowledged;

    /** {@return how many were written since the counting began} */
    public int sent() {
        return acknowledged + items.size();
    }

    /** {@return how many wait for an acknowledgement} */
    public int size() {
        return items.size();
    }

    /**
     * Begins to count anew. Nothing may be in flight.
     *
     * @param count where the counters stand
     */
    public void reset(int count) {
        if (!items.isEmpty()) {
            throw new IllegalStateException(items.size() + " in flight");
        }
        acknowledged = count;
    }

    void add(Outbound item) {
        items.add(item);
    }

    /**
     * Takes an acknowledgement.
     *
     * @param count how many the other side says that it has
     * @param each gets each item that this covers, in order
     * @return false if the count is impossible, above what was sent or below what was acknowledged before; nothing has
     *     happened then
     */
    boolean acknowledge(int count, Consumer<Outbound> each) {
        int covered = count - acknowledged;
        // One comparison finds both: a count that went backwards differs by nearly 2^32.
        if (Integer.compareUnsigned(covered, items.size()) > 0) {
            return false;
        }
        for (int i = 0; i < covered; i++) {
            acknowledged++;
            each.accept(items.remove());
        }
        return true;
    }

    /** {@return all that was in flight, in order; nothing is in flight afterwards} */
    List<Outbound> takeAll() {
        List<Outbound> all = new ArrayList<>(items);
        items.clear();
        return all;
    }
}
