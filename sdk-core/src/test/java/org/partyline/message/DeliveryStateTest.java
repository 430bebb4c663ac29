package org.partyline.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of what can follow what. */
class DeliveryStateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "QUEUED       | SENT SERVER_ACKED ARCHIVED DELIVERED DISPLAYED CANCELLED EXPIRED",
                "SENT         | SERVER_ACKED ARCHIVED DELIVERED DISPLAYED REFUSED UNCERTAIN",
                "SERVER_ACKED | ARCHIVED DELIVERED DISPLAYED REFUSED",
                "ARCHIVED     | DELIVERED DISPLAYED REFUSED",
                "DELIVERED    | DISPLAYED",
                "DISPLAYED    | ''",
                "REFUSED      | DELIVERED DISPLAYED",
                "UNCERTAIN    | SERVER_ACKED ARCHIVED DELIVERED DISPLAYED REFUSED",
                "CANCELLED    | ''",
                "EXPIRED      | ''"
            })
    void whatCanFollow(DeliveryState from, String names) {
        Set<DeliveryState> expected = Arrays.stream(names.split(" "))
                .filter(name -> !name.isEmpty())
                .map(DeliveryState::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DeliveryState.class)));
        Set<DeliveryState> possible = Arrays.stream(DeliveryState.values())
                .filter(from::canBecome)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DeliveryState.class)));
        assertEquals(expected, possible);
    }
}
