package org.partyline.xmpp.internal.mam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.partyline.address.Jid;
import org.partyline.archive.ArchivePage;
import org.partyline.archive.ArchiveQuery;
import org.partyline.archive.ArchivedMessage;
import org.partyline.error.NotConnectedException;
import org.partyline.error.RequestRejectedException;
import org.partyline.error.UnsupportedFeatureException;

class MamFeatureTest {
    private static final Jid ROMEO = Jid.parse("romeo@montague.example");

    private final Archive archive = new Archive();

    static <E extends Throwable> E failure(Class<E> type, CompletableFuture<?> future) {
        assertTrue(future.isDone(), "still waits");
        Throwable failure =
                assertThrows(CompletionException.class, future::join).getCause();
        return assertInstanceOf(type, failure);
    }

    static Stream<Arguments> queries() {
        ArchiveQuery all = ArchiveQuery.all();
        return Stream.of(
                Arguments.of(all, "", "<max>100</max>"),
                Arguments.of(all.pageSize(7).after("a"), "", "<max>7</max><after>a</after>"),
                Arguments.of(all.latest(), "", "<max>100</max><before/>"),
                Arguments.of(all.latest().before("b"), "", "<max>100</max><before>b</before>"),
                Arguments.of(all.after("a").before("b"), "before-id=b", "<max>100</max><after>a</after>"),
                Arguments.of(all.after("a").before("b").latest(), "after-id=a", "<max>100</max><before>b</before>"),
                Arguments.of(all.before("b"), "before-id=b", "<max>100</max>"),
                Arguments.of(all.with(ROMEO), "with=romeo@montague.example", "<max>100</max>"),
                Arguments.of(
                        all.since(Instant.parse("2026-01-02T03:04:05.000999Z"))
                                .until(Instant.parse("2026-01-02T03:04:05.000001Z")),
                        "start=2026-01-02T03:04:05Z end=2026-01-02T03:04:05.001Z",
                        "<max>100</max>"));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void query_asksForTheFormAndThePage(ArchiveQuery query, String fields, String set) {
        archive.ask(query);

        StringBuilder form = new StringBuilder();
        if (!fields.isEmpty()) {
            form.append("<x xmlns='jabber:x:data' type='submit'>"
                    + "<field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field>");
            for (String field : fields.split(" ", -1)) {
                String[] parts = field.split("=", -1);
                form.append("<field var='" + parts[0] + "'><value>" + parts[1] + "</value></field>");
            }
            form.append("</x>");
        }
        assertEquals("set", archive.session.lastQuery().type());
        assertEquals(null, archive.session.lastQuery().to());
        assertEquals(
                "<query xmlns='urn:xmpp:mam:2' queryid='" + archive.queryId() + "'>" + form
                        + "<set xmlns='http://jabber.org/protocol/rsm'>" + set + "</set></query>",
                archive.session.lastQuery().payload().toXml());
    }

    @Test
    void page_holdsMessagesAsTheyWereSent_withTheArchivesIdAndTime() {
        CompletableFuture<ArchivePage> asked = archive.ask(ArchiveQuery.all());
        archive.result("1");
        archive.result(
                "",
                archive.queryId(),
                " id='2'",
                Archive.message(
                        "chat", "<body>late</body>" + "<delay xmlns='urn:xmpp:delay' stamp='2025-01-01T00:00:00Z'/>"));
        archive.answer("<fin xmlns='urn:xmpp:mam:2' stable='false'><set xmlns='http://jabber.org/protocol/rsm'>"
                + "<first index='0'>1</first><last>2</last><count>1234</count></set></fin>");

        ArchivePage page = asked.join();
        ArchivedMessage first = page.messages().get(0);
        assertEquals("1", first.archiveId());
        assertEquals(Instant.parse("2026-01-02T03:04:05.678Z"), first.archivedAt());
        assertEquals("body of 1", first.message().body());
        assertEquals("m", first.message().id());
        assertEquals(ROMEO, first.message().from().bare());
        assertEquals(first.archivedAt(), first.message().sentAt());
        assertTrue(first.message().delayed());
        assertFalse(first.message().carbon());
        ArchivedMessage late = page.messages().get(1);
        assertEquals(first.archivedAt(), late.archivedAt());
        assertEquals(Instant.parse("2025-01-01T00:00:00Z"), late.message().sentAt());
        assertEquals(OptionalLong.of(1234), page.total());
        assertFalse(page.stable());
        assertFalse(page.complete());
        assertEquals(ArchiveQuery.all().after("2"), page.more().orElseThrow());
    }

    @Test
    void whatIsNoMessageToRead_isLeftOut_andYetCounts() {
        CompletableFuture<ArchivePage> asked = archive.ask(ArchiveQuery.all());
        archive.result("", archive.queryId(), " id='1'", Archive.message("error", "<body>bounced</body>"));
        archive.result("2");
        archive.result(
                "", archive.queryId(), " id='3'", Archive.message("chat", "<received xmlns='urn:xmpp:receipts'/>"));
        archive.result("", archive.queryId(), " id='4'", "");
        archive.fin("1", "4", false);

        ArchivePage page = asked.join();
        assertEquals(
                List.of("2"),
                page.messages().stream().map(ArchivedMessage::archiveId).toList());
        assertEquals("1", page.firstId());
        assertEquals(ArchiveQuery.all().after("4"), page.more().orElseThrow());
    }

    @Test
    @DisplayName("T-ORG-4 results of nobody's query, of another's, from another, or after the end are not believed")
    void resultsThatWereNotAskedFor_areDropped() {
        CompletableFuture<ArchivePage> first = archive.ask(ArchiveQuery.all());
        String firstId = archive.queryId();
        CompletableFuture<ArchivePage> second = archive.ask(ArchiveQuery.of(ROMEO));
        assertEquals(ROMEO, archive.session.lastQuery().to());
        assertNotEquals(firstId, archive.queryId());
        String message = Archive.message("chat", "<body>forged</body>");
        archive.result("", "another", " id='x'", message);
        archive.result(" from='romeo@montague.example'", firstId, " id='x'", message);
        archive.result(" from='juliet@capulet.example'", archive.queryId(), " id='x'", message);
        archive.result(" from='mallory@evil.example'", archive.queryId(), " id='x'", message);
        archive.result(" from='romeo@montague.example'", archive.queryId(), " id='2'", message);
        archive.result(" from='juliet@capulet.example'", firstId, " id='1'", message);
        archive.fin("2", "2", true);
        archive.result(" from='romeo@montague.example'", archive.queryId(), " id='x'", message);

        assertEquals(
                List.of("2"),
                second.join().messages().stream()
                        .map(ArchivedMessage::archiveId)
                        .toList());
        archive.session.queries.remove(1);
        archive.fin("1", "1", true);
        assertEquals(
                List.of("1"),
                first.join().messages().stream().map(ArchivedMessage::archiveId).toList());
    }

    @Test
    void messageThatIsAResult_isNothingElse_alsoForTheApplicationsOwnQuery() {
        archive.ask(ArchiveQuery.all());
        assertTrue(archive.routes.message(org.partyline.xmpp.internal.stanza.Xml.parse(
                "<message><body>x</body><result xmlns='urn:xmpp:mam:2' id='1'/></message>")));
        assertFalse(archive.routes.message(
                org.partyline.xmpp.internal.stanza.Xml.parse("<message><body>x</body></message>")));
    }

    @Test
    void serverWithoutArchives_isNotAsked() {
        archive.features = CompletableFuture.completedFuture(Set.of("urn:xmpp:mam:1"));

        UnsupportedFeatureException failure =
                failure(UnsupportedFeatureException.class, archive.feature.page(ArchiveQuery.all()));

        assertTrue(
                String.valueOf(failure.getMessage()).contains("juliet@capulet.example does not offer an archive"),
                failure::getMessage);
        assertTrue(archive.session.queries.isEmpty());
    }

    @Test
    void rangesOfIds_needTheExtension_andPagesDoNot() {
        archive.features = CompletableFuture.completedFuture(Set.of("urn:xmpp:mam:2"));
        ArchiveQuery between = ArchiveQuery.all().after("a").before("b");

        failure(UnsupportedFeatureException.class, archive.feature.page(between));
        failure(UnsupportedFeatureException.class, archive.feature.page(between.latest()));
        failure(
                UnsupportedFeatureException.class,
                archive.feature.page(ArchiveQuery.all().before("b")));
        assertTrue(archive.session.queries.isEmpty());
        archive.feature.page(ArchiveQuery.all().after("a"));
        archive.feature.page(ArchiveQuery.all().before("b").latest());
        assertEquals(2, archive.session.queries.size());
    }

    @Test
    void whatAnArchiveCanDo_isAskedOnceASession_andAgainAfterAFailure() {
        Set<String> features = archive.features.join();
        archive.features = CompletableFuture.failedFuture(new NotConnectedException("discover features"));
        failure(NotConnectedException.class, archive.feature.page(ArchiveQuery.all()));
        archive.features = CompletableFuture.completedFuture(features);
        archive.feature.page(ArchiveQuery.all());
        archive.feature.page(ArchiveQuery.of(Jid.parse("juliet@capulet.example")));
        archive.feature.page(ArchiveQuery.of(ROMEO));
        Jid own = archive.session.account();
        assertEquals(List.of(own, own, ROMEO), archive.discovered);

        archive.feature.onSessionEnded();
        archive.feature.page(ArchiveQuery.all());
        assertEquals(List.of(own, own, ROMEO, own), archive.discovered);
    }

    @ParameterizedTest
    @DisplayName("Archives that are known: at the limit, one more, ten times as many")
    @CsvSource({"100, false", "101, true", "1000, true"})
    void archives_areBounded_andTheFirstIsForgottenFirst(int archives, boolean forgotten) {
        for (int i = 0; i < archives; i++) {
            archive.feature.page(ArchiveQuery.of(Jid.parse("room" + i + "@rooms.example")));
        }
        archive.feature.page(ArchiveQuery.of(Jid.parse("room" + (archives - 1) + "@rooms.example")));
        assertEquals(archives, archive.discovered.size());
        archive.feature.page(ArchiveQuery.of(Jid.parse("room0@rooms.example")));
        assertEquals(forgotten ? archives + 1 : archives, archive.discovered.size());
    }

    @Test
    void refusal_isToldAsItIs() {
        CompletableFuture<ArchivePage> asked = archive.ask(ArchiveQuery.all().after("gone"));
        archive.result("1");
        archive.session
                .lastQuery()
                .answer()
                .completeExceptionally(
                        new RequestRejectedException("read an archive", "item-not-found", null, null, false, null));

        assertEquals(
                "item-not-found", failure(RequestRejectedException.class, asked).condition());
    }

    @Test
    void cancelled_itIsNotWaitedFor_atWhateverStage() {
        CompletableFuture<Set<String>> features = new CompletableFuture<>();
        archive.features = features;
        archive.feature.page(ArchiveQuery.all()).cancel(true);
        features.complete(Set.of("urn:xmpp:mam:2"));
        assertTrue(archive.session.queries.isEmpty(), "the query was not sent yet");

        CompletableFuture<ArchivePage> asked = archive.ask(ArchiveQuery.all());
        archive.result("1");
        asked.cancel(true);
        assertTrue(archive.session.lastQuery().answer().isCancelled());
        archive.result("2");
    }

    @Test
    void pages_areForgotten_howeverTheyEnd() {
        archive.ask(ArchiveQuery.all()).cancel(true);
        archive.ask(ArchiveQuery.all());
        archive.answer("<fin xmlns='urn:xmpp:mam:2' complete='true'/>");
        archive.ask(ArchiveQuery.all());
        archive.answer("");
        archive.ask(ArchiveQuery.all());
        archive.result("1");
        archive.result(null);
        archive.ask(ArchiveQuery.all());
        archive.session.lastQuery().answer().completeExceptionally(new NotConnectedException("read an archive"));
        archive.ask(ArchiveQuery.all());

        assertEquals(1, archive.feature.open());
    }

    @Test
    void offline_itFails() {
        archive.session.online = false;
        failure(NotConnectedException.class, archive.feature.page(ArchiveQuery.all()));
    }

    @Test
    void id_thatCannotBeWritten_isRefusedAtOnce() {
        assertThrows(
                IllegalArgumentException.class,
                () -> archive.feature.page(ArchiveQuery.all().after("\u0000")));
    }
}
