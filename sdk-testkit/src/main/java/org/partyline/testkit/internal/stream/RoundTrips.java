package org.partyline.testkit.internal.stream;

/**
 * Counts how often a client, until it has a session, spoke after it had heard the server: what a sign-in costs in waiting.
 * Elements that it sends together are one turn.
 */
final class RoundTrips {
    private final Statistics statistics;
    private boolean clientsTurn = true;

    RoundTrips(Statistics statistics) {
        this.statistics = statistics;
    }

    /** The client said something. */
    void heard() {
        if (clientsTurn) {
            clientsTurn = false;
            statistics.roundTrip();
        }
    }

    /** What the server said leaves. */
    void flushed() {
        clientsTurn = true;
    }
}
