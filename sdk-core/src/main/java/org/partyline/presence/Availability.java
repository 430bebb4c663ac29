package org.partyline.presence;

/** Whether somebody can be reached (RFC 6121 section 4.7.2.1). */
public enum Availability {
    /** Wants to chat. */
    CHATTY,
    /** There. */
    AVAILABLE,
    /** Away for a while. */
    AWAY,
    /** Away for long. */
    EXTENDED_AWAY,
    /** Busy: do not disturb. */
    DO_NOT_DISTURB,
    /** Not there. */
    OFFLINE
}
