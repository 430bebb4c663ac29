package org.partyline.xmpp.internal.stanza;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partyline.xmpp.internal.stanza.AnswerLimit.Decision;

class AnswerLimitTest {
    private static final long SECOND = 1_000_000_000L;

    private final AnswerLimit limit = new AnswerLimit();
    private final Map<Decision, Integer> decided = new EnumMap<>(Decision.class);

    private void decide(String sender, long now) {
        decided.merge(limit.decide(sender, now), 1, Integer::sum);
    }

    private int count(Decision decision) {
        return decided.getOrDefault(decision, 0);
    }

    @ParameterizedTest
    @DisplayName("L14 a sender's requests in a second: at the limit, one more, ten times as many")
    @CsvSource({"20, 20, 0, 0", "21, 20, 1, 0", "200, 20, 1, 179"})
    void requestsOfOneSender_areBounded(int requests, int answered, int refused, int dropped) {
        for (int second = 1; second <= 3; second++) {
            for (int i = 0; i < requests; i++) {
                decide("mallory@montague.example/x", second * SECOND);
            }
            assertEquals(second * answered, count(Decision.ANSWER));
            assertEquals(second * refused, count(Decision.REFUSE));
            assertEquals(second * dropped, count(Decision.DROP));
        }
    }

    @ParameterizedTest
    @DisplayName("L14 all senders' requests in a second: at the limit, one more, ten times as many, and a million")
    @CsvSource({"100, 100, 0, 0", "101, 100, 1, 0", "1000, 100, 1, 899", "1000000, 100, 1, 999899"})
    void requestsOfManySenders_areBounded(int requests, int answered, int refused, int dropped) {
        for (int i = 0; i < requests; i++) {
            decide("m" + i + "@montague.example/x", SECOND);
        }
        assertEquals(answered, count(Decision.ANSWER));
        assertEquals(refused, count(Decision.REFUSE));
        assertEquals(dropped, count(Decision.DROP));
        assertEquals(100, limit.senders(), "who is refused is not remembered");
    }
}
