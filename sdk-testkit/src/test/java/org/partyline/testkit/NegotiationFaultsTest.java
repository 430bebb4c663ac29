package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.jivesoftware.smack.SmackException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.partyline.testkit.Faults.Stage;

/** Faults of a sign-in: a server that stops or cuts at a stage, and one that nobody should trust. */
class NegotiationFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestNetwork network = TestNetwork.start();
    private final TestAccount juliet = network.account("juliet");

    @AfterEach
    void close() {
        network.close();
    }

    @ParameterizedTest
    @EnumSource(value = Stage.class, mode = EnumSource.Mode.EXCLUDE, names = "TLS_HANDSHAKE")
    void stopAt_saysNothingMore_andKeepsTheConnection(Stage stage) throws Exception {
        String id = lostSession();
        network.faults().stopAt(stage);
        try (RawClient client = RawClient.directTls(network)) {
            comeTo(stage, client, id);

            assertTrue(client.staysQuiet());
            assertEquals(1, network.statistics().connectionsOpen());
        }
        assertSignInWorksAfterClear();
    }

    @ParameterizedTest
    @EnumSource(value = Stage.class, mode = EnumSource.Mode.EXCLUDE, names = "TLS_HANDSHAKE")
    void cutAt_endsTheConnection_withoutAWord(Stage stage) throws Exception {
        String id = lostSession();
        network.faults().cutAt(stage);
        try (RawClient client = RawClient.directTls(network)) {
            comeTo(stage, client, id);

            assertEquals("", client.awaitEnd());
            network.await(now -> now.connectionsOpen() == 0, PATIENCE);
        }
        assertSignInWorksAfterClear();
    }

    @Test
    void stopAt_tlsHandshake_isNeverFinished() throws Exception {
        network.faults().stopAt(Stage.TLS_HANDSHAKE);
        try (RawClient client = RawClient.directTls(network)) {
            client.tls().setSoTimeout(300);

            assertThrows(java.net.SocketTimeoutException.class, client.tls()::startHandshake);
            assertEquals(1, network.statistics().connectionsOpen());
        }
        assertSignInWorksAfterClear();
    }

    @Test
    void cutAt_tlsHandshake_endsTheConnection() throws Exception {
        network.faults().cutAt(Stage.TLS_HANDSHAKE);
        try (RawClient client = RawClient.directTls(network)) {
            assertThrows(IOException.class, client.tls()::startHandshake);
            network.await(now -> now.connectionsOpen() == 0, PATIENCE);
        }
        assertSignInWorksAfterClear();
    }

    /** What a client sends ahead of the server's answer is not looked at either. */
    @Test
    void stopAt_bind_handlesNothingOfWhatFollowsInTheSameBytes() throws Exception {
        TestAccount romeo = network.account("romeo");
        network.faults(juliet).stopAt(Stage.RESUME);
        String id = lostSession();
        try (RawClient client = RawClient.directTls(network)) {
            client.signIn(juliet);
            client.send("<resume xmlns='urn:xmpp:sm:3' previd='" + id + "' h='0'/>"
                    + "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"
                    + RawClient.message(romeo.jid(), "too late"));

            assertTrue(client.staysQuiet());
            assertEquals(0, network.offlineMessages(romeo));
            assertEquals(1, network.sessions().size());
        }
    }

    @Test
    void stripStartTls_offersSignInInTheClear_whichAnIndependentClientRefuses() throws Exception {
        network.faults().stripStartTls();
        try (RawClient client = RawClient.plain(network)) {
            String features = client.open();

            assertFalse(features.contains("starttls"), features);
            assertTrue(features.contains("<mechanism>PLAIN</mechanism>"), features);
        }
        assertThrows(SmackException.class, () -> new SmackPeer(network, juliet, false).close());
        String clear = new String(network.clearTextReceived(), StandardCharsets.UTF_8);
        assertFalse(clear.contains("<auth"), clear);
    }

    @Test
    void untrustedCertificate_isShown_untilTheOrderIsTakenBack() throws Exception {
        network.faults().untrustedCertificate();
        try (RawClient client = RawClient.directTls(network)) {
            assertThrows(SSLHandshakeException.class, client.tls()::startHandshake);
        }
        assertSignInWorksAfterClear();
    }

    @Test
    void seeOtherHost_isSaidWithinTlsAlone() throws Exception {
        network.faults().seeOtherHost("elsewhere.example", 5269);
        try (RawClient client = RawClient.plain(network)) {
            client.startTls();
            client.send("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
                    + " version='1.0' to='chat.test'>");

            String error = client.awaitElement("stream:error");
            assertTrue(error.contains(">elsewhere.example:5269</see-other-host>"), error);
            client.awaitEnd();
        }
        assertSignInWorksAfterClear();
    }

    @Test
    void seeOtherHost_ofAnIpv6Address_isWrittenInBrackets() throws Exception {
        network.faults().seeOtherHost("::1", 5269);
        try (RawClient client = RawClient.directTls(network)) {
            client.send("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
                    + " version='1.0' to='chat.test'>");

            String error = client.awaitElement("stream:error");
            assertTrue(error.contains(">[::1]:5269</see-other-host>"), error);
        }
    }

    /** A session that waits to be resumed. */
    private String lostSession() throws Exception {
        try (RawClient client = RawClient.online(network, juliet, "lost")) {
            String id = client.enableManagement();
            network.faults(juliet).cut();
            client.awaitEnd();
            network.await(now -> now.sessionsWaiting() == 1, PATIENCE);
            return id;
        }
    }

    private void comeTo(Stage stage, RawClient client, String id) {
        switch (stage) {
            case STREAM_FEATURES ->
                client.send("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
                        + " version='1.0' to='chat.test'>");
            case SASL_CHALLENGE -> {
                client.open();
                client.send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'/>");
            }
            case SASL_SUCCESS -> {
                client.open();
                client.send(RawClient.plainAuth(juliet));
            }
            case BIND -> {
                client.signIn(juliet);
                client.send("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
            }
            case RESUME -> {
                client.signIn(juliet);
                client.send("<resume xmlns='urn:xmpp:sm:3' previd='" + id + "' h='0'/>");
            }
            case TLS_HANDSHAKE -> throw new IllegalArgumentException("comes before the first byte of XML");
        }
    }

    private void assertSignInWorksAfterClear() throws IOException {
        network.faults().clear();
        try (RawClient client = RawClient.directTls(network)) {
            client.signIn(juliet);
            assertTrue(client.bind("balcony").contains("juliet@chat.test/balcony"));
        }
    }
}
