package org.partyline.message;

/**
 * How far a sent message has come. It only moves forward, and each change is reported once.
 *
 * <pre>
 *   QUEUED --&gt; SENT --&gt; SERVER_ACKED [--&gt; ARCHIVED] --&gt; DELIVERED --&gt; DISPLAYED
 *     |         |           |                           ^
 *     |         |           +--&gt; REFUSED ---------------+   (a receipt can follow a bounce)
 *     |         +--&gt; REFUSED, UNCERTAIN
 *     +--&gt; CANCELLED, EXPIRED
 * </pre>
 *
 * <p>States can be left out: a receipt makes a message {@code DELIVERED} whatever it was before.
 */
public enum DeliveryState {
    /** In the outbox, and never written to a connection. */
    QUEUED(0),
    /** Written to a connection. */
    SENT(1),
    /** The server took responsibility (XEP-0198). */
    SERVER_ACKED(2),
    /** Seen in the server's archive of this account (XEP-0313). */
    ARCHIVED(3),
    /** A device of the receiver's has it (XEP-0184). */
    DELIVERED(4),
    /** The receiver's device has shown it (XEP-0333). */
    DISPLAYED(5),
    /** The server or the receiver answered with an error. */
    REFUSED(3),
    /** Taken back before it was written, or dropped unwritten when the client closed. */
    CANCELLED(9),
    /** Its time was up before it was written. */
    EXPIRED(9),
    /**
     * It was written, and nobody can tell whether the server has it: the client closed, or the session ended and the
     * application asked not to send again by itself.
     */
    UNCERTAIN(1);

    private final int rank;

    DeliveryState(int rank) {
        this.rank = rank;
    }

    /**
     * {@return whether a message can come from this state to another}
     *
     * @param to the other
     */
    public boolean canBecome(DeliveryState to) {
        return switch (to) {
            case QUEUED -> false;
            case CANCELLED, EXPIRED -> this == QUEUED;
            case UNCERTAIN -> this == SENT;
            case REFUSED -> this == SENT || this == SERVER_ACKED || this == ARCHIVED || this == UNCERTAIN;
            case SENT -> this == QUEUED;
            case SERVER_ACKED, ARCHIVED -> rank < to.rank;
            case DELIVERED, DISPLAYED -> rank < to.rank;
        };
    }

    /**
     * {@return whether the outbox is done with it: the server has it, or will not get it}
     */
    public boolean isSettled() {
        return this != QUEUED && this != SENT;
    }
}
