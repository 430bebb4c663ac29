package org.partyline.xmpp.internal.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.error.NotSentException;
import org.partyline.error.RequestRejectedException;
import org.partyline.internal.events.EventSource;
import org.partyline.internal.store.MemoryStore;
import org.partyline.message.CatchUp;
import org.partyline.message.DeliveryChange;
import org.partyline.message.Receipt;
import org.partyline.message.SentMessage;
import org.partyline.store.StoreChange;
import org.partyline.xmpp.internal.stanza.ArchiveMarker;
import org.partyline.xmpp.internal.stanza.FakeRoutes;
import org.partyline.xmpp.internal.stanza.FakeSession;
import org.partyline.xmpp.internal.stanza.Xml;

/** Messages that one process sends, and the next finds. */
class OutgoingMessagesTest {
    private final MemoryStore disk = new MemoryStore();
    private FakeSession session = new FakeSession(disk);
    private MessageFeature messages = start("s1");

    private MessageFeature start(String sessionName) {
        disk.restart();
        session = new FakeSession(disk);
        session.sessionName = sessionName;
        MessageFeature feature = new MessageFeature(
                session,
                peer -> true,
                peer -> false,
                new MessageFeature.Archive(
                        () -> new ArchiveMarker(null, null, 0),
                        archiveId -> {},
                        new EventSource<CatchUp>(session.callbacks(), 1).stream()));
        feature.register(new FakeRoutes(session));
        return feature;
    }

    private SentMessage sent() {
        return messages.to("romeo@montague.example").body("hi").send().join();
    }

    private void written(int which, int count) {
        session.outbox.get(which).tracker().onWritten(count);
    }

    @Test
    @DisplayName(
            "Where a message stands in a session's count is found by the next process, if it may go on with the session")
    void placeInTheSession_isKept() {
        sent();
        sent();
        written(0, 5);
        messages = start("s1");
        assertEquals(List.of(OptionalInt.of(5), OptionalInt.empty()), session.restoredCounts);
        written(0, 9);
        written(1, 10);
        messages = start("s1");
        assertEquals(List.of(OptionalInt.of(9), OptionalInt.of(10)), session.restoredCounts);
        messages = start("s2");
        assertEquals(List.of(OptionalInt.empty(), OptionalInt.empty()), session.restoredCounts);
    }

    @Test
    void withoutASessionThatCanGoOn_thereIsNoPlace() {
        messages = start("");
        sent();
        written(0, 5);
        messages = start("");
        assertEquals(List.of(OptionalInt.empty()), session.restoredCounts);
    }

    @Test
    void writtenAgainInTheSamePlace_writesNothing() {
        sent();
        written(0, 5);
        int commits = disk.commits();
        written(0, 5);
        assertEquals(commits, disk.commits());
    }

    @Test
    @DisplayName("Records of version 1, which knew no place in a session, are read")
    void recordsOfBefore_areRead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(1);
            out.writeLong(1);
            out.writeUTF("romeo@montague.example");
            out.writeBoolean(true);
            out.writeUTF("SERVER_ACKED");
            out.writeUTF("");
        }
        disk.restart();
        disk.open(Jid.parse("juliet@capulet.example"))
                .commit(List.of(StoreChange.put("delivery", "m1", bytes.toByteArray())));
        messages = start("s1");
        List<Receipt> receipts = new ArrayList<>();
        messages.receipts().subscribe(receipts::add);
        messages.accept(
                Xml.parse("<message from='romeo@montague.example/x' to='juliet@capulet.example/balcony'>"
                        + "<received xmlns='urn:xmpp:receipts' id='m1'/></message>"),
                MessageFeature.Way.DIRECT);
        assertEquals(List.of(new Receipt(Jid.parse("romeo@montague.example/x"), "m1")), receipts);
    }

    private List<DeliveryChange> told() {
        List<DeliveryChange> told = new ArrayList<>();
        messages.deliveries().subscribe(told::add);
        return told;
    }

    /** What the application is told from now on, it does not come to before the process ends. */
    private void applicationHangs() {
        session.application = task -> {};
    }

    private static List<String> states(List<DeliveryChange> changes) {
        return changes.stream()
                .map(change -> change.from() + " to " + change.to())
                .toList();
    }

    @Test
    @DisplayName("D1: how a message ended is told by the next process, if this one did not come to it")
    void endThatWasNotTold_isToldByTheNextProcess() {
        told();
        sent();
        written(0, 5);
        applicationHangs();
        session.outbox.get(0).tracker().onAcknowledged();
        messages = start("s1");
        List<DeliveryChange> told = told();
        messages.onBound();
        assertEquals(List.of("SENT to SERVER_ACKED"), states(told));
        messages.onBound();
        assertEquals(1, told.size());
        messages = start("s1");
        told = told();
        messages.onTakenOver();
        assertEquals(List.of(), told, "it is known to be told");
    }

    @Test
    void endThatWasTold_isToldOnce() {
        told();
        sent();
        written(0, 5);
        session.outbox.get(0).tracker().onAcknowledged();
        messages = start("s1");
        List<DeliveryChange> told = told();
        messages.onBound();
        assertEquals(List.of(), told);
    }

    @Test
    void messageThatExpired_isToldOfWithItsReason_andForgottenThen() {
        told();
        sent();
        applicationHangs();
        session.outbox.get(0).tracker().onExpired();
        assertEquals(List.of(), disk.keys("outbox"));
        messages = start("s1");
        List<DeliveryChange> told = told();
        messages.onBound();
        assertEquals(List.of("QUEUED to EXPIRED"), states(told));
        assertInstanceOf(NotSentException.class, told.get(0).failure());
        assertEquals(List.of(), disk.keys("delivery"));
        assertEquals(List.of(), messages.pending());
    }

    @Test
    void messageThatWasRefused_isToldOfWithItsCondition() {
        told();
        String id = sent().id();
        written(0, 5);
        applicationHangs();
        messages.accept(
                Xml.parse("<message type='error' id='" + id
                        + "' from='romeo@montague.example' to='juliet@capulet.example/balcony'><error type='cancel'>"
                        + "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>"),
                MessageFeature.Way.DIRECT);
        messages = start("s1");
        List<DeliveryChange> told = told();
        messages.onBound();
        assertEquals(List.of("SENT to REFUSED"), states(told));
        assertEquals(
                "service-unavailable",
                assertInstanceOf(RequestRejectedException.class, told.get(0).failure())
                        .condition());
    }

    @Test
    void withoutWhoListens_nothingIsKeptToBeTold() {
        sent();
        written(0, 5);
        session.outbox.get(0).tracker().onAcknowledged();
        sent();
        session.outbox.get(1).tracker().onExpired();
        assertEquals(1, disk.keys("delivery").size());
        messages = start("s1");
        List<DeliveryChange> told = told();
        messages.onBound();
        assertEquals(List.of(), told);
    }

    @Test
    void closedClient_hasTold() {
        List<DeliveryChange> told = told();
        sent();
        written(0, 5);
        Queue<Runnable> application = new ArrayDeque<>();
        session.application = application::add;
        session.outbox.get(0).tracker().onAcknowledged();
        messages.onClosed();
        application.forEach(Runnable::run);
        assertEquals(List.of("QUEUED to SENT", "SENT to SERVER_ACKED"), states(told));
        messages = start("s1");
        told = told();
        messages.onBound();
        assertEquals(List.of(), told);
    }
}
