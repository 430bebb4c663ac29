package org.partyline.benchmarks.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HostileShapesTest {
    private static final int TIMES_BENIGN = 10;
    private static final int BYTES_A_BYTE = 40;

    @Test
    void everyShape_isAsLargeAsMayBe() {
        HostileShapes.all().forEach((name, bytes) -> assertEquals(HostileShapes.BYTES, bytes.length, name));
    }

    @Test
    @DisplayName(
            "S11, S12: no stanza costs more than 10 times the CPU of a roster as long, nor 40 bytes of heap a byte")
    void noShape_costsMoreThanItsShare() throws Exception {
        Map<String, HostileCost.Cost> costs = HostileCost.all();
        double benign = Objects.requireNonNull(costs.get(HostileShapes.BENIGN)).cpuNanos();
        costs.forEach((name, cost) -> {
            assertTrue(cost.cpuNanos() <= TIMES_BENIGN * benign, () -> name + ": " + cost + ", a roster: " + benign);
            assertTrue(cost.allocated() <= BYTES_A_BYTE, () -> name + ": " + cost);
            assertTrue(cost.retained() <= BYTES_A_BYTE, () -> name + ": " + cost);
        });
    }
}
