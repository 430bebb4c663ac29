package org.partyline.examples.demo;

/** A step of the demo did not hold. */
final class StepFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String seen;

    /**
     * Describes the failure.
     *
     * @param expected what should have been
     * @param seen what was
     */
    StepFailedException(String expected, String seen) {
        super("expected " + expected + ", but " + seen);
        this.expected = expected;
        this.seen = seen;
    }

    String expected() {
        return expected;
    }

    String seen() {
        return seen;
    }
}
