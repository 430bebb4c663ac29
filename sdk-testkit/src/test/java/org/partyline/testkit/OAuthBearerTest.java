package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.partyline.testkit.Sasl2Client.AGENT;
import static org.partyline.testkit.Sasl2Client.authenticate;
import static org.partyline.testkit.Sasl2Client.content;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-in by tokens of OAuth 2.0 (RFC 7628). */
class OAuthBearerTest {
    private static final String TOKEN = "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==";

    private final TestNetwork network = TestNetwork.builder()
            .oauthBearer((user, token) -> user.equals("juliet") && token.equals(TOKEN))
            .start();
    private final TestAccount juliet = network.account("juliet");

    @AfterEach
    void close() {
        network.close();
    }

    /** The header, and the pairs, in the forms of RFC 7628 section 4.1 and with what a client may leave out. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "n,a=juliet@chat.test,|host=chat.test|port=5222|auth=Bearer " + TOKEN + "||",
                "n,a=juliet@chat.test,|auth=Bearer " + TOKEN + "||",
                "y,,|auth=bearer " + TOKEN + "||",
            })
    void token_thatTheCheckTakes_letsIn(String message) throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            assertTrue(Sasl2Client.open(client, juliet).contains("<mechanism>OAUTHBEARER</mechanism>"));
            client.send(authenticate("OAUTHBEARER", separated(message), AGENT, ""));

            String success = client.awaitElement("success");
            assertEquals("juliet@chat.test", content(success, "authorization-identifier"));
            assertEquals(1, network.statistics().signIn().by("OAUTHBEARER"));
        }
    }

    /** Section 3.2.3: the error comes as a challenge, and the failure after the client's dummy response. */
    @Test
    void token_thatTheCheckRefuses_isToldInJson_thenFails() throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, juliet);
            client.send(authenticate("OAUTHBEARER", separated("n,a=juliet@chat.test,|auth=Bearer x||"), AGENT, ""));
            assertEquals(
                    "{\"status\":\"invalid_token\",\"schemes\":\"bearer\"}",
                    Sasl2Client.unbase64(content(client.awaitElement("challenge"), "challenge")));
            client.send("<response xmlns='urn:xmpp:sasl:2'>AQ==</response>");

            assertTrue(client.awaitElement("failure").contains("<not-authorized"));
        }
    }

    @Test
    void token_inTheOldProfile_isToldInTheSameWay() throws IOException {
        TestAccount romeo = network.account("romeo");
        try (RawClient client = RawClient.directTls(network)) {
            client.open();
            client.send(
                    RawClient.auth("OAUTHBEARER", separated("n,a=" + romeo.jid() + ",|auth=Bearer " + TOKEN + "||")));
            client.awaitElement("challenge");
            client.send("<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>AQ==</response>");
            assertTrue(client.awaitElement("failure").contains("<not-authorized"));
            client.send(
                    RawClient.auth("OAUTHBEARER", separated("n,a=" + juliet.jid() + ",|auth=Bearer " + TOKEN + "||")));
            client.awaitSuccess();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n,,",
                "n,,|auth=Bearer x",
                "p=tls-exporter,,|auth=Bearer x||",
                "n,b=juliet,|auth=Bearer x||",
                "n,,|auth=Basic x||",
                "n,,|host=chat.test||"
            })
    void message_thatIsNone_isMalformed(String message) throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, juliet);
            client.send(authenticate("OAUTHBEARER", separated(message), AGENT, ""));

            assertTrue(client.awaitElement("failure").contains("<malformed-request"));
        }
    }

    @Test
    void token_ofNobody_isMalformed_andForSomebodyElse_refused() throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            client.open();
            client.send(authenticate("OAUTHBEARER", separated("n,,|auth=Bearer " + TOKEN + "||"), AGENT, ""));
            assertTrue(client.awaitElement("failure").contains("<malformed-request"));
            client.send(authenticate(
                    "OAUTHBEARER", separated("n,a=juliet@elsewhere.example,|auth=Bearer " + TOKEN + "||"), AGENT, ""));
            assertTrue(client.awaitElement("failure").contains("<invalid-authzid"));
        }
    }

    @Test
    void mechanism_isNotOffered_withoutACheck() throws IOException {
        try (TestNetwork usual = TestNetwork.start();
                RawClient client = RawClient.directTls(usual)) {
            assertFalse(client.open().contains("OAUTHBEARER"));
        }
    }

    private static String separated(String message) {
        return message.replace('|', '\u0001');
    }
}
