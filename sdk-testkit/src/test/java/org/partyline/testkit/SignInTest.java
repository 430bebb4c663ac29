package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams up to the bound resource, as a client of sockets and strings sees them. SCRAM is Smack's and the interop suite's. */
class SignInTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String HEADER = "<stream:stream xmlns='jabber:client'"
            + " xmlns:stream='http://etherx.jabber.org/streams' version='1.0' to='chat.test'>";

    private final TestNetwork network = TestNetwork.builder()
            .anotherDomain("cert.test", "EXTERNAL", "PLAIN")
            .anotherDomain("anon.test", "ANONYMOUS")
            .start();
    private final TestAccount juliet = network.account("juliet");

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void directTls_plain_bindsTheResource() throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            client.signIn(juliet);
            String bound = client.bind("balcony");

            assertTrue(bound.contains("<jid>juliet@chat.test/balcony</jid>"), bound);
            assertEquals("xmpp-client", client.tls().getApplicationProtocol());
            assertEquals(List.of("juliet@chat.test/balcony"), network.sessions());
        }
    }

    @Test
    void startTls_isRequired_andSignInFollowsIt() throws IOException {
        try (RawClient client = RawClient.plain(network)) {
            client.startTls();
            client.signIn(juliet);

            assertTrue(client.bind("balcony").contains("<jid>juliet@chat.test/balcony</jid>"));
        }
    }

    /** Bytes that came before TLS must not be taken for protected ones (RFC 6120 section 5.4.3.3). */
    @Test
    void startTls_withMoreBehindIt_endsTheStream() throws IOException {
        try (RawClient client = RawClient.plain(network)) {
            client.open();
            client.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" + HEADER);

            assertTrue(client.awaitEnd().contains("<policy-violation"));
        }
    }

    @Test
    void auth_beforeTls_isRefused() throws IOException {
        try (RawClient client = RawClient.plain(network)) {
            client.open();
            client.send(RawClient.plainAuth(juliet));

            assertTrue(client.awaitEnd().contains("<not-authorized"));
        }
    }

    @Test
    void plain_withWrongPasswords_fails_andTheStreamEndsAfterFive() throws Exception {
        TestAccount wrong = new TestAccount("juliet", network.domain(), "not the password");
        TestAccount nobody = new TestAccount("nobody", network.domain(), "irrelevant");
        try (RawClient client = RawClient.directTls(network)) {
            client.open();
            for (TestAccount each : List.of(wrong, nobody, wrong, nobody, wrong)) {
                client.send(RawClient.plainAuth(each));
                assertTrue(client.awaitElement("failure").contains("<not-authorized"));
            }

            assertTrue(client.awaitEnd().contains("<policy-violation"));
            assertEquals(5, network.statistics().failedSignIns());
            assertEquals(0, network.statistics().signIns());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    void scram_withSomethingElse_isMalformed(String mechanism) throws Exception {
        try (RawClient client = RawClient.directTls(network)) {
            client.open();
            client.send(RawClient.auth(mechanism, "not SCRAM"));

            assertTrue(client.awaitElement("failure").contains("<malformed-request"));
        }
    }

    @Test
    void sasl_thatIsNone_fails_andAnotherTryIsFree() throws Exception {
        try (RawClient client = RawClient.directTls(network)) {
            client.open();
            client.send(RawClient.auth("ANONYMOUS", ""));
            assertTrue(client.awaitElement("failure").contains("<invalid-mechanism"));
            client.send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>*</auth>");
            assertTrue(client.awaitElement("failure").contains("<incorrect-encoding"));
            client.send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'/>");
            client.awaitText("<challenge");
            client.send("<abort xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
            assertTrue(client.awaitElement("failure").contains("<aborted"));

            client.send(RawClient.plainAuth(juliet));
            client.awaitSuccess();
        }
    }

    /** A client that asks to act for somebody else is not let in as itself (RFC 4616 section 2, RFC 6120 section 6.3.8). */
    @ParameterizedTest
    @ValueSource(strings = {"romeo@chat.test", "juliet@cert.test", "juliet"})
    void plain_forSomebodyElse_fails(String authzid) throws Exception {
        try (RawClient client = RawClient.directTls(network)) {
            client.open();
            client.send(RawClient.auth("PLAIN", authzid + "\0juliet\0" + juliet.password()));

            assertTrue(client.awaitElement("failure").contains("<invalid-authzid"));
            client.send(RawClient.auth("PLAIN", "juliet@chat.test\0juliet\0" + juliet.password()));
            client.awaitSuccess();
        }
    }

    @Test
    void scram_forSomebodyElse_fails() throws Exception {
        try (RawClient client = RawClient.directTls(network)) {
            client.open();
            client.send(RawClient.auth("SCRAM-SHA-1", "n,a=romeo@chat.test,n=juliet,r=abc"));
            assertTrue(client.awaitElement("failure").contains("<invalid-authzid"));
            client.send(RawClient.auth("SCRAM-SHA-1", "n,a=juliet@chat.test,n=juliet,r=abc"));
            client.awaitElement("challenge");
        }
    }

    @Test
    void external_isOfferedToWhoShowsACertificate_andProvesItsAccountAlone() throws Exception {
        TestAccount holder = network.account(new TestAccount("juliet", "cert.test", "not used"));
        TestAccount other = network.account(new TestAccount("romeo", "cert.test", "not used"));
        ClientCertificate certificate = network.issueClientCertificate(holder);

        try (RawClient without = RawClient.directTls(network, "cert.test", null);
                RawClient with = RawClient.directTls(network, "cert.test", certificate)) {
            assertFalse(without.open().contains("EXTERNAL"));
            assertTrue(with.open().contains("<mechanism>EXTERNAL</mechanism>"));
            with.send(RawClient.auth("EXTERNAL", other.jid()));
            assertTrue(with.awaitElement("failure").contains("<invalid-authzid"));
            with.send(RawClient.auth("EXTERNAL", ""));
            with.awaitSuccess();
        }
    }

    @Test
    void anonymous_getsAnAccount_thatIsGoneWithItsSession() throws Exception {
        try (RawClient client = RawClient.directTls(network, "anon.test", null)) {
            client.open();
            client.send(RawClient.auth("ANONYMOUS", ""));
            client.awaitSuccess();
            client.open();
            TestAccount made = boundAccount(client.bind("here"));

            assertEquals("anon.test", made.domain());
            assertEquals(0, network.offlineMessages(made));
            client.send("</stream:stream>");
            client.awaitEnd();
            assertThrows(IllegalArgumentException.class, () -> network.offlineMessages(made));
        }
    }

    /** Nobody can be signed in to an account that a test made, and no account is left of a sign-in that came to nothing. */
    @Test
    void anonymous_takesNoNameThatIsTaken_andLeavesNothingWithoutASession() throws Exception {
        TestAccount taken = network.account(new TestAccount("anonymous-1", "anon.test", "secret"));
        try (RawClient client = RawClient.directTls(network, "anon.test", null)) {
            client.open();
            client.send(RawClient.auth("ANONYMOUS", ""));
            client.awaitSuccess();
            client.open();
        }
        network.await(now -> now.connectionsOpen() == 0, PATIENCE);

        assertEquals(0, network.offlineMessages(taken));
        assertThrows(
                IllegalArgumentException.class,
                () -> network.offlineMessages(new TestAccount("anonymous-2", "anon.test", "")));
    }

    private static TestAccount boundAccount(String bound) {
        String jid = bound.substring(bound.indexOf("<jid>") + 5, bound.indexOf("/here</jid>"));
        return new TestAccount(jid.substring(0, jid.indexOf('@')), jid.substring(jid.indexOf('@') + 1), "");
    }

    @Test
    void bind_ofAResourceThatIsTaken_endsTheOlderSession() throws Exception {
        try (RawClient older = RawClient.online(network, juliet, "balcony");
                RawClient newer = RawClient.online(network, juliet, "balcony")) {
            String end = older.awaitEnd();

            assertTrue(end.contains("<conflict"), end);
            newer.untilPong();
            assertEquals(1, network.statistics().sessionsOnline());
        }
    }

    @Test
    void header_forAnotherDomain_orForNone_orOfAnotherKind_endsTheStream() throws IOException {
        assertStreamError("host-unknown", HEADER.replace("chat.test", "elsewhere.example"));
        assertStreamError("improper-addressing", HEADER.replace(" to='chat.test'", ""));
        assertStreamError("unsupported-version", HEADER.replace(" version='1.0'", ""));
        assertStreamError("invalid-namespace", HEADER.replace("etherx.jabber.org", "example.org"));
    }

    @Test
    void element_beforeSignIn_orBeforeBind_endsTheStream() throws IOException {
        assertStreamError("not-authorized", HEADER + "<presence/>");
        assertStreamError("unsupported-stanza-type", HEADER + "<unknown xmlns='urn:example:unknown'/>");
        try (RawClient client = RawClient.directTls(network)) {
            client.signIn(juliet);
            client.send("<presence/>");
            assertTrue(client.awaitEnd().contains("<not-authorized"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"</iq></presence>", "<a></b>", "<a b=c/>", "<a>&nbsp;</a>"})
    void input_thatIsNotWellFormed_endsTheStream(String wrong) throws IOException {
        try (RawClient client = RawClient.online(network, juliet, "balcony")) {
            client.send(wrong);

            String end = client.awaitEnd();
            assertTrue(end.contains("<stream:error><not-well-formed") || end.contains("<restricted-xml"), end);
            assertEquals(List.of(), network.sessions());
        }
    }

    @Test
    void input_withADocumentType_isRestricted() throws IOException {
        assertStreamError("restricted-xml", "<!DOCTYPE a [<!ENTITY b 'c'>]>" + HEADER);
    }

    @Test
    void stanza_overTheLimit_endsTheStream() throws IOException {
        try (TestNetwork small = TestNetwork.builder().maxStanzaBytes(10_000).start();
                RawClient client = RawClient.online(small, small.account("juliet"), "balcony")) {
            client.say(juliet.jid(), "x".repeat(9_000));
            assertTrue(client.untilPong().contains("service-unavailable") || small.offlineMessages(juliet) == 1);

            client.say(juliet.jid(), "x".repeat(10_001));

            String end = client.awaitEnd();
            assertTrue(end.contains("<policy-violation") && end.contains("<stanza-too-big"), end);
        }
    }

    @Test
    void stanza_thatClaimsToBeFromSomebodyElse_endsTheStream() throws IOException {
        try (RawClient client = RawClient.online(network, juliet, "balcony")) {
            client.send("<presence from='juliet@chat.test'/><presence from='juliet@chat.test/balcony'/>");
            client.untilPong();
            client.send("<presence from='romeo@chat.test'/>");

            assertTrue(client.awaitEnd().contains("<invalid-from"));
        }
    }

    private void assertStreamError(String condition, String input) throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            client.send(input);

            String end = client.awaitEnd();
            assertTrue(end.startsWith("<?xml version='1.0'?><stream:stream "), end);
            assertTrue(end.contains("<stream:error><" + condition + " "), end);
            assertTrue(end.endsWith("</stream:stream>"), end);
        }
    }
}
