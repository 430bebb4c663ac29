package org.partyline.error;

/** A subscriber did not keep up, and its buffer is full. Its subscription has ended. */
public final class StreamOverflowException extends ImException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes the failure.
     *
     * @param capacity how many events the buffer holds
     */
    public StreamOverflowException(int capacity) {
        super("receive events", "the subscriber fell " + capacity + " events behind", null, false, null);
    }
}
