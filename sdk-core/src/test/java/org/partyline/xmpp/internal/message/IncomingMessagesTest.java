package org.partyline.xmpp.internal.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partyline.address.Jid;
import org.partyline.internal.events.EventSource;
import org.partyline.message.CatchUp;
import org.partyline.message.DeliveryState;
import org.partyline.message.Message;
import org.partyline.message.SentMessage;
import org.partyline.xmpp.internal.stanza.ArchiveMarker;
import org.partyline.xmpp.internal.stanza.CatchUpTarget;
import org.partyline.xmpp.internal.stanza.FakeRoutes;
import org.partyline.xmpp.internal.stanza.FakeSession;
import org.partyline.xmpp.internal.stanza.Xml;

/** The same message by several ways, and messages that arrive while an archive is read. */
class IncomingMessagesTest {
    private static final String ME = "juliet@capulet.example";
    private static final String FROM = "from='romeo@montague.example/x' to='juliet@capulet.example/balcony'";

    private static final String LATE = "<delay xmlns='urn:xmpp:delay' stamp='2026-01-01T00:00:00Z'/>";

    private final FakeSession session = new FakeSession();
    private final FakeRoutes routes = new FakeRoutes(session);
    private final List<String> handedOn = new ArrayList<>();
    private final MessageFeature messages = new MessageFeature(
            session,
            peer -> false,
            peer -> false,
            new MessageFeature.Archive(
                    () -> new ArchiveMarker("a0", null, 0),
                    handedOn::add,
                    new EventSource<CatchUp>(session.callbacks(), 1).stream()));
    private final CatchUpTarget target = messages.catchUpTarget();
    private final List<String> incoming = new ArrayList<>();
    private final List<String> sentElsewhere = new ArrayList<>();

    @BeforeEach
    void register() {
        messages.register(routes);
        routes.onStanzaIds(by -> by.toString().equals(ME));
        messages.incoming().map(Message::body).subscribe(incoming::add);
        messages.sentElsewhere().map(Message::body).subscribe(sentElsewhere::add);
    }

    private static String ids(@Nullable String archiveId, @Nullable String originId) {
        return (archiveId == null ? "" : "<stanza-id xmlns='urn:xmpp:sid:0' by='" + ME + "' id='" + archiveId + "'/>")
                + (originId == null ? "" : "<origin-id xmlns='urn:xmpp:sid:0' id='" + originId + "'/>");
    }

    private static String stanza(String addresses, String id, String body, String ids) {
        return "<message xmlns='jabber:client' " + addresses + " type='chat' id='" + id + "'><body>" + body + "</body>"
                + ids + "</message>";
    }

    private void arrives(String id, String body, String ids) {
        routes.message(Xml.parse(stanza(FROM, id, body, ids)));
    }

    private void archived(String archiveId, String addresses, String id, String body, String ids) {
        target.archived(archiveId, Xml.parse(stanza(addresses, id, body, ids)));
    }

    @Test
    void sameMessage_byEveryWay_isGivenOnce() {
        arrives("m1", "hi", ids("a1", "m1"));
        arrives("m1", "hi", ids("a1", "m1"));
        arrives("m1", "hi", ids(null, "m1"));
        messages.accept(Xml.parse(stanza(FROM, "m1", "hi", ids("a1", "m1"))), MessageFeature.Way.COPY_OF_RECEIVED);
        target.hold();
        archived("a1", FROM, "m1", "hi", ids(null, "m1"));
        target.release();
        assertEquals(List.of("hi"), incoming);
        assertEquals(List.of("a1"), handedOn);
    }

    @Test
    void whatNoArchiveHas_wouldBeLostWithTheProcess() {
        arrives("m1", "hi", ids("a1", "m1"));
        assertEquals(0, session.atRisk);
        arrives("m2", "ho", ids(null, "m2"));
        assertEquals(1, session.atRisk);
        target.hold();
        arrives("m3", "hey", ids("a3", "m3"));
        assertEquals(1, session.atRisk);
        arrives("m4", "ha", ids(null, "m4"));
        assertEquals(2, session.atRisk);
    }

    @Test
    void idThatASenderUsesAgain_isAnotherMessage_whereTheTextOrTheArchiveSaysSo() {
        arrives("1", "hi", "");
        arrives("1", "hi", LATE);
        arrives("1", "ho", LATE);
        arrives("2", "hi", ids("a1", null));
        arrives("2", "hi", ids("a2", null));
        assertEquals(List.of("hi", "ho", "hi", "hi"), incoming);
    }

    @Test
    void sameTextUnderTheSameId_atOnce_isSaidAgain() {
        arrives("1", "hi", "");
        arrives("1", "hi", "");
        assertEquals(List.of("hi", "hi"), incoming);
    }

    @Test
    void idsOfManyArchives_areBounded() {
        StringBuilder ids = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            ids.append("<stanza-id xmlns='urn:xmpp:sid:0' by='a" + i + "@capulet.example' id='x'/>");
        }
        MessageStanza four = MessageStanza.read(Xml.parse(stanza(FROM, "m1", "hi", ids.toString())));
        assertEquals("x", four.archiveId(Jid.parse("a3@capulet.example")));
        MessageStanza five = MessageStanza.read(Xml.parse(stanza(FROM, "m1", "hi", ids + ids("a1", null))));
        assertNull(five.archiveId(Jid.parse(ME)));
    }

    @Test
    void senderWithTheSameId_isAnotherSender() {
        arrives("m1", "hi", ids(null, "m1"));
        routes.message(Xml.parse(stanza("from='paris@verona.example/x'", "m1", "hi", ids(null, "m1"))));
        assertEquals(List.of("hi", "hi"), incoming);
    }

    @Test
    void whatArrivesMeanwhile_comesBehindTheArchive_andOnce() {
        target.hold();
        arrives("m3", "three", ids("a3", "m3"));
        arrives("m4", "four", ids("a4", "m4"));
        assertEquals(List.of(), incoming);
        archived("a1", FROM, "m1", "one", ids(null, "m1"));
        archived("a3", FROM, "m3", "three", ids(null, "m3"));
        target.release();
        assertEquals(List.of("one", "three", "four"), incoming);
        assertEquals(List.of("a4"), handedOn);
    }

    @Test
    void whatWaitsAtASessionsEnd_comesBehindWhatTheNextReads() {
        target.hold();
        arrives("m4", "four", ids("a4", "m4"));
        arrives("m6", "six", ids("a6", "m6"));
        archived("a1", FROM, "m1", "one", ids(null, "m1"));
        messages.onSessionEnded();
        target.hold();
        archived("a2", FROM, "m2", "two", ids(null, "m2"));
        archived("a4", FROM, "m4", "four", ids(null, "m4"));
        target.release();
        assertEquals(List.of("one", "two", "four", "six"), incoming);
    }

    @Test
    void whatWaitsWhenTheClientCloses_isGivenYet() {
        target.hold();
        arrives("m1", "one", ids("a1", "m1"));
        messages.onClosed();
        assertEquals(List.of("one"), incoming);
    }

    @Test
    void ownMessages_inTheArchive_areNotNews() {
        SentMessage sent =
                messages.to("romeo@montague.example").body("hi").send().join();
        session.outbox.get(0).tracker().onWritten(1);
        String mine = "from='juliet@capulet.example/balcony' to='romeo@montague.example'";
        target.hold();
        archived("a1", mine, sent.id(), "hi", ids(null, sent.id()));
        archived("a2", mine, "other", "from the desk", ids(null, "other"));
        archived("a3", "from='juliet@capulet.example/balcony' to='paris@verona.example'", sent.id(), "hi", "");
        target.release();
        assertEquals(DeliveryState.ARCHIVED, sent.state());
        assertEquals(List.of("from the desk", "hi"), sentElsewhere);
        assertEquals(List.of(), incoming);
    }

    @Test
    void receiptsInTheArchive_count_ofTheAddresseeAlone() {
        SentMessage sent = messages.to("romeo@montague.example")
                .body("hi")
                .requestReceipt()
                .send()
                .join();
        session.outbox.get(0).tracker().onWritten(1);
        List<String> receipts = new ArrayList<>();
        messages.receipts().subscribe(receipt -> receipts.add(receipt.from().toString()));
        String receipt =
                " to='juliet@capulet.example'><received xmlns='urn:xmpp:receipts' id='" + sent.id() + "'/></message>";
        target.hold();
        target.archived("a1", Xml.parse("<message from='paris@verona.example/x'" + receipt));
        assertEquals(DeliveryState.SENT, sent.state());
        target.archived("a2", Xml.parse("<message from='romeo@montague.example/x'" + receipt));
        target.archived("a3", Xml.parse("<message from='romeo@montague.example/x'" + receipt));
        target.release();
        assertEquals(DeliveryState.DELIVERED, sent.state());
        assertEquals(List.of("romeo@montague.example/x"), receipts);
    }

    @Test
    void messageToOneself_isHeard() {
        target.hold();
        archived("a1", "from='" + ME + "/desk' to='" + ME + "'", "m1", "note", ids(null, "m1"));
        target.release();
        assertEquals(List.of("note"), incoming);
    }

    @ParameterizedTest
    @DisplayName(
            "L18: at the limit, one more, ten times as many; what the archive holds it brings, the rest is not lost")
    @CsvSource({"5000, 5000", "5001, 5000", "50000, 5000"})
    void whatWaits_isBounded(int arriving, int waited) {
        target.hold();
        for (int i = 0; i < arriving; i++) {
            arrives("m" + i, "b" + i, ids("a" + i, "m" + i));
        }
        arrives("last", "in no archive", "");
        List<String> early = arriving >= 5_000 ? List.of("in no archive") : List.of();
        assertEquals(early, incoming);
        incoming.clear();
        for (int i = waited; i < arriving; i++) {
            archived("a" + i, FROM, "m" + i, "b" + i, ids(null, "m" + i));
        }
        target.release();
        assertEquals(arriving, incoming.size());
        assertEquals(arriving, incoming.stream().distinct().count());
    }

    @Test
    @DisplayName("L18: large messages that wait")
    void whatWaits_isBoundedInSize() {
        target.hold();
        String large = "x".repeat(400 * 1024);
        for (int i = 0; i < 50; i++) {
            arrives("m" + i, large, "");
        }
        int early = incoming.size();
        assertTrue(early >= 9 && early <= 11, early + " were handed on at once");
        target.release();
        assertEquals(50, incoming.size());
    }
}
