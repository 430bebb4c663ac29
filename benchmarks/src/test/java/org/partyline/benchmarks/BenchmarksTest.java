package org.partyline.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BenchmarksTest {

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void everyMeasure_atItsSmallest_hasFiguresOfBothClients() throws Exception {
        Figures figures = Benchmarks.measureAll(Plan.SMOKE);
        Set<String> expected = Set.of(
                "decode message",
                "decode presence",
                "encode message",
                "encode presence",
                Worker.OUT,
                Worker.OUT_SAME_ELEMENTS,
                Worker.OUT_EACH,
                Worker.IN,
                Worker.IN_OFF_THE_READER,
                Worker.ECHO,
                Worker.IDLE,
                Worker.SIGN_IN);
        assertEquals(new TreeSet<>(expected), new TreeSet<>(figures.compared()));
        expected.forEach(measure -> assertTrue(figures.table().contains("| " + measure + " |"), measure));
    }

    @Test
    void theRatio_isTheMedianOfTheRounds() {
        Figures figures = new Figures();
        for (double[] round : new double[][] {{30, 10}, {80, 20}, {10, 10}}) {
            figures.add("out", "partyline", Map.of("messages/s", round[0]));
            figures.add("out", "smack", Map.of("messages/s", round[1]));
        }
        assertTrue(
                figures.table().endsWith(String.format("| out | messages/s | 30.0 | 10.0 | 3.00 | 1.00 – 4.00 |%n")),
                figures.table());
        assertTrue(figures.json().contains("\"partyline\": [30.0, 80.0, 10.0]"), figures.json());
    }
}
