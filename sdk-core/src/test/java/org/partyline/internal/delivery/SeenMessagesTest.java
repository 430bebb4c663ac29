package org.partyline.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partyline.address.Jid;
import org.partyline.internal.delivery.SeenMessages.IdWorth;
import org.partyline.internal.store.ClientRecords;
import org.partyline.internal.store.MemoryStore;

class SeenMessagesTest {
    private final MemoryStore disk = new MemoryStore();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private ClientRecords records = records();
    private SeenMessages seen = new SeenMessages(records, () -> now);

    private ClientRecords records() {
        return new ClientRecords(disk.open(Jid.parse("juliet@capulet.example")), Runnable::run);
    }

    private void restart() {
        records.commit(seen.takeUnwritten());
        records = records();
        seen = new SeenMessages(records, () -> now);
    }

    /** Two messages, each by archive id and sender's id ("-" for none): whether the second is new. */
    @ParameterizedTest
    @CsvSource({
        // promised to be unique
        "a1, s1, a1, s1, true, false",
        "a1, s1, a2, s1, true, false",
        "-,  s1, a1, s1, true, false",
        "a1, s1, -,  s1, true, false",
        "a1, s1, a1, s2, true, true",
        "a1, s1, a2, s2, true, true",
        "-,  s1, -,  s2, true, true",
        "a1, -,  a1, -,  true, false",
        "-,  -,  -,  -,  true, true",
        // not promised
        "a1, s1, a1, s1, false, false",
        "a1, s1, a2, s1, false, true",
        "-,  s1, a1, s1, false, false",
        "a1, s1, -,  s1, false, false",
        "-,  s1, -,  s1, false, false",
    })
    void secondSight(String archive1, String sender1, String archive2, String sender2, boolean unique, boolean fresh) {
        assertTrue(seen.isNew(id(archive1), id(sender1), worth(unique)));
        assertEquals(fresh, seen.isNew(id(archive2), id(sender2), worth(unique)));
    }

    private static IdWorth worth(boolean unique) {
        return unique ? IdWorth.PROMISED : IdWorth.LIKELY;
    }

    @Test
    void idThatIsWorthNothing_makesNoRepetition_butAnArchivesIdDoes() {
        assertTrue(seen.isNew(null, "s1", IdWorth.NOTHING));
        assertTrue(seen.isNew(null, "s1", IdWorth.NOTHING));
        assertFalse(seen.isNew(null, "s1", IdWorth.LIKELY), "it is known all the same");
        assertTrue(seen.isNew("a1", "s2", IdWorth.NOTHING));
        assertFalse(seen.isNew("a1", "s2", IdWorth.NOTHING));
    }

    private static @Nullable String id(String text) {
        return text.equals("-") ? null : text;
    }

    @Test
    void whatCameWithoutAnArchivesId_isKnownByItOnceItIsTold() {
        assertTrue(seen.isNew(null, "s1", IdWorth.LIKELY));
        assertFalse(seen.isNew("a1", "s1", IdWorth.LIKELY));
        assertFalse(seen.isNew("a1", null, IdWorth.LIKELY));
        assertTrue(seen.isNew("a2", "s1", IdWorth.LIKELY), "the sender used the id again");
    }

    @Test
    void anArchivesIdIsNoSendersId() {
        assertTrue(seen.isNew("x", null, IdWorth.PROMISED));
        assertTrue(seen.isNew(null, "x", IdWorth.PROMISED));
    }

    @ParameterizedTest
    @DisplayName("L19: at the limit, one more, ten times as many")
    @CsvSource({"50000, false", "50001, true", "500000, true"})
    void number_isBounded_andTheOldestIsForgotten(int messages, boolean firstIsForgotten) {
        for (int i = 0; i < messages; i++) {
            assertTrue(seen.isNew("a" + i, null, IdWorth.PROMISED));
            seen.takeUnwritten();
        }
        assertEquals(50_000, seen.size());
        assertFalse(seen.isNew("a" + (messages - 1), null, IdWorth.PROMISED));
        assertEquals(firstIsForgotten, seen.isNew("a0", null, IdWorth.PROMISED));
    }

    @Test
    @DisplayName("L19: an id is known for 7 days, over restarts")
    void time_isBounded() {
        assertTrue(seen.isNew("a1", "s1", IdWorth.PROMISED));
        now = now.plus(Duration.ofDays(7));
        restart();
        assertFalse(seen.isNew("a1", "s1", IdWorth.PROMISED));
        now = now.plusMillis(1);
        restart();
        assertTrue(seen.isNew("a1", "s1", IdWorth.PROMISED));
        restart();
        assertEquals(2, disk.keys("seen").size());
    }

    @Test
    void clockThatIsSetBack_forgetsNothing() {
        assertTrue(seen.isNew("a1", "s1", IdWorth.PROMISED));
        now = now.minus(Duration.ofDays(1_000));
        assertTrue(seen.isNew("a2", "s2", IdWorth.PROMISED));
        restart();
        assertFalse(seen.isNew("a1", "s1", IdWorth.PROMISED));
        assertFalse(seen.isNew("a2", "s2", IdWorth.PROMISED));
    }
}
