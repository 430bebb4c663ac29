package org.partyline.internal.engine;

import org.partyline.error.ImException;

/** Something to be written, encoded already. The methods are called on the loop. */
public abstract class Outbound {
    private final byte[] encoded;
    private final Kind kind;

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
        this.encoded = encoded;
        this.kind = kind;
    }

    /** {@return how many bytes it has} */
    public final int size() {
        return encoded.length;
    }

    final byte[] encoded() {
        return encoded;
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

    /** It was written to a connection. Called again when it is sent again. */
    protected void onWritten() {}

    /** The server has it. Not called for {@link Kind#CONNECTION}. */
    protected void onAcknowledged() {}

    /**
     * It is not sent, or not sent again.
     *
     * @param cause why
     */
    protected void onDropped(ImException cause) {}
}
