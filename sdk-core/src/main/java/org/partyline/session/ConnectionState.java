package org.partyline.session;

/**
 * Where a client stands.
 *
 * <pre>
 *   DISCONNECTED --connect()--&gt; CONNECTING --signed in, bound--&gt; ONLINE
 *        ^                          |  ^                           |
 *        |  failed for good         |  | time is up,               | connection lost
 *        +--------------------------+  | or reconnectNow()         v
 *        +------------------------- WAITING &lt;----------------------+
 *                 disconnect()
 *   any state --close()--&gt; CLOSED
 * </pre>
 */
public enum ConnectionState {
    /** Not connected, and not trying. */
    DISCONNECTED,
    /** Looking up, connecting, signing in, binding or resuming. */
    CONNECTING,
    /** Signed in; stanzas flow. */
    ONLINE,
    /** The connection was lost, or an attempt failed; the next attempt comes by itself. */
    WAITING,
    /** Closed for good. */
    CLOSED
}
