package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.partyline.testkit.Sasl2Client.AGENT;
import static org.partyline.testkit.Sasl2Client.OTHER_AGENT;
import static org.partyline.testkit.Sasl2Client.content;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that stand for a password (XEP-0484), with their hashes reckoned from draft-schmaus-kitten-sasl-ht-09 alone. */
class FastTest {
    private static final String NONE = "HT-SHA-256-NONE";
    private static final String END_POINT = "HT-SHA-256-ENDP";
    private static final byte[] UNBOUND = {};

    private final TestNetwork network = TestNetwork.builder()
            .fastTokens(Duration.ofDays(14), Duration.ofDays(1))
            .start();
    private final TestAccount juliet = network.account("juliet");

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void features_nameTheMechanisms_onlyToAClientThatSaysWhoItIs() throws Exception {
        try (RawClient named = RawClient.directTls(network);
                RawClient unnamed = RawClient.directTls(network)) {
            String fast = content(Sasl2Client.open(named, juliet), "fast");
            assertTrue(
                    fast.endsWith("<mechanism>" + END_POINT + "</mechanism><mechanism>" + NONE + "</mechanism>"), fast);
            assertEquals(
                    Sasl2Client.exporter(named) != null, fast.startsWith("<mechanism>HT-SHA-256-EXPR</mechanism>"));
            assertFalse(unnamed.open().contains("urn:xmpp:fast:0"));
        }
    }

    @Test
    void token_isGivenForAPassword_andLetsIn_inTwoTurns() throws Exception {
        String token = obtain(NONE);
        long before = network.statistics().signIn().roundTrips();
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, juliet);
            client.send(attempt(
                    NONE,
                    token,
                    UNBOUND,
                    AGENT,
                    "<fast xmlns='urn:xmpp:fast:0'/>" + "<bind xmlns='urn:xmpp:bind:0'><tag>Raw</tag></bind>"));
            String success = client.awaitElement("success");

            assertEquals(Sasl2Client.base64(keyed(token, "Responder", UNBOUND)), content(success, "additional-data"));
            assertTrue(content(success, "authorization-identifier").startsWith("juliet@chat.test/Raw~"), success);
            assertFalse(success.contains("<token"), success);
        }
        SignInStatistics signIn = network.statistics().signIn();
        assertEquals(1, signIn.by(NONE));
        assertEquals(1, signIn.tokensIssued());
        assertEquals(2, signIn.roundTrips() - before);
    }

    @Test
    void token_boundToTheCertificate_letsInOnTheNextConnection_andNotUnbound() throws Exception {
        String token = obtain(END_POINT);
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, juliet);
            client.send(attempt(NONE, token, UNBOUND, AGENT, FAST));
            assertTrue(client.awaitElement("failure").contains("<not-authorized"));
            client.send(attempt(END_POINT, token, UNBOUND, AGENT, FAST));
            assertTrue(client.awaitElement("failure").contains("<not-authorized"));
            byte[] binding = Sasl2Client.endPoint(client);
            client.send(attempt(END_POINT, token, binding, AGENT, FAST));

            assertEquals(
                    Sasl2Client.base64(keyed(token, "Responder", binding)),
                    content(client.awaitElement("success"), "additional-data"));
        }
    }

    @Test
    void token_boundToTheExporter_letsIn() throws Exception {
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, juliet);
            byte[] binding = Sasl2Client.exporter(client);
            assumeTrue(binding != null, "JDK 25 and later");
            String token = obtain("HT-SHA-256-EXPR");
            client.send(attempt("HT-SHA-256-EXPR", token, Objects.requireNonNull(binding), AGENT, FAST));

            client.awaitElement("success");
        }
    }

    @Test
    void token_ofAnotherInstallation_orAccount_isRefused() throws Exception {
        TestAccount romeo = network.account("romeo");
        String token = obtain(NONE);
        assertEquals("not-authorized", tryToken(juliet, attempt(NONE, token, UNBOUND, OTHER_AGENT, FAST)));
        assertEquals("not-authorized", tryToken(romeo, attempt(NONE, token, UNBOUND, AGENT, FAST)));
        assertEquals("not-authorized", tryToken(juliet, attempt(NONE, "guessed", UNBOUND, AGENT, FAST)));
        assertEquals("success", tryToken(juliet, attempt(NONE, token, UNBOUND, AGENT, FAST)));
    }

    @Test
    void token_whoseTimeIsOver_saysSo_andOneThatIsForgotten_doesNot() throws Exception {
        String token = obtain(NONE);
        network.faults(juliet).expireTokens();
        assertEquals("credentials-expired", tryToken(juliet, attempt(NONE, token, UNBOUND, AGENT, FAST)));
        network.faults().forgetTokens();
        assertEquals("not-authorized", tryToken(juliet, attempt(NONE, token, UNBOUND, AGENT, FAST)));
    }

    @Test
    void token_ofAnOlderPassword_isRefused() throws Exception {
        String token = obtain(NONE);
        network.account("juliet", "changed");

        assertEquals("not-authorized", tryToken(juliet, attempt(NONE, token, UNBOUND, AGENT, FAST)));
    }

    @Test
    void expiry_isThatOfTheBuilder() throws Exception {
        Instant before = Instant.now().minusSeconds(1);
        String given = given(network, juliet, NONE);

        Instant expiry = Instant.parse(RawClient.attribute(given, "expiry"));
        assertTrue(expiry.isAfter(before.plus(Duration.ofDays(14))), given);
        assertTrue(expiry.isBefore(Instant.now().plus(Duration.ofDays(14)).plusSeconds(1)), given);
    }

    /** The old token works until the new one was used (XEP-0484 section 3.4). */
    @Test
    void rotation_keepsTheOldToken_untilTheNewOneIsUsed() throws Exception {
        try (TestNetwork hasty = TestNetwork.builder()
                .fastTokens(Duration.ofDays(1), Duration.ZERO)
                .start()) {
            TestAccount account = hasty.account("juliet");
            String first = RawClient.attribute(given(hasty, account, NONE), "token");
            String lost = rotated(hasty, account, first);
            String second = rotated(hasty, account, first);
            assertNotEquals(lost, second);
            assertEquals("not-authorized", tryToken(hasty, account, attempt(NONE, lost, UNBOUND, AGENT, FAST)));
            rotated(hasty, account, second);

            assertEquals("not-authorized", tryToken(hasty, account, attempt(NONE, first, UNBOUND, AGENT, FAST)));
            assertEquals(4, hasty.statistics().signIn().tokensIssued());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1"})
    void invalidate_letsInOnceMore_withoutANewToken(String yes) throws Exception {
        String token = obtain(NONE);
        String last = attempt(NONE, token, UNBOUND, AGENT, "<fast xmlns='urn:xmpp:fast:0' invalidate='" + yes + "'/>");
        assertEquals("success", tryToken(juliet, last));

        assertEquals("not-authorized", tryToken(juliet, attempt(NONE, token, UNBOUND, AGENT, FAST)));
        assertEquals(1, network.statistics().signIn().tokensIssued());
    }

    @Test
    void invalidate_withARequest_givesAnother() throws Exception {
        String token = obtain(NONE);
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, juliet);
            client.send(attempt(
                    NONE, token, UNBOUND, AGENT, "<fast xmlns='urn:xmpp:fast:0' invalidate='true'/>" + request(NONE)));
            String other = RawClient.attribute(client.awaitMatch("<token [^>]*>"), "token");

            assertEquals("not-authorized", tryToken(juliet, attempt(NONE, token, UNBOUND, AGENT, FAST)));
            assertEquals("success", tryToken(juliet, attempt(NONE, other, UNBOUND, AGENT, FAST)));
        }
    }

    @Test
    void count_thatIsNotHigherThanBefore_isARepetition() throws Exception {
        String token = obtain(NONE);
        assertEquals("success", tryToken(juliet, counted(token, "3")));
        assertEquals("not-authorized", tryToken(juliet, counted(token, "3")));
        assertEquals("not-authorized", tryToken(juliet, counted(token, "2")));
        assertEquals("success", tryToken(juliet, counted(token, "4")));
        for (String wrong : new String[] {"0", "-1", "x", "", "1" + "0".repeat(18)}) {
            assertEquals("malformed-request", tryToken(juliet, counted(token, wrong)));
        }
    }

    @Test
    void attempts_thatLackSomething_areRefused() throws Exception {
        String token = obtain(NONE);
        assertEquals("malformed-request", tryToken(juliet, attempt(NONE, token, UNBOUND, null, FAST)));
        assertEquals("invalid-mechanism", tryToken(juliet, attempt(NONE, token, UNBOUND, AGENT, "")));
        assertEquals("invalid-mechanism", tryToken(juliet, attempt("HT-SHA-256-UNIQ", token, UNBOUND, AGENT, FAST)));
        assertEquals("invalid-mechanism", tryToken(juliet, Sasl2Client.plain(juliet, AGENT, FAST)));
        assertEquals(
                "malformed-request", tryToken(juliet, Sasl2Client.authenticate(NONE, "no separator", AGENT, FAST)));
        try (RawClient client = RawClient.directTls(network)) {
            client.open();
            client.send(attempt(NONE, token, UNBOUND, AGENT, FAST));
            assertTrue(client.awaitElement("failure").contains("<invalid-mechanism"));
        }
    }

    @Test
    void request_withoutAnInstallation_orForSomethingElse_givesNone() throws Exception {
        for (String wish : new String[] {
            Sasl2Client.plain(juliet, null, request(NONE)), Sasl2Client.plain(juliet, AGENT, request("PLAIN"))
        }) {
            try (RawClient client = RawClient.directTls(network)) {
                Sasl2Client.open(client, juliet);
                client.send(wish);
                assertFalse(client.awaitElement("success").contains("<token"));
            }
        }
        assertEquals(0, network.statistics().signIn().tokensIssued());
    }

    @Test
    void without_noTokenIsOffered_norTaken() throws Exception {
        try (TestNetwork old = TestNetwork.builder().without(SignInFeature.FAST).start();
                RawClient client = RawClient.directTls(old)) {
            TestAccount account = old.account("juliet");
            assertFalse(Sasl2Client.open(client, account).contains("urn:xmpp:fast:0"));
            client.send(attempt(NONE, "x", UNBOUND, AGENT, FAST));
            assertTrue(client.awaitElement("failure").contains("<invalid-mechanism"));
            client.send(Sasl2Client.plain(account, AGENT, request(NONE)));
            assertFalse(client.awaitElement("success").contains("<token"));
        }
    }

    private static final String FAST = "<fast xmlns='urn:xmpp:fast:0'/>";

    private static String request(String mechanism) {
        return "<request-token xmlns='urn:xmpp:fast:0' mechanism='" + mechanism + "'/>";
    }

    private String counted(String token, String count) {
        return attempt(NONE, token, UNBOUND, AGENT, "<fast xmlns='urn:xmpp:fast:0' count='" + count + "'/>");
    }

    private String obtain(String mechanism) throws IOException {
        return RawClient.attribute(given(network, juliet, mechanism), "token");
    }

    /** The tag of a token that is given for a password. */
    private static String given(TestNetwork network, TestAccount account, String mechanism) throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, account);
            client.send(Sasl2Client.plain(account, AGENT, request(mechanism)));
            return client.awaitMatch("<token [^>]*>");
        }
    }

    /** The token that the use of another brings. */
    private static String rotated(TestNetwork network, TestAccount account, String token) throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, account);
            client.send(attempt(NONE, token, UNBOUND, AGENT, FAST));
            return RawClient.attribute(client.awaitMatch("<token [^>]*>"), "token");
        }
    }

    private String tryToken(TestAccount account, String attempt) throws IOException {
        return tryToken(network, account, attempt);
    }

    /** Returns "success", or the condition of the failure. */
    private static String tryToken(TestNetwork network, TestAccount account, String attempt) throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, account);
            client.send(attempt);
            String answer = client.awaitMatch("(?s)<(success|failure) .*?</\\1>");
            return answer.startsWith("<success")
                    ? "success"
                    : answer.replaceAll("(?s)^<failure[^>]*><([a-z-]*) .*", "$1");
        }
    }

    private static String attempt(
            String mechanism, String token, byte[] binding, @Nullable String agent, String wishes) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes("juliet\0".getBytes(StandardCharsets.UTF_8));
        message.writeBytes(keyed(token, "Initiator", binding));
        return Sasl2Client.authenticate(mechanism, null, agent, wishes)
                .replaceFirst(
                        ">", "><initial-response>" + Sasl2Client.base64(message.toByteArray()) + "</initial-response>");
    }

    private static byte[] keyed(String token, String role, byte[] binding) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(role.getBytes(StandardCharsets.US_ASCII));
        data.writeBytes(binding);
        return Sasl2Client.hmac("SHA256", token.getBytes(StandardCharsets.UTF_8), data.toByteArray());
    }
}
