package org.partyline.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    static List<Arguments> numbers() {
        return List.of(
                number("pendingRequests", 65_536, SessionLimits.Builder::pendingRequests),
                number("outboxMessages", 1_000_000, SessionLimits.Builder::outboxMessages),
                number("unacknowledged", 65_536, SessionLimits.Builder::unacknowledged),
                number("rosterItems", 1_000_000, SessionLimits.Builder::rosterItems),
                number("devicesPerContact", 65_536, SessionLimits.Builder::devicesPerContact),
                number("subscriberBuffer", 1_000_000, SessionLimits.Builder::subscriberBuffer));
    }

    private static Arguments number(
            String setting, int most, BiFunction<SessionLimits.Builder, Integer, SessionLimits.Builder> setter) {
        return Arguments.of(setting, most, setter);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void numberOutOfItsRange_isRefusedBySetterAndName(
            String setting, int most, BiFunction<SessionLimits.Builder, Integer, SessionLimits.Builder> setter) {
        for (int legal : new int[] {1, most}) {
            setter.apply(SessionLimits.builder(), legal).build();
        }
        for (int illegal : new int[] {0, -1, Integer.MIN_VALUE, most + 1, 10 * most, Integer.MAX_VALUE}) {
            SessionLimits.Builder builder = SessionLimits.builder();
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> setter.apply(builder, illegal));
            assertEquals(setting + " must be between 1 and " + most + ": " + illegal, refused.getMessage());
            assertEquals(SessionLimits.DEFAULT, builder.build(), "what is refused is not taken");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, (1L << 30) + 1, Long.MIN_VALUE, Long.MAX_VALUE})
    void bytesOutOfTheirRange_areRefused(long bytes) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> SessionLimits.builder().outboxBytes(bytes));
        assertEquals("outboxBytes must be between 1 and 1073741824: " + bytes, refused.getMessage());
    }

    static List<Arguments> durations() {
        return List.of(
                duration("requestTimeout", 300, SessionLimits.Builder::requestTimeout),
                duration("negotiationTimeout", 300, SessionLimits.Builder::negotiationTimeout),
                duration("idleProbe", 3_600, SessionLimits.Builder::idleProbe),
                duration("probeTimeout", 300, SessionLimits.Builder::probeTimeout));
    }

    private static Arguments duration(
            String setting,
            int mostSeconds,
            BiFunction<SessionLimits.Builder, Duration, SessionLimits.Builder> setter) {
        return Arguments.of(setting, Duration.ofSeconds(mostSeconds), setter);
    }

    @ParameterizedTest
    @MethodSource("durations")
    void durationOutOfItsRange_isRefusedBySetterAndName(
            String setting,
            Duration most,
            BiFunction<SessionLimits.Builder, @Nullable Duration, SessionLimits.Builder> setter) {
        for (Duration legal : List.of(Duration.ofMillis(1), most)) {
            setter.apply(SessionLimits.builder(), legal).build();
        }
        for (Duration illegal : List.of(
                Duration.ZERO,
                Duration.ofNanos(999_999),
                Duration.ofSeconds(-1),
                Duration.ofSeconds(Long.MIN_VALUE),
                most.plusNanos(1),
                most.multipliedBy(10),
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> setter.apply(SessionLimits.builder(), illegal));
            assertTrue(
                    String.valueOf(refused.getMessage()).startsWith(setting + " must be between 1 ms and "),
                    refused::getMessage);
        }
        NullPointerException missing =
                assertThrows(NullPointerException.class, () -> setter.apply(SessionLimits.builder(), null));
        assertEquals(setting, missing.getMessage());
    }
}
