package org.partyline.spi;

import java.time.Duration;

/**
 * Bounds and deadlines of a session. The numbers are those of the table of limits in {@code docs/architecture.md}, which
 * says what happens at each.
 *
 * @param pendingRequests requests that wait for an answer (L12)
 * @param requestTimeout how long a request waits (L13)
 * @param outboxMessages messages in the outbox (L15)
 * @param outboxBytes bytes in the outbox (L15)
 * @param unacknowledged stanzas written and not yet acknowledged (L16)
 * @param negotiationTimeout from the stream's opening to bound or resumed (L22)
 * @param idleProbe silence after which the server is probed (L24)
 * @param probeTimeout silence after a probe, after which the connection is given up (L24)
 * @param rosterItems contacts kept (L34)
 * @param devicesPerContact devices kept of one contact (L34)
 * @param subscriberBuffer events that one subscriber may fall behind
 */
public record SessionLimits(
        int pendingRequests,
        Duration requestTimeout,
        int outboxMessages,
        long outboxBytes,
        int unacknowledged,
        Duration negotiationTimeout,
        Duration idleProbe,
        Duration probeTimeout,
        int rosterItems,
        int devicesPerContact,
        int subscriberBuffer) {

    /** The limits that hold where none are given. */
    public static final SessionLimits DEFAULT = new SessionLimits(
            256,
            Duration.ofSeconds(30),
            10_000,
            64L * 1024 * 1024,
            500,
            Duration.ofSeconds(30),
            Duration.ofSeconds(120),
            Duration.ofSeconds(15),
            20_000,
            64,
            1_000);
}
