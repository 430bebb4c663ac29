package org.partyline.xmpp.internal.mam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.error.ImException;
import org.partyline.error.LimitExceededException;
import org.partyline.error.ProtocolViolationException;
import org.partyline.error.RequestRejectedException;
import org.partyline.error.RequestTimeoutException;
import org.partyline.internal.store.MemoryStore;
import org.partyline.message.CatchUp;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.ArchiveMarker;
import org.partyline.xmpp.internal.stanza.CatchUpTarget;
import org.partyline.xmpp.internal.stanza.FakeRoutes;
import org.partyline.xmpp.internal.stanza.FakeSession;
import org.partyline.xmpp.internal.stanza.Xml;

/** Reading an archive that keeps its word, and archives that do not. */
class CatchUpFeatureTest implements CatchUpTarget {
    private final FakeSession session = new FakeSession();
    private final FakeRoutes routes = new FakeRoutes(session);
    private CompletableFuture<Boolean> offered = CompletableFuture.completedFuture(true);
    private final MamFeature archive = new MamFeature(
            session, who -> CompletableFuture.completedFuture(Set.of("urn:xmpp:mam:2")), message -> null);
    private final CatchUpFeature feature = new CatchUpFeature(session, name -> offered);
    private final List<String> archived = new ArrayList<>();
    private final List<CatchUp> reports = new ArrayList<>();
    private boolean holding;
    private @Nullable String first;
    private @Nullable ArchiveMarker inDoubt;

    @BeforeEach
    void register() {
        feature.connect(this, archive);
        archive.register(routes);
        feature.register(routes);
        session.onQuery = routes::asked;
        feature.reports().subscribe(reports::add);
    }

    @Override
    public @Nullable ArchiveMarker firstInDoubt() {
        return inDoubt;
    }

    @Override
    public void hold() {
        holding = true;
    }

    @Override
    public boolean archived(String archiveId, XmlElement message) {
        archived.add(archiveId + " " + message.childText("body"));
        return true;
    }

    @Override
    public void release() {
        holding = false;
    }

    private @Nullable String queryId() {
        return session.lastQuery().payload().attribute("queryid");
    }

    private @Nullable String asked(String name) {
        XmlElement paging = session.lastQuery().payload().child("http://jabber.org/protocol/rsm", "set");
        XmlElement value = paging == null ? null : paging.child("http://jabber.org/protocol/rsm", name);
        return value == null ? null : value.text();
    }

    private void result(String id) {
        first = first == null ? id : first;
        routes.message(Xml.parse("<message><result xmlns='urn:xmpp:mam:2' queryid='" + queryId() + "' id='" + id
                + "'><forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='2026-01-01T00:00:00Z'/>"
                + "<message xmlns='jabber:client' from='romeo@montague.example/x'><body>b" + id
                + "</body></message></forwarded></result></message>"));
    }

    private void fin(boolean complete, @Nullable String last) {
        String begins = first == null ? last : first;
        first = null;
        session.lastQuery()
                .result(Xml.parse("<fin xmlns='urn:xmpp:mam:2'" + (complete ? " complete='true'" : "")
                        + "><set xmlns='http://jabber.org/protocol/rsm'>"
                        + (last == null ? "" : "<first>" + begins + "</first><last>" + last + "</last>")
                        + "</set></fin>"));
    }

    private void page(boolean complete, String... ids) {
        for (String id : ids) {
            result(id);
        }
        fin(complete, ids.length == 0 ? null : ids[ids.length - 1]);
    }

    /** Meets the archive for the first time, and knows it up to "a0". */
    private void known() {
        feature.onBound();
        result("a0");
        fin(true, "a0");
        feature.onSessionEnded();
        archived.clear();
        assertEquals("a0", feature.marker().id());
    }

    private static RequestRejectedException refused(String condition) {
        return new RequestRejectedException("read the archive", condition, null, null, false, null);
    }

    private void fails(ImException failure) {
        session.lastQuery().answer().completeExceptionally(failure);
    }

    @Test
    void firstTime_asksForTheNewestAlone_andHoldsNothing() {
        feature.onBound();
        assertFalse(holding);
        assertFalse(session.outboxIsHeld);
        assertEquals("", asked("before"));
        assertEquals("1", asked("max"));
        result("a9");
        fin(true, "a9");
        assertEquals("a9", feature.marker().id());
        assertEquals(List.of(), reports);
    }

    @Test
    void emptyArchive_isKnownByTime() {
        Instant before = Instant.now();
        feature.onBound();
        fin(true, null);
        assertNull(feature.marker().id());
        Instant known = feature.marker().time();
        assertTrue(known != null && known.isBefore(before));
        check();
        feature.handedOn("a1");
        assertEquals("a1", feature.marker().id());
    }

    /** The archive is looked at once more. */
    private void check(String... ids) {
        session.timers.remove(0).run();
        page(true, ids);
    }

    @Test
    void laterTimes_readFromWhereItWasKnown_pageByPage() {
        known();
        feature.onBound();
        assertTrue(holding);
        assertEquals("a0", asked("after"));
        page(false, "a1", "a2");
        assertEquals("a2", asked("after"));
        feature.handedOn("a7");
        assertEquals("a2", feature.marker().id(), "there is a gap before what arrives");
        page(true, "a3");
        assertFalse(holding);
        assertEquals(List.of("a1 ba1", "a2 ba2", "a3 ba3"), archived);
        assertEquals(List.of(new CatchUp(3, 3, false, null)), reports);
        feature.handedOn("a6");
        assertEquals("a3", feature.marker().id(), "something may have come between");
        check("a4");
        assertEquals(List.of("a1 ba1", "a2 ba2", "a3 ba3", "a4 ba4"), archived);
        assertEquals(new CatchUp(1, 1, false, null), reports.get(1));
        feature.handedOn("a7");
        assertEquals("a7", feature.marker().id());
    }

    @Test
    void resumedSession_isReadBehindToo() {
        known();
        feature.onBound();
        page(true, "a1");
        check();
        feature.handedOn("a2");
        feature.onOffline();
        feature.handedOn("a3");
        feature.onResumed();
        assertTrue(holding);
        assertEquals("a2", asked("after"));
        page(true, "a3", "a4");
        assertFalse(holding);
        assertEquals(List.of("a1 ba1", "a3 ba3", "a4 ba4"), archived);
        feature.onOffline();
        assertEquals(0, session.timers.size());
    }

    @Test
    void messagesInDoubt_holdTheOutbox_andAreLookedForFromWhereTheyWereWritten() {
        known();
        feature.onBound();
        page(true);
        check();
        feature.handedOn("a5");
        feature.onSessionEnded();
        inDoubt = new ArchiveMarker("a0", null, 0);
        feature.onBound();
        assertTrue(session.outboxIsHeld);
        assertEquals("a0", asked("after"));
        page(true, "a1");
        assertFalse(session.outboxIsHeld);
    }

    @Test
    void withoutAnArchive_nothingWaits() {
        known();
        offered = CompletableFuture.completedFuture(false);
        inDoubt = new ArchiveMarker(null, null, 0);
        int queries = session.queries.size();
        feature.onBound();
        assertFalse(holding);
        assertFalse(session.outboxIsHeld);
        assertEquals(queries, session.queries.size());
        assertEquals(List.of(), reports);
    }

    @Test
    void placeThatTheArchiveForgot_isLookedForByTime_andToldOf() {
        known();
        feature.onBound();
        fails(refused("item-not-found"));
        assertNull(asked("after"));
        String form = session.lastQuery().payload().toXml();
        assertTrue(form.contains("start"), form);
        page(true, "b1");
        assertEquals(List.of(new CatchUp(1, 1, true, null)), reports);
        assertEquals("b1", feature.marker().id());
    }

    @Test
    void passingTrouble_isTriedAgain_andThenToldOf() {
        known();
        feature.onBound();
        for (int i = 0; i < 3; i++) {
            fails(new RequestTimeoutException("read the archive", "answer", java.time.Duration.ofSeconds(30)));
            assertTrue(holding);
            session.timers.remove(0).run();
        }
        fails(new RequestTimeoutException("read the archive", "answer", java.time.Duration.ofSeconds(30)));
        assertFalse(holding);
        assertTrue(reports.get(0).gapPossible());
        assertInstanceOf(RequestTimeoutException.class, reports.get(0).failure());
        feature.handedOn("a9");
        assertEquals("a0", feature.marker().id(), "the gap is still there");
    }

    @Test
    void refusal_endsIt() {
        known();
        feature.onBound();
        fails(refused("forbidden"));
        assertFalse(holding);
        assertTrue(reports.get(0).gapPossible());
    }

    @Test
    void lostConnection_waitsForTheSessionToGoOn() {
        known();
        feature.onBound();
        session.online = false;
        fails(new RequestTimeoutException("read the archive", "answer", java.time.Duration.ofSeconds(30)));
        assertTrue(holding);
        session.online = true;
        feature.onResumed();
        assertEquals("a0", asked("after"));
        page(true, "a1");
        assertEquals(List.of("a1 ba1"), archived);
    }

    @Test
    void endedSession_leavesWaitingWhatWaits_andTheNextBeginsAnew() {
        known();
        feature.onBound();
        FakeSession.Query former = session.lastQuery();
        page(false, "a1");
        feature.onSessionEnded();
        assertTrue(holding, "what the archive holds goes before it");
        feature.onBound();
        assertEquals("a1", asked("after"));
        former.result(Xml.parse("<fin xmlns='urn:xmpp:mam:2' complete='true'/>"));
        assertTrue(holding, "an answer of the session before ends nothing");
    }

    @ParameterizedTest
    @DisplayName("Pages that lead nowhere end the catch-up")
    @ValueSource(booleans = {true, false})
    void loops_areNoticed(boolean empty) {
        known();
        feature.onBound();
        if (!empty) {
            page(false, "a1");
        }
        for (int i = 0; i < 3; i++) {
            page(false, empty ? new String[0] : new String[] {"a1"});
            assertTrue(holding);
            session.timers.remove(0).run();
        }
        page(false, empty ? new String[0] : new String[] {"a1"});
        assertFalse(holding);
        assertInstanceOf(ProtocolViolationException.class, reports.get(0).failure());
    }

    @Test
    void pages_thatAreNotWhatWasAskedFor_areAskedForAgain_andThenToldOf() {
        List<Runnable> bad = List.of(
                () -> page(true, "a1", "a2", "a1"),
                () -> {
                    for (int i = 1; i <= 101; i++) {
                        result("a" + i);
                    }
                    fin(true, "a101");
                },
                () -> page(true, "x".repeat(1_024)),
                () -> session.lastQuery().result(null),
                () -> {
                    routes.message(Xml.parse("<message><result xmlns='urn:xmpp:mam:2' queryid='" + queryId()
                            + "'><forwarded xmlns='urn:xmpp:forward:0'/></result></message>"));
                    fin(true, null);
                });
        known();
        for (Runnable each : bad) {
            reports.clear();
            feature.onBound();
            for (int i = 0; i < 3; i++) {
                each.run();
                session.timers.remove(0).run();
            }
            each.run();
            assertEquals(1, reports.size(), () -> "bad page " + bad.indexOf(each));
            assertInstanceOf(ProtocolViolationException.class, reports.get(0).failure());
            assertEquals(List.of(), archived);
            assertEquals("a0", feature.marker().id());
            feature.onSessionEnded();
        }
    }

    @Test
    void answerThatComesTwice_isTakenOnce_andOneIdCanBeOfTwoMessages() {
        known();
        feature.onBound();
        result("a1");
        result("a1");
        result("a2");
        routes.message(
                Xml.parse("<message><result xmlns='urn:xmpp:mam:2' queryid='" + queryId() + "' id='a2'><forwarded "
                        + "xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client'><body>another</body></message></forwarded>"
                        + "</result></message>"));
        fin(true, "a2");
        assertEquals(List.of("a1 ba1", "a2 ba2", "a2 another"), archived);
    }

    @Test
    void resultsOfOtherQueries_areNotTaken() {
        known();
        feature.onBound();
        routes.message(Xml.parse("<message><result xmlns='urn:xmpp:mam:2' queryid='another' id='x'><forwarded "
                + "xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client'><body>x</body></message></forwarded>"
                + "</result></message>"));
        page(true);
        assertEquals(List.of(), archived);
    }

    @Test
    void lateResults_areNotTaken() {
        known();
        feature.onBound();
        String late = queryId();
        page(true, "a1");
        routes.message(Xml.parse("<message><result xmlns='urn:xmpp:mam:2' queryid='" + late + "' id='a2'><forwarded "
                + "xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client'><body>x</body></message></forwarded>"
                + "</result></message>"));
        assertEquals(List.of("a1 ba1"), archived);
    }

    @Test
    @DisplayName("L37: a catch-up reads 100,000 messages, and the application decides about the rest")
    void number_isBounded() {
        known();
        feature.onBound();
        for (int page = 0; page < 1_000; page++) {
            String[] ids = new String[100];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = "p" + page + "-" + i;
            }
            page(false, ids);
        }
        assertFalse(holding);
        assertEquals(100_000, archived.size());
        assertInstanceOf(LimitExceededException.class, reports.get(0).failure());
        assertEquals("p999-99", feature.marker().id());
    }

    @Test
    void position_isStoredOnce_eachTimeItMoves() {
        known();
        assertEquals(0, session.handled.get(0).get().size(), "the first place at once");
        feature.onBound();
        page(true, "a1");
        assertEquals(3, session.handled.get(0).get().size());
        assertEquals(0, session.handled.get(0).get().size());
    }

    @Test
    @DisplayName(
            "What comes until the next process begins is missed by this device, though it was never given a message")
    void firstMeeting_isRemembered_byWhoHearsNothingMore() {
        MemoryStore disk = new MemoryStore();
        FakeSession fresh = new FakeSession(disk);
        CatchUpFeature begun = new CatchUpFeature(fresh, name -> offered);
        begun.connect(this, archive);
        begun.onBound();
        assertEquals(List.of("time", "step"), disk.keys("archive"));
        fin(true, null);
        disk.restart();
        CatchUpFeature next = new CatchUpFeature(new FakeSession(disk), name -> offered);
        next.connect(this, archive);
        next.onBound();
        assertTrue(holding, "reads from there");
    }

    @Test
    void pageThatCannotBeBelieved_isAskedForAnew() {
        known();
        feature.onBound();
        page(false, "a1");
        page(false, "a1");
        assertTrue(holding);
        session.timers.remove(0).run();
        assertEquals("a1", asked("after"));
        page(true, "a2");
        assertFalse(holding);
        assertEquals(List.of("a1 ba1", "a2 ba2"), archived);
        assertEquals(List.of(new CatchUp(2, 2, false, null)), reports);
    }

    @Test
    @DisplayName("A process that was killed may have noted for a message a place that it had not stored as known")
    void placeOfAMessage_thatIsFurtherOn_isNotReadFrom() {
        known();
        inDoubt = new ArchiveMarker("a7", null, feature.marker().step() + 1);
        feature.onBound();
        assertEquals("a0", asked("after"));
        feature.onSessionEnded();
        inDoubt = new ArchiveMarker("a00", null, feature.marker().step() - 1);
        feature.onBound();
        assertEquals("a00", asked("after"));
    }
}
