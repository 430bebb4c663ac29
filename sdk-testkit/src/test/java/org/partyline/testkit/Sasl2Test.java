package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.partyline.testkit.Sasl2Client.AGENT;
import static org.partyline.testkit.Sasl2Client.authenticate;
import static org.partyline.testkit.Sasl2Client.content;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.testkit.Faults.Stage;

/** Sign-in as XEP-0388 has it, seen by a client of strings. */
class Sasl2Test {
    private final TestNetwork network = TestNetwork.start();
    private final TestAccount juliet = network.account("juliet");

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void plain_withoutWishes_succeeds_andBindingFollowsOnTheSameStream() throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            String features = Sasl2Client.open(client, juliet);
            assertTrue(features.contains("<authentication xmlns='urn:xmpp:sasl:2'><mechanism>SCRAM-SHA-512"), features);
            assertTrue(features.contains("<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"), features);
            client.send(Sasl2Client.plain(juliet, AGENT, ""));
            String success = client.awaitElement("success");
            assertEquals("juliet@chat.test", content(success, "authorization-identifier"));
            assertFalse(success.contains("additional-data"), success);
            assertTrue(client.awaitElement("stream:features").contains("urn:ietf:params:xml:ns:xmpp-bind"));

            assertTrue(client.bind("balcony").contains("<jid>juliet@chat.test/balcony</jid>"));
            assertEquals(Map.of("PLAIN", 1L), network.statistics().signIn().byMechanism());
            // Header, sign-in, and binding.
            assertEquals(3, network.statistics().signIn().roundTrips());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    void scram_provesBothSides(String mechanism) throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, juliet);
            ScramExchange scram = new ScramExchange(mechanism, juliet, "n,,", new byte[0]);
            client.send(authenticate(mechanism, scram.first(), AGENT, ""));
            String challenge = Sasl2Client.unbase64(content(client.awaitElement("challenge"), "challenge"));
            client.send(response(scram.last(challenge)));
            String success = client.awaitElement("success");

            assertTrue(scram.isServersProof(Sasl2Client.unbase64(content(success, "additional-data"))));
            assertEquals(1, network.statistics().signIn().by(mechanism));
        }
    }

    @Test
    void scram_withoutInitialResponse_isAskedForIt() throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, juliet);
            ScramExchange scram = new ScramExchange("SCRAM-SHA-256", juliet, "n,,", new byte[0]);
            client.send(authenticate("SCRAM-SHA-256", null, AGENT, ""));
            client.awaitMatch("<challenge xmlns='urn:xmpp:sasl:2'\\s*/>");
            client.send(response(scram.first()));
            String challenge = Sasl2Client.unbase64(content(client.awaitElement("challenge"), "challenge"));
            client.send(response(scram.last(challenge)));

            client.awaitElement("success");
        }
    }

    @Test
    void failures_nameTheirCondition_andTheStreamStaysUsable() throws IOException {
        TestAccount wrong = new TestAccount("juliet", network.domain(), "wrong");
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, juliet);
            for (Map.Entry<String, String> each : Map.of(
                            Sasl2Client.plain(wrong, AGENT, "<bind xmlns='urn:xmpp:bind:0'/>"), "not-authorized",
                            authenticate("SCRAM-SHA-3", "n,,", AGENT, ""), "invalid-mechanism",
                            authenticate("PLAIN", "no separators", "not a UUID", ""), "malformed-request")
                    .entrySet()) {
                client.send(each.getKey());
                String failure = client.awaitElement("failure");
                assertTrue(failure.startsWith("<failure xmlns='urn:xmpp:sasl:2'>"), failure);
                assertTrue(
                        failure.contains("<" + each.getValue() + " xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"),
                        failure);
            }
            assertEquals(List.of(), network.sessions());
            assertEquals(3, network.statistics().failedSignIns());

            client.send(Sasl2Client.plain(juliet, AGENT, ""));
            client.awaitElement("success");
        }
    }

    @Test
    void abort_endsTheExchange() throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, juliet);
            client.send(authenticate("SCRAM-SHA-256", "n,,n=juliet,r=abc", AGENT, ""));
            client.awaitElement("challenge");
            client.send("<abort xmlns='urn:xmpp:sasl:2'><text>changed my mind</text></abort>");

            assertTrue(client.awaitElement("failure").contains("<aborted"));
            client.send(Sasl2Client.plain(juliet, AGENT, ""));
            client.awaitElement("success");
        }
    }

    @Test
    void authorizationIdentity_thatTheHeaderDoesNotName_isRefused() throws IOException {
        TestAccount romeo = network.account("romeo");
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, romeo);
            client.send(authenticate("PLAIN", "juliet@chat.test\0juliet\0" + juliet.password(), AGENT, ""));

            assertTrue(client.awaitElement("failure").contains("<invalid-authzid"));
        }
    }

    @Test
    void header_fromAnotherDomain_endsTheStream() throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            client.send("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
                    + " version='1.0' to='chat.test' from='juliet@elsewhere.example'>");

            assertTrue(client.awaitEnd().contains("<invalid-from"));
        }
    }

    /** XEP-0388 section 2.4: nothing but responses while it is under way; section 4: nothing begins after it has succeeded. */
    @Test
    void whatIsOutOfPlace_endsTheStream() throws IOException {
        String scram = authenticate("SCRAM-SHA-256", "n,,n=juliet,r=abc", AGENT, "");
        for (String sent : List.of(
                response("n,,"),
                scram + scram,
                scram + "<presence/>",
                Sasl2Client.plain(juliet, AGENT, "") + Sasl2Client.plain(juliet, AGENT, ""))) {
            try (RawClient client = RawClient.directTls(network)) {
                Sasl2Client.open(client, juliet);
                client.send(sent);

                String end = client.awaitEnd();
                assertTrue(end.contains("<stream:error>"), end);
            }
        }
    }

    @Test
    void stopAtSuccess_saysNothing_andBindsNothing() throws IOException {
        network.faults(juliet).stopAt(Stage.SASL_SUCCESS);
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, juliet);
            client.send(Sasl2Client.plain(juliet, AGENT, "<bind xmlns='urn:xmpp:bind:0'/>"));

            assertTrue(client.staysQuiet());
            assertEquals(List.of(), network.sessions());
        }
    }

    @Test
    void without_leavesAProfileOut() throws IOException {
        try (TestNetwork old =
                        TestNetwork.builder().without(SignInFeature.SASL2).start();
                RawClient client = RawClient.directTls(old)) {
            assertFalse(client.open().contains("urn:xmpp:sasl:2"));
            client.send(Sasl2Client.plain(old.account("juliet"), AGENT, ""));
            assertTrue(client.awaitEnd().contains("<not-authorized"));
        }
        try (TestNetwork modern =
                        TestNetwork.builder().without(SignInFeature.SASL).start();
                RawClient client = RawClient.directTls(modern)) {
            assertFalse(client.open().contains("urn:ietf:params:xml:ns:xmpp-sasl"));
            client.send(RawClient.plainAuth(modern.account("juliet")));
            assertTrue(client.awaitEnd().contains("<not-authorized"));
        }
    }

    private static String response(String message) {
        return "<response xmlns='urn:xmpp:sasl:2'>" + Sasl2Client.base64(message) + "</response>";
    }
}
