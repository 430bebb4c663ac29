package org.partyline.xmpp.internal.mam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.partyline.xmpp.internal.mam.MamFeatureTest.failure;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.archive.ArchivePage;
import org.partyline.archive.ArchiveQuery;
import org.partyline.error.LimitExceededException;
import org.partyline.error.ProtocolViolationException;

/** Pages that are not what they should be: a lie about a page's end would make the next begin at the wrong place. */
class HostilePagesTest {
    private static final ArchiveQuery AFTER = ArchiveQuery.all().after("0").pageSize(3);
    private static final ArchiveQuery BEFORE =
            ArchiveQuery.all().before("9").latest().pageSize(3);

    private final Archive archive = new Archive();

    private CompletableFuture<ArchivePage> page(ArchiveQuery query, String results) {
        CompletableFuture<ArchivePage> asked = archive.ask(query);
        for (String id : results.isEmpty() ? new String[0] : results.split(",", -1)) {
            archive.result(id.equals("none") ? null : id.equals("empty") ? "" : id);
        }
        return asked;
    }

    @ParameterizedTest
    @CsvSource({
        "'1,2,3,4', more results than the 3",
        "'1,1,1,1,1', results come again and again",
        "'none', a result has no id",
        "'empty', a result has no id",
        "'1,0', to begin behind or to end before"
    })
    void results_thatAreNotWhatWasAskedFor_endThePageAtOnce(String results, String rule) {
        CompletableFuture<ArchivePage> page = page(AFTER, results);

        String message =
                String.valueOf(failure(ProtocolViolationException.class, page).getMessage());
        assertTrue(message.contains(rule), message);
        assertTrue(archive.session.lastQuery().answer().isCancelled(), "it is waited for no more");
        archive.result("5");
    }

    @ParameterizedTest
    @CsvSource({
        "'1', '', does not say how the page ends",
        "'1', <fin/>, does not say where it begins",
        "'1', <fin><set/></fin>, does not say where it begins",
        "'1', <fin><set><first>1</first></set></fin>, does not say where it begins",
        "'1', <fin><set><first>1</first><last/></set></fin>, does not say where it begins",
        "'', <fin><set><last>1</last></set></fin>, does not say where it begins",
        "'', <fin/>, no way on",
        "'', <fin complete='false'><set><count>5</count></set></fin>, no way on",
        "'1', <fin><set><first>1</first><last>0</last></set></fin>, does not lead on",
        "'', <fin><set><first>0</first><last>0</last></set></fin>, does not lead on",
        "'1,2', <fin><set><first>1</first><last>1</last></set></fin>, one end",
        "'1,2', <fin><set><first>7</first><last>7</last></set></fin>, one end",
        "'2,1', <fin><set><first>1</first><last>2</last></set></fin>, not in the order",
        "'1,2,3', <fin><set><first>1</first><last>2</last></set></fin>, not in the order",
        "'1,2,3', <fin><set><first>2</first><last>3</last></set></fin>, not in the order"
    })
    void ends_thatContradictTheResults_areNotBelieved(String results, String fin, String rule) {
        CompletableFuture<ArchivePage> page = page(AFTER, results);
        archive.answer(named(fin));

        String message =
                String.valueOf(failure(ProtocolViolationException.class, page).getMessage());
        assertTrue(message.contains(rule), message);
    }

    @Test
    void pageBackwards_thatDoesNotLeadOn_isNotBelieved() {
        CompletableFuture<ArchivePage> held = page(BEFORE, "8,9");
        failure(ProtocolViolationException.class, held);
        CompletableFuture<ArchivePage> ended = page(BEFORE, "8");
        archive.fin("9", "8", false);
        failure(ProtocolViolationException.class, ended);
    }

    /** An archive may keep the stanza, or all of a result, to itself (XEP-0313 section 3.2). */
    @ParameterizedTest
    @CsvSource({
        "'2', <fin><set><first>1</first><last>3</last></set></fin>, 1, 3",
        "'', <fin><set><first>1</first><last>3</last></set></fin>, 1, 3",
        "'', <fin complete='true'/>, ,",
        "'', <fin complete='1'><set><count>0</count></set></fin>, ,",
        "'1', <fin><set><first>1</first><last>1</last></set></fin>, 1, 1"
    })
    void ends_thatAreNotAmongTheResults_areGoodEnough(String results, String fin, String first, String last) {
        CompletableFuture<ArchivePage> page = page(AFTER, results);
        archive.answer(named(fin));

        assertEquals(first, page.join().firstId());
        assertEquals(last, page.join().lastId());
        assertEquals(first == null, page.join().complete());
    }

    private static String named(String fin) {
        return fin.replace("<fin", "<fin xmlns='urn:xmpp:mam:2'")
                .replace("<set", "<set xmlns='http://jabber.org/protocol/rsm'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1.5", "many", "9999999999999999999", "١"})
    void count_thatIsNone_isNotTold(String count) {
        CompletableFuture<ArchivePage> page = page(AFTER, "");
        archive.answer("<fin xmlns='urn:xmpp:mam:2' complete='true'><set xmlns='http://jabber.org/protocol/rsm'><count>"
                + count + "</count></set></fin>");

        assertEquals(OptionalLong.empty(), page.join().total());
    }

    @Test
    @DisplayName("Ids in an archive: at the limit, one more")
    void ids_areBounded() {
        String longest = "i".repeat(1_023);
        CompletableFuture<ArchivePage> page = page(AFTER, longest);
        archive.fin(longest, longest, true);
        assertEquals(longest, page.join().lastId());
        failure(ProtocolViolationException.class, page(AFTER, longest + "i"));
    }

    @Test
    @DisplayName("A page's messages: within the limit, beyond it")
    void size_ofAPage_isBounded() {
        String large = "x".repeat(160 * 1024);
        CompletableFuture<ArchivePage> page = page(ArchiveQuery.all(), "");
        for (int i = 0; i < 100; i++) {
            archive.plainResult("r" + i, large);
        }
        archive.fin("r0", "r99", true);
        assertEquals(100, page.join().messages().size());

        CompletableFuture<ArchivePage> more = page(ArchiveQuery.all().pageSize(250), "");
        for (int i = 0; i < 103; i++) {
            archive.plainResult("r" + i, large);
        }
        LimitExceededException failure = failure(LimitExceededException.class, more);
        assertEquals("archivePageChars", failure.limit());
        assertEquals(
                List.of(2, true),
                List.of(
                        archive.session.queries.size(),
                        archive.session.lastQuery().answer().isCancelled()));
    }
}
