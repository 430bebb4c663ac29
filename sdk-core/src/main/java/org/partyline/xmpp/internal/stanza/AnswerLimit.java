package org.partyline.xmpp.internal.stanza;

import java.util.HashMap;
import java.util.Map;

/**
 * Bounds how many requests of others are answered in a second (L14), so that nobody can make this client work, or send,
 * without measure. Lives on the loop.
 */
final class AnswerLimit {
    /** Requests of one sender that are answered in a second (L14). */
    static final int PER_SENDER = 20;
    /** Requests of all senders that are answered in a second (L14). */
    static final int TOTAL = 100;

    private static final long WINDOW = 1_000_000_000L;

    /** What is done with a request. */
    enum Decision {
        /** It is handled. */
        ANSWER,
        /** The limit is reached just now: it is refused. */
        REFUSE,
        /** The limit was reached before: nothing is sent. */
        DROP
    }

    private final Map<String, Integer> bySender = new HashMap<>();
    private long windowStart = Long.MIN_VALUE;
    private int total;
    private boolean refused;

    Decision decide(String sender, long now) {
        if (windowStart == Long.MIN_VALUE || now - windowStart >= WINDOW) {
            windowStart = now;
            bySender.clear();
            total = 0;
            refused = false;
        }
        if (total >= TOTAL) {
            return refuseOnce();
        }
        // Each sender's first request counts towards the total, so at most TOTAL senders enter the map in a window.
        int count = bySender.merge(sender, 1, Integer::sum);
        if (count > PER_SENDER) {
            return count == PER_SENDER + 1 ? Decision.REFUSE : Decision.DROP;
        }
        total++;
        return Decision.ANSWER;
    }

    /** {@return how many senders are kept in mind} */
    int senders() {
        return bySender.size();
    }

    private Decision refuseOnce() {
        Decision decision = refused ? Decision.DROP : Decision.REFUSE;
        refused = true;
        return decision;
    }
}
