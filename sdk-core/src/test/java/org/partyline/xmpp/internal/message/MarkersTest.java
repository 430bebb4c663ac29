package org.partyline.xmpp.internal.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partyline.address.Jid;
import org.partyline.error.NotConnectedException;
import org.partyline.internal.events.EventSource;
import org.partyline.internal.store.MemoryStore;
import org.partyline.message.CatchUp;
import org.partyline.message.DeliveryState;
import org.partyline.message.DisplayedMarker;
import org.partyline.message.Message;
import org.partyline.message.OutgoingMessage;
import org.partyline.message.SentMessage;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.ArchiveMarker;
import org.partyline.xmpp.internal.stanza.FakeRoutes;
import org.partyline.xmpp.internal.stanza.FakeSession;
import org.partyline.xmpp.internal.stanza.Xml;

/** Who was shown what (XEP-0333). */
class MarkersTest {
    private static final String MARKERS = "urn:xmpp:chat-markers:0";
    private static final Jid ROMEO = Jid.parse("romeo@montague.example");

    private final MemoryStore disk = new MemoryStore();
    private FakeSession session;
    private FakeRoutes routes;
    private MessageFeature messages;
    private boolean isContact = true;
    private final List<DisplayedMarker> markers = new ArrayList<>();
    private final List<Message> incoming = new ArrayList<>();

    @BeforeEach
    void start() {
        disk.restart();
        session = new FakeSession(disk);
        routes = new FakeRoutes(session);
        messages = new MessageFeature(
                session,
                peer -> isContact,
                peer -> false,
                new MessageFeature.Archive(
                        () -> new ArchiveMarker(null, null, 0),
                        archiveId -> {},
                        new EventSource<CatchUp>(session.callbacks(), 1).stream()));
        messages.register(routes);
        messages.displayedMarkers().subscribe(markers::add);
        messages.incoming().subscribe(incoming::add);
    }

    private SentMessage sent(Jid to, boolean asking) {
        OutgoingMessage message = messages.to(to).body("Hark");
        SentMessage sent =
                (asking ? message.requestDisplayed() : message).send().join();
        session.outbox.get(session.outbox.size() - 1).tracker().onWritten(1);
        return sent;
    }

    private static XmlElement displayed(String from, String type, String id) {
        return Xml.parse("<message from='" + from + "' to='juliet@capulet.example/balcony' type='" + type
                + "'><displayed xmlns='" + MARKERS + "' id='" + id + "'/></message>");
    }

    @Test
    void request_isOnTheWire_andTheFeatureIsTold() {
        sent(ROMEO, true);
        sent(ROMEO, false);
        assertTrue(session.outbox.get(0).message().child(MARKERS, "markable") != null);
        assertTrue(session.outbox.get(1).message().child(MARKERS, "markable") == null);
        assertTrue(routes.discoFeatures.contains(MARKERS));
    }

    @Test
    @DisplayName("A marker is for all before it that were asked for, to the same receiver")
    void marker_marksWhatIsBeforeIt() {
        SentMessage first = sent(ROMEO, true);
        SentMessage notAsked = sent(ROMEO, false);
        SentMessage toAnother = sent(Jid.parse("tybalt@capulet.example"), true);
        SentMessage marked = sent(ROMEO, true);
        SentMessage later = sent(ROMEO, true);
        routes.message(displayed("romeo@montague.example/orchard", "chat", marked.id()));
        assertEquals(
                List.of(
                        DeliveryState.DISPLAYED,
                        DeliveryState.SENT,
                        DeliveryState.SENT,
                        DeliveryState.DISPLAYED,
                        DeliveryState.SENT),
                List.of(first, notAsked, toAnother, marked, later).stream()
                        .map(SentMessage::state)
                        .toList());
        assertEquals(List.of(new DisplayedMarker(Jid.parse("romeo@montague.example/orchard"), marked.id())), markers);
        assertEquals(List.of(), incoming, "a marker is no message");
    }

    @Test
    void markers_moveForwardAlone_andAreToldOnce() {
        SentMessage first = sent(ROMEO, true);
        SentMessage second = sent(ROMEO, true);
        routes.message(displayed("romeo@montague.example/x", "chat", second.id()));
        routes.message(displayed("romeo@montague.example/x", "chat", second.id()));
        routes.message(displayed("romeo@montague.example/x", "chat", first.id()));
        messages.catchUpTarget().archived("a1", displayed("romeo@montague.example/x", "chat", second.id()));
        assertEquals(1, markers.size());
    }

    @ParameterizedTest
    @CsvSource({
        "tybalt@capulet.example/x, chat",
        "romeo@evil.example, chat",
        "romeo@montague.example/x, groupchat",
        "romeo@montague.example/x, error"
    })
    void markerOfAnother_orOfNoConversation_marksNothing(String from, String type) {
        SentMessage message = sent(ROMEO, true);
        routes.message(displayed(from, type, message.id()));
        messages.catchUpTarget().archived("a1", displayed(from, type, message.id()));
        routes.message(displayed("romeo@montague.example/x", "chat", "unknown"));
        assertEquals(DeliveryState.SENT, message.state());
        assertEquals(List.of(), markers);
    }

    @Test
    void markerOutOfTheArchive_counts() {
        SentMessage message = sent(ROMEO, true);
        messages.catchUpTarget().archived("a1", displayed("romeo@montague.example/x", "chat", message.id()));
        assertEquals(DeliveryState.DISPLAYED, message.state());
        assertEquals(1, markers.size());
    }

    @Test
    void nextProcess_knowsWhatWasAskedFor() {
        SentMessage first = sent(ROMEO, true);
        SentMessage second = sent(ROMEO, true);
        start();
        List<String> displayed = new ArrayList<>();
        messages.deliveries().subscribe(change -> displayed.add(change.message().id() + " " + change.to()));
        routes.message(displayed("romeo@montague.example/x", "chat", second.id()));
        assertEquals(List.of(second.id() + " DISPLAYED", first.id() + " DISPLAYED"), displayed);
    }

    private Message arrives(String attributes, boolean markable) {
        messages.accept(
                Xml.parse("<message to='juliet@capulet.example/balcony' " + attributes + "><body>Hark</body>"
                        + (markable ? "<markable xmlns='" + MARKERS + "'/>" : "") + "</message>"),
                MessageFeature.Way.DIRECT);
        return incoming.get(incoming.size() - 1);
    }

    /** Up to which message a marker says that everything was displayed. */
    private static @Nullable String shown(XmlElement marker) {
        XmlElement displayed = marker.child(MARKERS, "displayed");
        return displayed == null ? null : displayed.attribute("id");
    }

    @Test
    void markDisplayed_tellsTheSender_onceForEachMessage() {
        Message first = arrives("from='romeo@montague.example/x' type='chat' id='1'", true);
        Message second = arrives("from='romeo@montague.example/x' type='chat' id='2'", true);
        assertTrue(messages.markDisplayed(first).join());
        assertFalse(messages.markDisplayed(first).join());
        assertTrue(messages.markDisplayed(second).join());
        assertEquals(2, session.sent.size());
        XmlElement marker = session.lastSent();
        assertEquals("romeo@montague.example", marker.attribute("to"));
        assertEquals("chat", marker.attribute("type"));
        assertEquals("2", shown(marker));
        assertTrue(marker.child("urn:xmpp:hints", "store") != null);
        assertTrue(marker.child(MARKERS, "markable") == null);
    }

    @ParameterizedTest
    @DisplayName(
            "XEP-0333 sections 4.2, 5: what was not asked for, has no id, is of a room, or of this account, is not marked")
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "from='romeo@montague.example/x' type='chat' id='1', false",
                "from='romeo@montague.example/x' type='chat', true",
                "from='romeo@montague.example/x' type='groupchat' id='1', true",
                "from='juliet@capulet.example/desk' type='chat' id='1', true"
            })
    void markDisplayed_whereThereIsNothingToTell_sendsNothing(String attributes, boolean markable) {
        assertFalse(messages.markDisplayed(arrives(attributes, markable)).join());
        assertEquals(List.of(), session.sent);
    }

    @Test
    @DisplayName("XEP-0333 section 7: who may not know that this account is there is not told")
    void markDisplayed_tellsNoStranger() {
        isContact = false;
        Message message = arrives("from='romeo@montague.example/x' type='chat' id='1'", true);
        assertFalse(messages.markDisplayed(message).join());
        sent(ROMEO, false);
        assertTrue(messages.markDisplayed(message).join());
    }

    @Test
    void markDisplayed_offline_fails_andCanBeTriedAgain() {
        Message message = arrives("from='romeo@montague.example/x' type='chat' id='1'", true);
        session.online = false;
        assertInstanceOf(
                NotConnectedException.class,
                assertThrows(
                                CompletionException.class,
                                () -> messages.markDisplayed(message).join())
                        .getCause());
        session.online = true;
        assertTrue(messages.markDisplayed(message).join());
    }

    @ParameterizedTest
    @DisplayName("Conversations whose last marker is known: at the limit, one more, ten times as many")
    @CsvSource({"1000, false", "1001, true", "10000, true"})
    void marked_isBounded(int conversations, boolean forgotten) {
        for (int i = 0; i < conversations; i++) {
            Message message = arrives("from='u" + i + "@montague.example/x' type='chat' id='1'", true);
            assertTrue(messages.markDisplayed(message).join());
        }
        assertEquals(forgotten, messages.markDisplayed(incoming.get(0)).join());
    }
}
