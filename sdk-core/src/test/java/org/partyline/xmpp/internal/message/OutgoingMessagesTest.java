package org.partyline.xmpp.internal.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.internal.events.EventSource;
import org.partyline.internal.store.MemoryStore;
import org.partyline.message.CatchUp;
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
                        () -> new ArchiveMarker(null, null),
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
}
