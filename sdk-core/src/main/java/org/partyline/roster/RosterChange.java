package org.partyline.roster;

/**
 * The contact list changed.
 *
 * @param kind what happened
 * @param contact the entry now; when removed, the entry as it last was
 */
public record RosterChange(Kind kind, Contact contact) {

    /** What happened to an entry. */
    public enum Kind {
        /** It is new. */
        ADDED,
        /** Something about it changed. */
        UPDATED,
        /** It is gone. */
        REMOVED
    }
}
