package org.partyline.testkit.internal.proxy;

/** What a fault does to a connection. */
public enum FaultKind {
    /** Ends it in order, both ways. */
    FINISH,
    /** Ends it with a reset. */
    RESET,
    /** Lets bytes vanish. */
    SILENCE,
    /** Lets bytes wait. */
    STALL,
    /** Sends each byte by itself. */
    SLICE,
    /** Lets few bytes through in a second. */
    SLOW;

    /** {@return whether it happens once; if not, it lasts} */
    public boolean isOnce() {
        return this == FINISH || this == RESET;
    }
}
