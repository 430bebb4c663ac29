package org.partyline.examples.operator.audit;

/** Hears of each entry of a log, in order. */
@FunctionalInterface
public interface AuditReader {

    /** Hears of nothing. */
    AuditReader NONE = entry -> {};

    /**
     * Takes an entry.
     *
     * @param entry the entry, whose line is in order
     * @throws EntryRefusedException if it contradicts those before
     */
    void read(AuditEntry entry) throws EntryRefusedException;
}
