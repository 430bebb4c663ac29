package org.partyline.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.address.Jid;

class ArchiveQueryTest {
    private static final Jid ROMEO = Jid.parse("romeo@montague.example");

    @Test
    void parts_addUp_whateverTheirOrder() {
        Instant since = Instant.parse("2026-01-01T00:00:00Z");
        Instant until = Instant.parse("2026-02-01T00:00:00Z");

        assertEquals(
                new ArchiveQuery(null, ROMEO, since, until, "a", "b", true, 50),
                ArchiveQuery.all()
                        .with(ROMEO)
                        .since(since)
                        .until(until)
                        .after("a")
                        .before("b")
                        .latest()
                        .pageSize(50));
        assertEquals(
                new ArchiveQuery(ROMEO, null, null, until, null, "b", false, 1),
                ArchiveQuery.of(ROMEO).pageSize(1).before("b").until(until));
        assertEquals(100, ArchiveQuery.all().pageSize());
    }

    @ParameterizedTest
    @DisplayName("L37 messages of a page: one, the limit, one more, none")
    @ValueSource(ints = {1, 250})
    void pageSize_isBounded(int size) {
        assertEquals(size, ArchiveQuery.all().pageSize(size).pageSize());
        assertThrows(IllegalArgumentException.class, () -> ArchiveQuery.all().pageSize(251));
        assertThrows(IllegalArgumentException.class, () -> ArchiveQuery.all().pageSize(0));
    }

    @Test
    void whatNoArchiveUnderstands_isRefused() {
        ArchiveQuery query = ArchiveQuery.all();
        assertThrows(IllegalArgumentException.class, () -> query.after(""));
        assertThrows(IllegalArgumentException.class, () -> query.before(""));
        assertThrows(IllegalArgumentException.class, () -> query.since(Instant.MIN));
        assertThrows(IllegalArgumentException.class, () -> query.until(Instant.MAX));
    }

    @Test
    void more_goesOnInTheDirectionOfTheQuery_untilNothingIsLeft() {
        ArchiveQuery forwards = ArchiveQuery.all().with(ROMEO).before("z");
        ArchiveQuery backwards = forwards.latest();

        assertEquals(
                Optional.of(forwards.after("l")),
                page(forwards, "f", "l", false).more());
        assertEquals(
                Optional.of(backwards.before("f")),
                page(backwards, "f", "l", false).more());
        assertEquals(Optional.empty(), page(forwards, "f", "l", true).more());
        assertEquals(Optional.empty(), page(backwards, null, null, true).more());
    }

    private static ArchivePage page(
            ArchiveQuery query, @Nullable String first, @Nullable String last, boolean complete) {
        return new ArchivePage(query, List.of(), first, last, complete, true, OptionalLong.empty());
    }
}
