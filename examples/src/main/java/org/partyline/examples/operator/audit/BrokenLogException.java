package org.partyline.examples.operator.audit;

import java.io.IOException;

/** The log is not as it was written. Nothing is read from it, and nothing is added to it. */
public final class BrokenLogException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long line;

    /**
     * Names the first line that is wrong.
     *
     * @param line its number, from 1
     * @param why what is wrong with it
     */
    public BrokenLogException(long line, String why) {
        super("the audit log is broken at line " + line + ": " + why);
        this.line = line;
    }

    /** {@return the number of the first line that is wrong, from 1} */
    public long line() {
        return line;
    }
}
