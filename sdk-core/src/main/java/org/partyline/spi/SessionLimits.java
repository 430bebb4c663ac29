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
        Range.PENDING_REQUESTS.check(pendingRequests);
        Range.REQUEST_TIMEOUT.check(requestTimeout);
        Range.OUTBOX_MESSAGES.check(outboxMessages);
        Range.OUTBOX_BYTES.check(outboxBytes);
        Range.UNACKNOWLEDGED.check(unacknowledged);
        Range.NEGOTIATION_TIMEOUT.check(negotiationTimeout);
        Range.IDLE_PROBE.check(idleProbe);
        Range.PROBE_TIMEOUT.check(probeTimeout);
        Range.ROSTER_ITEMS.check(rosterItems);
        Range.DEVICES_PER_CONTACT.check(devicesPerContact);
        Range.SUBSCRIBER_BUFFER.check(subscriberBuffer);
    }

    /** What each setting may be, from 1 or 1 ms on. */
    private enum Range {
        PENDING_REQUESTS("pendingRequests", 65_536),
        REQUEST_TIMEOUT("requestTimeout", MOST_PATIENCE.toMillis()),
        OUTBOX_MESSAGES("outboxMessages", 1_000_000),
        OUTBOX_BYTES("outboxBytes", 1L << 30),
        UNACKNOWLEDGED("unacknowledged", 65_536),
        NEGOTIATION_TIMEOUT("negotiationTimeout", MOST_PATIENCE.toMillis()),
        IDLE_PROBE("idleProbe", Duration.ofHours(1).toMillis()),
        PROBE_TIMEOUT("probeTimeout", MOST_PATIENCE.toMillis()),
        ROSTER_ITEMS("rosterItems", 1_000_000),
        DEVICES_PER_CONTACT("devicesPerContact", 65_536),
        SUBSCRIBER_BUFFER("subscriberBuffer", 1_000_000);

        private final String setting;
        private final long most;

        Range(String setting, long most) {
            this.setting = setting;
            this.most = most;
        }

        int check(int value) {
            return (int) check((long) value);
        }

        long check(long value) {
            if (value < 1 || value > most) {
                throw new IllegalArgumentException(setting + " must be between 1 and " + most + ": " + value);
            }
            return value;
        }

        Duration check(Duration value) {
            Objects.requireNonNull(value, setting);
            if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofMillis(most)) > 0) {
                throw new IllegalArgumentException(setting + " must be between 1 ms and " + most + " ms: " + value);
            }
            return value;
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
         * @throws IllegalArgumentException if it is out of this range
         */
        public Builder pendingRequests(int most) {
            this.pendingRequests = Range.PENDING_REQUESTS.check(most);
            return this;
        }

        /**
         * Sets how long a request waits (L13).
         *
         * @param timeout 1 ms to 5 minutes
         * @return this
         * @throws IllegalArgumentException if it is out of this range
         */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = Range.REQUEST_TIMEOUT.check(timeout);
            return this;
        }

        /**
         * Sets how many messages the outbox holds (L15).
         *
         * @param most 1 to 1,000,000
         * @return this
         * @throws IllegalArgumentException if it is out of this range
         */
        public Builder outboxMessages(int most) {
            this.outboxMessages = Range.OUTBOX_MESSAGES.check(most);
            return this;
        }

        /**
         * Sets how many bytes the outbox holds (L15).
         *
         * @param most 1 to 1 GiB
         * @return this
         * @throws IllegalArgumentException if it is out of this range
         */
        public Builder outboxBytes(long most) {
            this.outboxBytes = Range.OUTBOX_BYTES.check(most);
            return this;
        }

        /**
         * Sets how many stanzas may be written and not yet acknowledged (L16).
         *
         * @param most 1 to 65,536
         * @return this
         * @throws IllegalArgumentException if it is out of this range
         */
        public Builder unacknowledged(int most) {
            this.unacknowledged = Range.UNACKNOWLEDGED.check(most);
            return this;
        }

        /**
         * Sets how long it may take from the stream's opening to bound or resumed (L22).
         *
         * @param timeout 1 ms to 5 minutes
         * @return this
         * @throws IllegalArgumentException if it is out of this range
         */
        public Builder negotiationTimeout(Duration timeout) {
            this.negotiationTimeout = Range.NEGOTIATION_TIMEOUT.check(timeout);
            return this;
        }

        /**
         * Sets the silence after which the server is probed (L24).
         *
         * @param silence 1 ms to 1 hour
         * @return this
         * @throws IllegalArgumentException if it is out of this range
         */
        public Builder idleProbe(Duration silence) {
            this.idleProbe = Range.IDLE_PROBE.check(silence);
            return this;
        }

        /**
         * Sets the silence after a probe, after which the connection is given up (L24).
         *
         * @param timeout 1 ms to 5 minutes
         * @return this
         * @throws IllegalArgumentException if it is out of this range
         */
        public Builder probeTimeout(Duration timeout) {
            this.probeTimeout = Range.PROBE_TIMEOUT.check(timeout);
            return this;
        }

        /**
         * Sets how many contacts are kept (L34).
         *
         * @param most 1 to 1,000,000
         * @return this
         * @throws IllegalArgumentException if it is out of this range
         */
        public Builder rosterItems(int most) {
            this.rosterItems = Range.ROSTER_ITEMS.check(most);
            return this;
        }

        /**
         * Sets how many devices of one contact are kept (L34).
         *
         * @param most 1 to 65,536
         * @return this
         * @throws IllegalArgumentException if it is out of this range
         */
        public Builder devicesPerContact(int most) {
            this.devicesPerContact = Range.DEVICES_PER_CONTACT.check(most);
            return this;
        }

        /**
         * Sets how many events one subscriber may fall behind (L17).
         *
         * @param most 1 to 1,000,000
         * @return this
         * @throws IllegalArgumentException if it is out of this range
         */
        public Builder subscriberBuffer(int most) {
            this.subscriberBuffer = Range.SUBSCRIBER_BUFFER.check(most);
            return this;
        }

        /** {@return the limits} */
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
