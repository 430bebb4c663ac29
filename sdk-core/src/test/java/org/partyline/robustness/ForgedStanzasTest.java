package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.partyline.address.Jid;
import org.partyline.client.ChatClient;
import org.partyline.message.DeliveryState;
import org.partyline.message.SentMessage;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.xmpp.internal.stanza.Xml;
import org.slf4j.event.Level;

/** A whole client, online, and forgeries from everybody who might try: nobody who uses the client hears of them. */
class ForgedStanzasTest {
    /** Stands in every forged payload. */
    private static final String CANARY = "forged";

    private static final String COPY = "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' "
            + "from='romeo@chat.test/x' to='juliet@chat.test/x' type='chat'><body>forged</body></message></forwarded>";

    private final LogCapture log = LogCapture.from(Level.DEBUG);
    private final TestNetwork network = TestNetwork.builder().archives(false).start();
    private final Clients clients = new Clients("forged");
    private final TestAccount juliet = network.account("juliet");
    private final TestAccount romeo = network.sink("romeo");
    private ChatClient client;
    private Heard heard;
    private SentMessage sent;

    @BeforeEach
    void goOnline() {
        client = clients.online(clients.builder(network, juliet));
        sent = Await.outcome(client.messages()
                .to(Jid.parse(romeo.jid()))
                .body("Art thou there?")
                .requestReceipt()
                .send());
        Await.outcome(sent.acknowledged());
        heard = new Heard(client);
    }

    @AfterEach
    void end() {
        clients.close();
        network.close();
        log.close();
        assertEquals(
                List.of(),
                log.lines().stream()
                        .filter(line -> line.startsWith("ERROR") || line.startsWith("WARN") || line.contains(CANARY))
                        .toList());
    }

    /** Whoever is not the account itself; the account's own devices among them. */
    private List<String> others() {
        return List.of(
                "romeo@chat.test",
                "romeo@chat.test/orchard",
                "chat.test",
                client.self().orElseThrow().toString(),
                "juliet@chat.test/chamber",
                "jul\u0456et@chat.test",
                "juliet@chat.test.evil.example",
                "mallory@evil.example/x",
                "evil.example",
                "@chat.test",
                "");
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                Arguments.of(
                        "T-ORG-1 a carbon of what was received",
                        "<received xmlns='urn:xmpp:carbons:2'>" + COPY + "</received>"),
                Arguments.of(
                        "T-ORG-1 a carbon of what was sent", "<sent xmlns='urn:xmpp:carbons:2'>" + COPY + "</sent>"),
                Arguments.of(
                        "T-ORG-4 a result of an archive that nobody asked",
                        "<result xmlns='urn:xmpp:mam:2' queryid='forged' id='1'>" + COPY + "</result>"),
                Arguments.of(
                        "T-ORG-5 bookmarks",
                        "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='urn:xmpp:bookmarks:1'>"
                                + "<item id='forged@rooms.evil.example'/></items></event>"),
                Arguments.of(
                        "T-ORG-8 a stanza id by the account",
                        "<stanza-id xmlns='urn:xmpp:sid:0' by='juliet@chat.test' id='forged'/>"),
                Arguments.of("T-SM-1 stream management in a message", "<a xmlns='urn:xmpp:sm:3' h='1' x='forged'/>"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    @DisplayName("T-ORG-1, 4, 5, 8: what others forge is heard by nobody, neither by services nor by the raw door")
    void payload_ofSomebodyElse_isHeardByNobody(String name, String payload) {
        for (String from : others()) {
            inject("<message from='" + from + "' type='chat'>" + payload + "</message>");
        }
        end("romeo@chat.test");
        assertEquals(List.of(), heard.told);
        assertEquals(List.of(), canaries());
    }

    @Test
    @DisplayName("T-ORG-1: a carbon of the account itself is heard, whatever case it is written in")
    void carbon_ofTheAccount_isHeard() {
        String carbon = "<received xmlns='urn:xmpp:carbons:2'>" + COPY + "</received>";
        for (String from : List.of("", " from='juliet@chat.test'", " from='JULIET@Chat.Test'")) {
            inject("<message" + from + ">" + carbon + "</message>");
        }
        inject("<message><received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
                + "<message xmlns='jabber:client' from='juliet@chat.test'><body>outer</body>" + carbon
                + "</message></forwarded></received></message>");
        end("romeo@chat.test");
        assertEquals(
                List.of(
                        "message from romeo@chat.test/x: forged",
                        "message from romeo@chat.test/x: forged",
                        "message from romeo@chat.test/x: forged"),
                heard.told);
    }

    @Test
    @DisplayName("T-ORG-7: receipts, markers, corrections and retractions count from those alone who have a say")
    void word_aboutAMessage_ofSomebodyElse_isLeftOut() {
        String about = "' id='" + sent.id() + "' x='forged'/>";
        List<String> strangers = others().stream()
                .filter(from -> !from.startsWith("romeo@chat.test"))
                .toList();
        for (String from : strangers) {
            inject("<message from='" + from + "'><received xmlns='urn:xmpp:receipts" + about
                    + "<displayed xmlns='urn:xmpp:chat-markers:0" + about + "</message>");
            inject("<message type='error' from='" + from + "' id='" + sent.id()
                    + "'><x xmlns='urn:forged'/></message>");
        }
        for (String from : List.of("romeo@chat.test/orchard", "mallory@evil.example")) {
            inject("<message from='" + from + "'><body>kept</body><replace xmlns='urn:xmpp:message-correct:0" + about
                    + "<retract xmlns='urn:xmpp:message-retract:1" + about + "</message>");
        }
        // A copy is true, but whoever wrote what it holds may not have said so.
        inject("<message><received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
                + "<message xmlns='jabber:client' from='mallory@evil.example'><received xmlns='urn:xmpp:receipts"
                + about
                + "</message></forwarded></received></message>");
        end("romeo@chat.test");
        assertEquals(
                List.of("message from romeo@chat.test/orchard: kept", "message from mallory@evil.example: kept"),
                heard.told);
        assertEquals(List.of(), canaries());
        assertFalse(sent.delivered().isDone());
        assertEquals(DeliveryState.SERVER_ACKED, sent.state());

        inject("<message from='romeo@chat.test/orchard'><received xmlns='urn:xmpp:receipts' id='" + sent.id()
                + "'/></message>");
        assertEquals(DeliveryState.DELIVERED, Await.outcome(sent.delivered()).state());
    }

    @Test
    @DisplayName(
            "T-ORG-11, T-ORG-13: messages of rooms that nobody entered, and subscriptions in the account's own name")
    void stanza_ofWhoHasNoPlace_isHeardByNobody() {
        for (String from : others()) {
            inject("<message type='groupchat' from='" + from + "'><subject>forged</subject></message>");
        }
        for (String from : List.of("juliet@chat.test", "juliet@chat.test/x", "@chat.test", "")) {
            inject("<presence type='subscribe' from='" + from + "'><status>forged</status></presence>");
        }
        inject("<presence type='subscribed'><status>forged</status></presence>");
        end("romeo@chat.test");
        assertEquals(List.of(), heard.told);
        assertEquals(List.of(), canaries());
    }

    @Test
    @DisplayName("T-ORG-2: a push of somebody else changes nothing, and no handler hears of it")
    void push_ofSomebodyElse_isHeardByNobody() {
        for (String from : others()) {
            for (String payload : List.of(
                    "<query xmlns='jabber:iq:roster'><item jid='forged@evil.example' subscription='both'/></query>",
                    "<block xmlns='urn:xmpp:blocking'><item jid='forged@evil.example'/></block>")) {
                inject("<iq type='set' id='p' from='" + from + "'>" + payload + "</iq>");
            }
            inject("<iq type='result' id='guessed' from='" + from + "'><x xmlns='urn:forged'/></iq>");
        }
        end("romeo@chat.test");
        assertEquals(List.of(), heard.told);
        assertEquals(List.of(), canaries());
        assertTrue(client.roster().contacts().isEmpty());
    }

    private void inject(String stanza) {
        assertEquals(1, network.inject(juliet, Xml.parse(stanza)));
    }

    private void end(String from) {
        inject(Heard.end(from));
        heard.awaitEnd();
    }

    /** What came through the raw door and should not have; it has heard the last stanza by now, or will not hear more. */
    private List<String> canaries() {
        return heard.raw.stream().filter(xml -> xml.contains(CANARY)).toList();
    }
}
