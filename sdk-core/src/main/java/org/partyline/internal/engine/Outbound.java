package org.partyline.internal.engine;

import org.partyline.error.ImException;

/** Something to be written, encoded already. The methods are called on the loop. */
public abstract class Outbound {
    /** The deadline of what may wait for as long as it takes. */
    public static final long NEVER = Long.MAX_VALUE;

    private final Kind kind;
    private final long deadline;
    private byte[] encoded;
    private boolean wasWritten;

    /** What becomes of it when there is no connection, and whether the server counts it. */
    public enum Kind {
        /** Kept until the server has it, over any number of connections. */
        KEPT,
        /** Counted and sent again when the session is resumed, but not kept beyond the session. */
        SESSION,
        /** Neither counted nor sent again. */
        CONNECTION
    }

    /**
     * @param encoded the bytes; not copied
     * @param kind what becomes of it without a connection
     */
    protected Outbound(byte[] encoded, Kind kind) {
        this(encoded, kind, NEVER);
    }

    /**
     * @param encoded the bytes; not copied
     * @param kind what becomes of it without a connection
     * @param deadline the loop's time until which it may wait to be written for the first time, or {@link #NEVER}
     */
    protected Outbound(byte[] encoded, Kind kind, long deadline) {
        this.encoded = encoded;
        this.kind = kind;
        this.deadline = deadline;
    }

    /** {@return how many bytes it has} */
    public final int size() {
        return encoded.length;
    }

    /** {@return the bytes; not copied} */
    public final byte[] encoded() {
        return encoded;
    }

    final void replace(byte[] other) {
        encoded = other;
    }

    /** {@return whether a server may have it} */
    final boolean wasWritten() {
        return wasWritten;
    }

    /** A server may have it: it was written, now or by the process before this. */
    protected final void markWritten() {
        wasWritten = true;
    }

    final long deadline() {
        return deadline;
    }

    final Kind kind() {
        return kind;
    }

    /**
     * {@return whether it is to be sent; asked once, on the loop, before it takes its place in the queue} What says no has
     * told its owner why.
     */
    protected boolean admit() {
        return true;
    }

    /**
     * {@return whether something else than a count has shown that the server has it} It is not sent again in a new session
     * then.
     */
    protected boolean isKnownHandled() {
        return false;
    }

    /**
     * It was written to a connection. Called again when it is sent again.
     *
     * @param count what the other side counts when it has it, if it counts
     */
    protected void onWritten(int count) {}

    /** The server has it. Not called for {@link Kind#CONNECTION}. */
    protected void onAcknowledged() {}

    /** Its time was up before it was written. */
    protected void onExpired() {}

    /**
     * It is not sent, or not sent again.
     *
     * @param cause why
     */
    protected void onDropped(ImException cause) {}
}
