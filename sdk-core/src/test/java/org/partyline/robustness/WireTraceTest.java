package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.sasl.SaslOptions;
import org.partyline.client.ChatClient;
import org.partyline.error.AuthenticationFailedException;
import org.partyline.message.SentMessage;
import org.partyline.session.ConnectionState;
import org.partyline.testkit.SignInFeature;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.testkit.TestNetworkBuilder;
import org.partyline.trace.WireTrace;
import org.partyline.trace.WireTrace.Kind;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.XmppAccess;

/** T-LOG-1: a client's trace of real sign-ins tells what happened, and no secret. */
class WireTraceTest {
    private static final String PASSWORD = "canary+Kn4ll/erbse-p4ss";
    private static final String BODY = "canary-B0dy-of-a-message";
    private static final String STORED = "canary-pr1vate-st0rage";

    private final Clients clients = new Clients("trace");
    private final KeptSecrets secrets = new KeptSecrets();
    private ChatClient client;

    @AfterEach
    void end() {
        clients.close();
    }

    private ChatClient.Builder builder(TestNetwork network, TestAccount account) {
        return clients.builder(network, account)
                .credentials(Credentials.password(PASSWORD::toCharArray))
                .sasl(SaslOptions.DEFAULT.withPlain(true))
                .secretStore(secrets)
                .trace(1_000);
    }

    private List<String> texts() {
        return client.trace().entries().stream().map(WireTrace.Entry::text).toList();
    }

    private List<String> texts(Kind kind, String start) {
        return client.trace().entries().stream()
                .filter(entry -> entry.kind() == kind && entry.text().startsWith(start))
                .map(WireTrace.Entry::text)
                .toList();
    }

    /** Neither the password, nor a body, nor what PLAIN says, nor a token: as text, entry by entry, and with bodies. */
    private void assertNoSecret(List<String> tokens) {
        List<String> shown = new ArrayList<>(texts());
        shown.add(client.trace().text());
        shown.add(client.trace().toString());
        shown.add(client.trace().withBodies(false).text());
        assertEquals(List.of(), Dresses.hits(shown, BODY), "a body is shown");
        shown.add(client.trace().withBodies(true).text());
        assertEquals(List.of(), Dresses.hits(shown, PASSWORD), "the password is shown");
        assertEquals(List.of(), Dresses.hits(shown, "\0juliet\0" + PASSWORD), "PLAIN is shown");
        assertEquals(List.of(), Dresses.hits(shown, STORED), "private storage is shown");
        for (String token : tokens) {
            assertEquals(List.of(), Dresses.hits(shown, token), "a token is shown");
        }
        assertEquals(
                1,
                Dresses.hits(List.of(client.trace().withBodies(true).text()), BODY)
                        .size());
        for (String each : shown) {
            assertTrue(each.chars().allMatch(c -> c >= ' ' || c == '\n'), "a control character is shown");
        }
    }

    private void speak(TestAccount account) {
        SentMessage sent = Await.outcome(
                client.messages().to(Jid.parse(account.jid())).body(BODY).send());
        Await.outcome(sent.acknowledged());
        XmlElement stored = XmlElement.builder("jabber:iq:private", "query")
                .child(XmlElement.builder("some:notes", "notes").text(STORED).build())
                .build();
        // Whether the server knows it is all the same: it went over the wire.
        Await.outcome(
                client.extension(XmppAccess.class).query("set", null, stored).exceptionally(refused -> stored));
    }

    @ParameterizedTest
    @CsvSource({"PLAIN, false", "SCRAM-SHA-1, false", "SCRAM-SHA-256, false", "PLAIN, true", "SCRAM-SHA-512, true"})
    @DisplayName("T-LOG-1: sign-in, messages, a resumption and a refused sign-in leave no secret in the trace")
    void wholeLife_isTraced_withoutSecrets(String mechanism, boolean modern) {
        TestNetworkBuilder building =
                TestNetwork.builder().mechanisms(mechanism).ownAuthority();
        if (!modern) {
            building.without(SignInFeature.SASL2);
        }
        try (TestNetwork network = building.start()) {
            TestAccount juliet = network.account("juliet", PASSWORD);
            client = clients.online(builder(network, juliet));
            speak(juliet);
            Clients.comeBackAtOnce(client);
            var online = Clients.next(client, ConnectionState.ONLINE);
            network.cut(juliet);
            assertTrue(Await.outcome(online).resumed());

            List<String> tokens = tokens(juliet, modern);
            assertNoSecret(tokens);
            String auth = modern ? "<authenticate " : "<auth ";
            List<String> signIns = texts(Kind.SENT, auth);
            assertEquals(2, signIns.size(), signIns::toString);
            assertTrue(signIns.get(0).contains("mechanism='" + mechanism + "'"), signIns::toString);
            assertTrue(signIns.get(0).contains(">[secret]</"), signIns::toString);
            assertEquals(2, texts(Kind.RECEIVED, "<success ").size());
            String all = client.trace().text();
            assertTrue(
                    all.contains("<enabled xmlns='urn:xmpp:sm:3' resume='true' id='[secret]'")
                            || all.contains("id='[secret]' resume='true'"),
                    all);
            assertTrue(all.contains("previd='[secret]'"), all);
            assertEquals(modern ? 1 : 0, tokens.size());

            ChatClient first = client;
            client = clients.build(builder(network, juliet)
                    .credentials(Credentials.password((PASSWORD + "-2")::toCharArray))
                    .secretStore(new KeptSecrets()));
            Await.failure(AuthenticationFailedException.class, client.connect());
            List<String> shown = List.of(client.trace().withBodies(true).text());
            assertEquals(List.of(), Dresses.hits(shown, PASSWORD));
            assertTrue(shown.get(0).contains("AuthenticationFailedException"), shown::toString);
            client = first;
            clients.closeClients();
            assertNoSecret(tokens);
        }
    }

    private List<String> tokens(TestAccount account, boolean modern) {
        if (!modern) {
            return List.of();
        }
        secrets.awaitWrites(1);
        return List.of(secrets.fastToken(account.jid()));
    }

    @Test
    void firstEntries_tellHowTheConnectionCame() {
        try (TestNetwork network = TestNetwork.start()) {
            TestAccount juliet = network.account("juliet", PASSWORD);
            client = clients.online(builder(network, juliet));
            List<WireTrace.Entry> entries = client.trace().entries();
            List<String> begins = entries.stream()
                    .limit(9)
                    .map(entry -> entry.kind() + " "
                            + entry.text().lines().findFirst().orElseThrow())
                    .toList();
            assertEquals(
                    List.of(
                            "EVENT connecting to chat",
                            "EVENT connected to START",
                            "SENT <stream xmlns='http",
                            "RECEIVED <stream xmlns='",
                            "RECEIVED <features xmlns",
                            "SENT <starttls xmlns='ur",
                            "RECEIVED <proceed xmlns=",
                            "EVENT TLS established wi",
                            "SENT <stream xmlns='http"),
                    begins.stream()
                            .map(line -> line.substring(0, Math.min(line.length(), 24)))
                            .toList());
            assertTrue(entries.get(7).text().contains("TLSv1."), entries.get(7).text());
            assertTrue(entries.stream().allMatch(entry -> entry.connection() == 1));
            for (int i = 1; i < entries.size(); i++) {
                assertTrue(entries.get(i - 1).elapsed().compareTo(entries.get(i).elapsed()) <= 0);
            }
            Await.outcome(client.disconnect());
            String after = client.trace().text();
            assertTrue(after.contains("closing the stream") && after.contains("the connection ended in order"), after);
        }
    }

    @Test
    void withoutBeingAskedFor_nothingIsKept() {
        try (TestNetwork network = TestNetwork.start()) {
            TestAccount juliet = network.account("juliet", PASSWORD);
            client = clients.online(builder(network, juliet).trace(0));
            speak(juliet);
            assertEquals(List.of(), client.trace().entries());
            assertEquals(0, client.trace().dropped());
            assertFalse(client.trace().text().contains("<"));
        }
    }
}
