package org.partyline.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SessionLimitsTest {

    @Test
    void builder_changesWhatItIsTold_andNothingElse() {
        SessionLimits changed = SessionLimits.builder()
                .outboxMessages(3)
                .requestTimeout(Duration.ofSeconds(1))
                .build();
        assertEquals(3, changed.outboxMessages());
        assertEquals(Duration.ofSeconds(1), changed.requestTimeout());
        assertEquals(
                SessionLimits.DEFAULT,
                changed.toBuilder()
                        .outboxMessages(SessionLimits.DEFAULT.outboxMessages())
                        .requestTimeout(SessionLimits.DEFAULT.requestTimeout())
                        .build());
    }

    @Test
    void everyLimit_hasARange() {
        List<Consumer<SessionLimits.Builder>> outOfRange = List.of(
                limits -> limits.pendingRequests(0),
                limits -> limits.pendingRequests(65_537),
                limits -> limits.requestTimeout(Duration.ZERO),
                limits -> limits.requestTimeout(Duration.ofMinutes(6)),
                limits -> limits.outboxMessages(-1),
                limits -> limits.outboxMessages(1_000_001),
                limits -> limits.outboxBytes(0),
                limits -> limits.outboxBytes(Long.MAX_VALUE),
                limits -> limits.unacknowledged(0),
                limits -> limits.negotiationTimeout(Duration.ofSeconds(-1)),
                limits -> limits.idleProbe(Duration.ofDays(1)),
                limits -> limits.probeTimeout(Duration.ofNanos(1)),
                limits -> limits.rosterItems(0),
                limits -> limits.devicesPerContact(0),
                limits -> limits.subscriberBuffer(0));
        for (Consumer<SessionLimits.Builder> each : outOfRange) {
            SessionLimits.Builder limits = SessionLimits.builder();
            each.accept(limits);
            IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, limits::build);
            assertTrue(String.valueOf(refused.getMessage()).contains(" must be between "), refused::getMessage);
        }
    }
}
