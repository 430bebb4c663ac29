package org.partyline.examples.operator.audit;

/** Whoever reads the log cannot take an entry: it contradicts those before. */
public final class EntryRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param message why
     */
    public EntryRefusedException(String message) {
        super(message);
    }
}
