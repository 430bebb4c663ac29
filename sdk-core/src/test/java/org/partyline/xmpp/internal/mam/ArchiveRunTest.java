package org.partyline.xmpp.internal.mam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.partyline.xmpp.internal.mam.MamFeatureTest.failure;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.error.LimitExceededException;
import org.partyline.error.ProtocolViolationException;
import org.partyline.error.RequestRejectedException;
import org.partyline.xmpp.internal.stanza.ArchiveReader;
import org.partyline.xmpp.internal.stanza.ArchiveReader.Page;

/** Pages that follow each other, for whoever catches up. */
class ArchiveRunTest {
    private final Archive archive = new Archive();
    private final ArchiveReader.Run run = archive.feature.forwards("0", null);

    private CompletableFuture<Page> next(boolean complete, String... ids) {
        CompletableFuture<Page> page = run.next();
        archive.routes.asked(archive.session.lastQuery());
        for (String id : ids) {
            archive.result(id);
        }
        archive.fin(ids[0], ids[ids.length - 1], complete);
        return page;
    }

    private String set() {
        String query = archive.session.lastQuery().payload().toXml();
        return query.substring(query.indexOf("<set"));
    }

    @Test
    void pages_followEachOther_asTheyWereArchived() {
        Page first = next(false, "1", "2").join();
        assertTrue(set().contains("<after>0</after>"), set());
        Page second = next(true, "3").join();
        assertTrue(set().contains("<after>2</after>"), set());

        assertEquals(
                List.of("1", "2"),
                first.entries().stream().map(ArchiveReader.Entry::id).toList());
        ArchiveReader.Entry entry = second.entries().get(0);
        assertEquals(Instant.parse("2026-01-02T03:04:05.678Z"), entry.stamp());
        assertEquals("body of 3", Objects.requireNonNull(entry.message()).childText("body"));
        assertFalse(first.complete());
        assertTrue(second.complete());
    }

    @Test
    void startInTime_isKeptOnEveryPage() {
        Archive other = new Archive();
        ArchiveReader.Run since = other.feature.forwards(null, Instant.parse("2026-01-01T00:00:00Z"));
        since.next();
        other.routes.asked(other.session.lastQuery());
        other.result("1");
        other.fin("1", "1", false);
        since.next();

        String query = other.session.lastQuery().payload().toXml();
        assertTrue(query.contains("<field var='start'><value>2026-01-01T00:00:00Z</value>"), query);
        assertTrue(query.contains("<after>1</after>"), query);
    }

    @Test
    void resultsOfThePageBefore_areNotBelieved() {
        next(false, "1", "2").join();
        failure(ProtocolViolationException.class, next(false, "1", "3"));
    }

    @Test
    void pagesInACircle_areNotBelieved() {
        next(false, "1", "2").join();
        next(false, "3", "4").join();
        failure(ProtocolViolationException.class, next(false, "1", "2"));
    }

    @Test
    void failedPage_canBeAskedForAgain() {
        next(false, "1", "2").join();
        CompletableFuture<Page> refused = run.next();
        archive.session
                .lastQuery()
                .answer()
                .completeExceptionally(
                        new RequestRejectedException("read an archive", "resource-constraint", null, null, true, null));
        failure(RequestRejectedException.class, refused);

        assertEquals("3", next(true, "3").join().last());
        assertTrue(set().contains("<after>2</after>"), set());
    }

    @Test
    void cancelled_itsQueryIsForgotten() {
        run.next().cancel(true);
        assertTrue(archive.session.lastQuery().answer().isCancelled());
    }

    @Test
    @DisplayName("L37 messages of one run: at the limit, one more page")
    void messages_areBounded() {
        for (int page = 0; page < 1_000; page++) {
            CompletableFuture<Page> asked = run.next();
            archive.routes.asked(archive.session.lastQuery());
            for (int i = 0; i < 100; i++) {
                archive.plainResult(page + "-" + i, "x");
            }
            archive.fin(page + "-0", page + "-99", false);
            assertEquals(100, asked.join().entries().size());
            archive.session.queries.clear();
        }
        LimitExceededException failure = failure(LimitExceededException.class, run.next());
        assertEquals(100_000, failure.value());
        assertTrue(archive.session.queries.isEmpty());
    }

    /** What withholds all of its messages does not go on for ever either. */
    @Test
    void pagesWithoutResults_countToo() {
        for (int page = 0; page < 100_000; page++) {
            CompletableFuture<Page> asked = run.next();
            archive.fin("a" + page, "b" + page, false);
            assertTrue(asked.isDone());
            archive.session.queries.clear();
        }
        failure(LimitExceededException.class, run.next());
    }
}
