package org.partyline.spi;

import java.time.Duration;
import java.util.Objects;

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
 * @param subscriberBuffer events that one subscriber may fall behind (L17)
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

    private static final Duration MOST_PATIENCE = Duration.ofMinutes(5);

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

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of the range that its method of the {@link Builder} names
     */
    public SessionLimits {
        checked("pendingRequests", pendingRequests, 65_536);
        checked("requestTimeout", requestTimeout, MOST_PATIENCE);
        checked("outboxMessages", outboxMessages, 1_000_000);
        checked("outboxBytes", outboxBytes, 1L << 30);
        checked("unacknowledged", unacknowledged, 65_536);
        checked("negotiationTimeout", negotiationTimeout, MOST_PATIENCE);
        checked("idleProbe", idleProbe, Duration.ofHours(1));
        checked("probeTimeout", probeTimeout, MOST_PATIENCE);
        checked("rosterItems", rosterItems, 1_000_000);
        checked("devicesPerContact", devicesPerContact, 65_536);
        checked("subscriberBuffer", subscriberBuffer, 1_000_000);
    }

    private static void checked(String name, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be between 1 and " + most + ": " + value);
        }
    }

    private static void checked(String name, Duration value, Duration most) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be between 1 ms and " + most.toSeconds() + " s: " + value);
        }
    }

    /** {@return a builder with the defaults} */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /** {@return a builder with these limits} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builds {@link SessionLimits}. Not safe for use by several threads at once. */
    public static final class Builder {
        private int pendingRequests;
        private Duration requestTimeout;
        private int outboxMessages;
        private long outboxBytes;
        private int unacknowledged;
        private Duration negotiationTimeout;
        private Duration idleProbe;
        private Duration probeTimeout;
        private int rosterItems;
        private int devicesPerContact;
        private int subscriberBuffer;

        private Builder(SessionLimits limits) {
            pendingRequests = limits.pendingRequests;
            requestTimeout = limits.requestTimeout;
            outboxMessages = limits.outboxMessages;
            outboxBytes = limits.outboxBytes;
            unacknowledged = limits.unacknowledged;
            negotiationTimeout = limits.negotiationTimeout;
            idleProbe = limits.idleProbe;
            probeTimeout = limits.probeTimeout;
            rosterItems = limits.rosterItems;
            devicesPerContact = limits.devicesPerContact;
            subscriberBuffer = limits.subscriberBuffer;
        }

        /**
         * Sets how many requests may wait for an answer (L12).
         *
         * @param most 1 to 65,536
         * @return this
         */
        public Builder pendingRequests(int most) {
            this.pendingRequests = most;
            return this;
        }

        /**
         * Sets how long a request waits (L13).
         *
         * @param timeout 1 ms to 5 minutes
         * @return this
         */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /**
         * Sets how many messages the outbox holds (L15).
         *
         * @param most 1 to 1,000,000
         * @return this
         */
        public Builder outboxMessages(int most) {
            this.outboxMessages = most;
            return this;
        }

        /**
         * Sets how many bytes the outbox holds (L15).
         *
         * @param most 1 to 1 GiB
         * @return this
         */
        public Builder outboxBytes(long most) {
            this.outboxBytes = most;
            return this;
        }

        /**
         * Sets how many stanzas may be written and not yet acknowledged (L16).
         *
         * @param most 1 to 65,536
         * @return this
         */
        public Builder unacknowledged(int most) {
            this.unacknowledged = most;
            return this;
        }

        /**
         * Sets how long it may take from the stream's opening to bound or resumed (L22).
         *
         * @param timeout 1 ms to 5 minutes
         * @return this
         */
        public Builder negotiationTimeout(Duration timeout) {
            this.negotiationTimeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /**
         * Sets the silence after which the server is probed (L24).
         *
         * @param silence 1 ms to 1 hour
         * @return this
         */
        public Builder idleProbe(Duration silence) {
            this.idleProbe = Objects.requireNonNull(silence, "silence");
            return this;
        }

        /**
         * Sets the silence after a probe, after which the connection is given up (L24).
         *
         * @param timeout 1 ms to 5 minutes
         * @return this
         */
        public Builder probeTimeout(Duration timeout) {
            this.probeTimeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /**
         * Sets how many contacts are kept (L34).
         *
         * @param most 1 to 1,000,000
         * @return this
         */
        public Builder rosterItems(int most) {
            this.rosterItems = most;
            return this;
        }

        /**
         * Sets how many devices of one contact are kept (L34).
         *
         * @param most 1 to 65,536
         * @return this
         */
        public Builder devicesPerContact(int most) {
            this.devicesPerContact = most;
            return this;
        }

        /**
         * Sets how many events one subscriber may fall behind (L17).
         *
         * @param most 1 to 1,000,000
         * @return this
         */
        public Builder subscriberBuffer(int most) {
            this.subscriberBuffer = most;
            return this;
        }

        /**
         * {@return the limits}
         *
         * @throws IllegalArgumentException if one is out of its range
         */
        public SessionLimits build() {
            return new SessionLimits(
                    pendingRequests,
                    requestTimeout,
                    outboxMessages,
                    outboxBytes,
                    unacknowledged,
                    negotiationTimeout,
                    idleProbe,
                    probeTimeout,
                    rosterItems,
                    devicesPerContact,
                    subscriberBuffer);
        }
    }
}
