package org.partyline.error;

/**
 * A bound was reached.
 *
 * @serial exclude
 */
public final class LimitExceededException extends ImException {
    private static final long serialVersionUID = 1L;

    private final String limit;
    private final long value;

    /**
     * Describes the failure.
     *
     * @param operation what was attempted
     * @param limit the name of the limit
     * @param value its value
     */
    public LimitExceededException(String operation, String limit, long value) {
        super(operation, operation + ": over the limit " + limit + " = " + value, null, true, null);
        this.limit = limit;
        this.value = value;
    }

    /** {@return the name of the limit} */
    public String limit() {
        return limit;
    }

    /** {@return its value} */
    public long value() {
        return value;
    }
}
