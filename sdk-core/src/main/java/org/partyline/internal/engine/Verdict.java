package org.partyline.internal.engine;

/** What the end of a connection means for the next one. */
public enum Verdict {
    /** Trying again cannot help, or could do harm: somebody has to change something first. */
    STOP,
    /** The link broke, for one client perhaps: come back soon. */
    RETRY_SOON,
    /** The server is in trouble, and with it all its clients: come back spread over a longer time. */
    RETRY_SPREAD
}
