package org.partyline.session;

/**
 * Where a client stands.
 *
 * <pre>
 *   +--------------+  connect()   +------------+  signed in, and bound or resumed  +--------+
 *   | DISCONNECTED | -----------&gt; | CONNECTING | --------------------------------&gt; | ONLINE |
 *   +--------------+ &lt;----------- +------------+                                   +--------+
 *      ^      ^     first attempt    |      ^                                       |   |
 *      |      |     failed, or       |      | time is up, or                        |   |
 *      |      |     for good         v      | reconnectNow()                        |   |
 *      |      |                    +-----------+           connection lost          |   |
 *      |      +------------------- |  WAITING  | &lt;----------------------------------+   |
 *      |           disconnect()    +-----------+                                        |
 *      +--------------------------------------------------------------------------------+
 *                            disconnect(), or refused for good
 *
 *   any state -- close() --&gt; CLOSED
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
