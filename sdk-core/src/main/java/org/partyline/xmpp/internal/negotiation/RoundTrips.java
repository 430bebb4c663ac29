package org.partyline.xmpp.internal.negotiation;

/** Counts how often one waits for the other: a turn begins with what is said first after the other was heard. */
final class RoundTrips {
    private int count;
    private boolean listening;

    /** Counts anew. */
    void reset() {
        count = 0;
        listening = false;
    }

    /** This side says something. */
    void spoken() {
        if (!listening) {
            listening = true;
            count++;
        }
    }

    /** The other side was heard. */
    void heard() {
        listening = false;
    }

    int count() {
        return count;
    }
}
