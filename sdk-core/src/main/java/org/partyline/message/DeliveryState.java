package org.partyline.message;

/**
 * How far a sent message has come. It only moves forward, and each change is reported once.
 *
 * <pre>
 *   QUEUED --&gt; SENT --&gt; ACKNOWLEDGED --&gt; DELIVERED
 *     |          |            |              ^
 *     v          +-&gt; REFUSED &lt;+              |
 *  CANCELLED           +---------------------+  (a receipt can follow a bounce)
 * </pre>
 */
public enum DeliveryState {
    /** In the outbox. */
    QUEUED,
    /** Written to a connection. */
    SENT,
    /** The server took responsibility (XEP-0198). */
    ACKNOWLEDGED,
    /** A device of the receiver's has it (XEP-0184). */
    DELIVERED,
    /** The server or the receiver answered with an error. */
    REFUSED,
    /** Taken back before it was written, or dropped when the client closed. */
    CANCELLED
}
