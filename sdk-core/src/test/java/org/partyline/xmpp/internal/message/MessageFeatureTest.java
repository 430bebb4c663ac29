package org.partyline.xmpp.internal.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.address.Jid;
import org.partyline.error.RequestRejectedException;
import org.partyline.internal.delivery.Requests;
import org.partyline.internal.delivery.SentTable;
import org.partyline.internal.delivery.TrackedMessage;
import org.partyline.internal.events.EventSource;
import org.partyline.message.CatchUp;
import org.partyline.message.ChatState;
import org.partyline.message.DeliveryState;
import org.partyline.message.Message;
import org.partyline.message.Receipt;
import org.partyline.message.SentMessage;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.ArchiveMarker;
import org.partyline.xmpp.internal.stanza.FakeRoutes;
import org.partyline.xmpp.internal.stanza.FakeSession;
import org.partyline.xmpp.internal.stanza.Xml;

class MessageFeatureTest {
    private static final Jid ROMEO = Jid.parse("romeo@montague.example");
    private static final String RECEIPTS = "urn:xmpp:receipts";

    private final FakeSession session = new FakeSession();
    private final FakeRoutes routes = new FakeRoutes(session);
    private boolean isContact;
    private boolean knownWithoutChatStates;
    private final MessageFeature messages = new MessageFeature(
            session,
            peer -> isContact,
            peer -> knownWithoutChatStates,
            new MessageFeature.Archive(
                    () -> new ArchiveMarker(null, null, 0),
                    archiveId -> {},
                    new EventSource<CatchUp>(session.callbacks(), 1).stream()));
    private final List<Message> incoming = new ArrayList<>();
    private final List<Receipt> receipts = new ArrayList<>();

    @BeforeEach
    void register() {
        messages.register(routes);
        messages.incoming().subscribe(incoming::add);
        messages.receipts().subscribe(receipts::add);
    }

    private void arrives(String stanza) {
        routes.message(Xml.parse(stanza));
    }

    private SentMessage sent() {
        SentMessage message = messages.to(ROMEO)
                .body("Dost thou hear?")
                .requestReceipt()
                .send()
                .join();
        session.outbox.get(session.outbox.size() - 1).tracker().onWritten(1);
        return message;
    }

    private static String asking(String attributes) {
        return "<message from='romeo@montague.example/orchard' " + attributes + "><body>Hark</body><request xmlns='"
                + RECEIPTS + "'/></message>";
    }

    private static String receipt(String from, String id) {
        return "<message from='" + from + "'><received xmlns='" + RECEIPTS + "' id='" + id + "'/></message>";
    }

    @Test
    @DisplayName("XEP-0184 section 8: a stranger gets no receipt, and the message all the same")
    void receipt_askedByAStranger_isNotGiven() {
        arrives(asking("id='1' type='chat'"));
        assertTrue(session.sent.isEmpty());
        assertEquals(1, incoming.size());
        assertTrue(incoming.get(0).receiptRequested());
    }

    @Test
    void receipt_askedByAContact_isGiven() {
        isContact = true;
        arrives(asking("id='1' type='chat'"));
        XmlElement given = session.lastSent();
        assertEquals("romeo@montague.example/orchard", given.attribute("to"));
        assertEquals("1", given.children().get(0).attribute("id"));
    }

    @Test
    void receipt_askedByWhomThisUserWroteTo_isGiven_untilTheSessionEnds() {
        sent();
        arrives(asking("id='1' type='chat'"));
        assertEquals(1, session.sent.size());
        messages.onSessionEnded();
        arrives(asking("id='2' type='chat'"));
        assertEquals(1, session.sent.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"type='chat'", "id='1' type='groupchat'", "id='1' type='error'"})
    void receipt_thatHasNoPlace_isNotGiven(String attributes) {
        isContact = true;
        arrives(asking(attributes));
        assertTrue(session.sent.isEmpty());
    }

    @Test
    void receipt_ofTheReceiver_marksTheMessageDelivered() {
        SentMessage message = sent();
        arrives(receipt("romeo@montague.example/orchard", message.id()));
        assertEquals(DeliveryState.DELIVERED, message.delivered().join().state());
        assertEquals(1, receipts.size());
    }

    @ParameterizedTest
    @DisplayName("T-ORG a receipt by anybody else than the receiver marks nothing")
    @ValueSource(strings = {"tybalt@capulet.example/x", "montague.example", "romeo@evil.example/orchard"})
    void receipt_ofSomebodyElse_isNotHeeded(String from) {
        SentMessage message = sent();
        arrives(receipt(from, message.id()));
        assertEquals(DeliveryState.SENT, message.state());
        assertFalse(message.delivered().isDone());
        assertTrue(receipts.isEmpty());
    }

    @ParameterizedTest
    @DisplayName("T-ORG an error by anybody else than the receiver refuses nothing")
    @ValueSource(strings = {"tybalt@capulet.example/x", "evil.example"})
    void error_ofSomebodyElse_isNotHeeded(String from) {
        SentMessage message = sent();
        arrives("<message type='error' from='" + from + "' id='" + message.id()
                + "'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
                + "</message>");
        assertEquals(DeliveryState.SENT, message.state());
    }

    @Test
    void error_ofTheReceiver_refusesTheMessage_andIsNoMessage() {
        SentMessage message = sent();
        arrives("<message type='error' from='romeo@montague.example' id='" + message.id()
                + "'><body>Dost thou hear?</body><error type='cancel'>"
                + "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
        assertEquals(DeliveryState.REFUSED, message.state());
        RequestRejectedException cause = assertInstanceOf(
                RequestRejectedException.class,
                assertThrows(CompletionException.class, message.delivered()::join)
                        .getCause());
        assertEquals("service-unavailable", cause.condition());
        assertTrue(incoming.isEmpty());
    }

    @Test
    void delivered_withoutARequest_failsAtOnce() {
        SentMessage message = messages.to(ROMEO).body("Hark").send().join();
        assertTrue(
                assertThrows(CompletionException.class, message.delivered()::join)
                                .getCause()
                        instanceof IllegalStateException);
    }

    @Test
    void chatState_repeatedOrNotUnderstood_isNotSent() {
        messages.chatState(ROMEO, ChatState.COMPOSING).join();
        messages.chatState(ROMEO, ChatState.COMPOSING).join();
        assertEquals(1, session.sent.size());
        messages.chatState(ROMEO, ChatState.PAUSED).join();
        assertEquals(2, session.sent.size());
        knownWithoutChatStates = true;
        messages.chatState(ROMEO, ChatState.GONE).join();
        assertEquals(2, session.sent.size());
    }

    @Test
    void copies_giveNoReceipt_andTellOfNoDelivery() {
        isContact = true;
        messages.accept(Xml.parse(asking("id='1' type='chat'")), MessageFeature.Way.COPY_OF_RECEIVED);
        assertTrue(session.sent.isEmpty());
        assertTrue(incoming.get(0).carbon());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u0007", "\uD800", "\uFFFF"})
    void text_thatTheWireCannotCarry_isRefused(String text) {
        assertThrows(
                IllegalArgumentException.class,
                () -> messages.to(ROMEO).body(text).send());
        assertTrue(session.outbox.isEmpty());
    }

    @Test
    void send_withoutContent_orTwice_isRefused() {
        assertThrows(IllegalStateException.class, () -> messages.to(ROMEO).send());
        var message = messages.to(ROMEO).body("Hark");
        message.send();
        assertThrows(IllegalStateException.class, message::send);
        assertEquals(1, session.outbox.size());
    }

    @ParameterizedTest
    @DisplayName("Languages of a message, and the length of its ids: at the limit, one more, ten times as many")
    @CsvSource({"32, 32, 1023, true", "33, 32, 1024, false", "320, 32, 10230, false"})
    void message_isBounded(int languages, int read, int length, boolean kept) {
        StringBuilder stanza = new StringBuilder("<message from='romeo@montague.example/x'>");
        for (int i = 0; i < languages; i++) {
            stanza.append("<body xml:lang='x-").append(i).append("'>Hark</body>");
        }
        arrives(stanza.append("<thread>")
                .append("t".repeat(length))
                .append("</thread></message>")
                .toString());
        assertEquals(read, incoming.get(0).bodies().size());
        assertEquals(kept, incoming.get(0).thread().isPresent());
    }

    @ParameterizedTest
    @DisplayName("Messages that a receipt may come for: at the limit, one more, ten times as many")
    @CsvSource({"10000, 0", "10001, 1", "100000, 90000"})
    void sentMessages_areBounded_andTheOldestIsForgotten(int sent, int forgotten) {
        SentTable table = new SentTable();
        for (int i = 0; i < sent; i++) {
            table.add(new TrackedMessage(
                    "m" + i,
                    ROMEO,
                    new Requests(false, false),
                    Instant.MAX,
                    mock(TrackedMessage.Owner.class, RETURNS_DEEP_STUBS)));
        }
        assertEquals(
                10_000,
                IntStream.range(0, sent)
                        .filter(i -> table.find("m" + i) != null)
                        .count());
        assertEquals(ROMEO, table.addressee("m" + forgotten));
    }

    @Test
    void close_failsWhatWaitsForAReceipt() {
        SentMessage message = sent();
        var delivered = message.delivered();
        messages.onClosed();
        assertTrue(delivered.isCompletedExceptionally());
    }
}
