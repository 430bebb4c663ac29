package org.partyline.transport.internal.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.transport.connection.Endpoint.Kind;

class SrvRecordTest {
    private static SrvRecord record(Kind kind, int priority, int weight, String target) {
        return new SrvRecord(kind, priority, weight, 5222, target);
    }

    private static List<String> targets(List<SrvRecord> records) {
        return records.stream().map(SrvRecord::target).toList();
    }

    @Test
    @DisplayName("XEP-0368: records of both services are mixed by priority")
    void order_priorities_areMixed() {
        List<SrvRecord> ordered = SrvRecord.order(
                List.of(
                        record(Kind.STARTTLS, 5, 1, "b"),
                        record(Kind.DIRECT_TLS, 10, 1, "c"),
                        record(Kind.DIRECT_TLS, 1, 1, "a"),
                        record(Kind.STARTTLS, 20, 1, "d")),
                new Random(1));
        assertEquals(List.of("a", "b", "c", "d"), targets(ordered));
    }

    @Test
    @DisplayName("RFC 2782: the draw walks over the running sum, zero weights first")
    void order_draw_choosesByWeight() {
        List<SrvRecord> records = List.of(record(Kind.STARTTLS, 1, 60, "sixty"), record(Kind.STARTTLS, 1, 0, "zero"));
        assertEquals(List.of("zero", "sixty"), targets(SrvRecord.order(records, drawing(0))));
        assertEquals(List.of("sixty", "zero"), targets(SrvRecord.order(records, drawing(1))));
        assertEquals(List.of("sixty", "zero"), targets(SrvRecord.order(records, drawing(60))));
    }

    private static RandomGenerator drawing(int value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("only bounded draws are made");
            }

            @Override
            public int nextInt(int bound) {
                return Math.min(value, bound - 1);
            }
        };
    }

    @Test
    @DisplayName("RFC 2782: weights 1 to 3 come first in about their share")
    void order_weights_areShares() {
        List<SrvRecord> records = List.of(record(Kind.STARTTLS, 1, 100, "one"), record(Kind.STARTTLS, 1, 300, "three"));
        Random random = new Random(7);
        long three = IntStream.range(0, 4000)
                .filter(i -> SrvRecord.order(records, random).get(0).target().equals("three"))
                .count();
        assertTrue(three > 2800 && three < 3200, "of 4000: " + three);
    }

    @Test
    @DisplayName("T-DNS-3 of 10,000 records the 32 of best priority are kept")
    void order_many_areBounded() {
        List<SrvRecord> records = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            records.add(record(Kind.STARTTLS, 10_000 - i, 1, "h" + i));
        }
        List<SrvRecord> ordered = SrvRecord.order(records, new Random(1));
        assertEquals(32, ordered.size());
        assertEquals("h9999", ordered.get(0).target());
    }
}
