package org.partyline.error;

/** The call needs a connection, and there is none. */
public final class NotConnectedException extends ImException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes the failure.
     *
     * @param operation what was attempted
     */
    public NotConnectedException(String operation) {
        super(operation, operation + ": not connected", null, true, null);
    }
}
