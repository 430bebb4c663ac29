package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.address.Jid;
import org.partyline.address.JidFormatException;
import org.partyline.auth.credentials.Credentials;
import org.partyline.client.ChatClient;
import org.partyline.error.AuthenticationFailedException;
import org.partyline.error.ConnectionException;
import org.partyline.error.ConnectionException.Reason;
import org.partyline.error.ImException;
import org.partyline.error.ProtocolViolationException;
import org.partyline.error.ServerClosedException;
import org.partyline.session.ConnectionState;
import org.partyline.testkit.TestNetwork;
import org.partyline.testkit.Transcript;
import org.partyline.testkit.TranscriptServer;
import org.partyline.transport.connection.TransportOptions;

/** What a user can get wrong, and what can stand where the server should: a typed error that names what was tried. */
class BadInputTest {
    private static Patience patience;

    @BeforeAll
    static void start() {
        patience = new Patience("bad-input");
    }

    @AfterAll
    static void end() {
        patience.close();
    }

    private static ConnectionException refused(Patience.Try attempt, Reason reason) {
        ImException failure = attempt.failure();
        ConnectionException refused = assertThrows(ConnectionException.class, () -> {
            throw failure;
        });
        assertEquals(reason, refused.reason(), refused::getMessage);
        assertTrue(
                refused.attempts().stream().anyMatch(each -> each.endpoint().contains(":" + attempt.port())),
                () -> "does not name what was tried: " + refused.attempts());
        assertEquals(ConnectionState.DISCONNECTED, attempt.client().state());
        attempt.assertNothingSettled();
        return refused;
    }

    @Test
    void refusedPort_isUnreachable() {
        try (Patience.Try attempt = patience.beginRefused()) {
            assertTrue(refused(attempt, Reason.UNREACHABLE).isRetryable());
            attempt.succeed();
        }
    }

    @Test
    void untrustedCertificate_isRejected() {
        try (TestNetwork other = TestNetwork.builder().ownAuthority().start()) {
            for (boolean direct : new boolean[] {false, true}) {
                int port = (direct ? other.directTlsEndpoint() : other.startTlsEndpoint()).port();
                try (Patience.Try attempt = patience.begin(direct, port)) {
                    assertFalse(refused(attempt, Reason.CERTIFICATE_REJECTED).isRetryable());
                    attempt.succeed();
                }
            }
            assertEquals(0, other.statistics().signIns() + other.statistics().failedSignIns());
        }
    }

    @Test
    void certificateOfAnotherName_isRejected() {
        try (TranscriptServer other = TranscriptServer.play(
                        "evil.test", Stage.SECURED.script().expectEnd());
                Patience.Try attempt =
                        patience.begin(true, other.directTlsEndpoint().port())) {
            String message = refused(attempt, Reason.CERTIFICATE_REJECTED).getMessage();
            assertTrue(String.valueOf(message).contains("evil.test"), message);
            assertEquals(0, other.received().length, "not one byte was said under that certificate");
            attempt.succeed();
        }
    }

    @Test
    void expiredCertificate_isRejected() {
        try (ExpiredServer expired = new ExpiredServer("chat.test");
                Patience.Try attempt = patience.begin(builder -> builder.transport(TransportOptions.builder()
                        .tls(expired.tlsConfig())
                        .endpoints(expired.endpoint())
                        .build()))) {
            ConnectionException refused = assertThrows(ConnectionException.class, () -> {
                throw attempt.failure();
            });
            assertEquals(Reason.CERTIFICATE_REJECTED, refused.reason(), refused::getMessage);
            assertTrue(refused.attempts().get(0).endpoint().contains(":" + expired.port()));
            attempt.assertNothingSettled();
        }
    }

    @Test
    void wrongPassword_isRefused_andTheRightOneThenWorks() {
        AtomicReference<String> password = new AtomicReference<>("wrong");
        try (Patience.Try attempt = patience.begin(builder ->
                builder.credentials(Credentials.password(() -> password.get().toCharArray())))) {
            AuthenticationFailedException refused = assertThrows(AuthenticationFailedException.class, () -> {
                throw attempt.failure();
            });
            assertEquals("not-authorized", refused.condition());
            assertFalse(refused.isRetryable());
            assertEquals(ConnectionState.DISCONNECTED, attempt.client().state());
            attempt.assertNothingSettled();
            password.set(patience.account().password());
            attempt.succeed();
        }
    }

    @Test
    void supplierOfCredentialsThatThrows_isTold() {
        AtomicReference<String> password = new AtomicReference<>();
        try (Patience.Try attempt = patience.begin(builder ->
                builder.credentials(Credentials.password(() -> password.get().toCharArray())))) {
            AuthenticationFailedException refused = assertThrows(AuthenticationFailedException.class, () -> {
                throw attempt.failure();
            });
            assertEquals("credentials-unusable", refused.condition());
            attempt.assertNothingSettled();
            password.set(patience.account().password());
            attempt.succeed();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@chat.test",
                "juliet@",
                "juliet@chat..test",
                "ju liet@chat.test",
                "juliet@chat.test/",
                "a@b@c",
                "juliet@-a"
            })
    void malformedAddress_isRefusedAtOnce(String address) {
        assertThrows(JidFormatException.class, () -> ChatClient.builder().account(address));
    }

    /** Legal as addresses of XMPP, but no host can have the name. */
    @ParameterizedTest
    @ValueSource(strings = {"juliet@999.1.1.1", "juliet@1.2.3.256"})
    void domainThatIsNoHostName_isNoService(String address) {
        try (Patience.Try attempt =
                patience.begin(builder -> builder.account(address).transport(TransportOptions.DEFAULT))) {
            ConnectionException refused = assertThrows(ConnectionException.class, () -> {
                throw attempt.failure();
            });
            assertEquals(Reason.NO_SUCH_SERVICE, refused.reason());
            assertFalse(refused.isRetryable());
            assertTrue(String.valueOf(refused.getMessage()).contains(address.substring(7)), refused::getMessage);
            assertEquals(ConnectionState.DISCONNECTED, attempt.client().state());
        }
    }

    @Test
    void unknownHost_isNoService() throws Exception {
        try (NoSuchNames names = new NoSuchNames();
                Patience.Try attempt = patience.begin(builder -> builder.account("juliet@nowhere.example")
                        .transport(TransportOptions.builder()
                                .nameServers(names.address())
                                .build()))) {
            ConnectionException refused = assertThrows(ConnectionException.class, () -> {
                throw attempt.failure();
            });
            assertEquals(Reason.NO_SUCH_SERVICE, refused.reason(), refused::getMessage);
            assertTrue(String.valueOf(refused.getMessage()).contains("nowhere.example"), refused::getMessage);
            assertTrue(names.asked() > 0);
            attempt.assertNothingSettled();
        }
    }

    @Test
    void webServer_isNotXmpp() {
        Transcript answer =
                Transcript.begin().send("HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html></html>");
        for (boolean direct : new boolean[] {false, true}) {
            try (TranscriptServer web = TranscriptServer.play("chat.test", answer);
                    Patience.Try attempt =
                            patience.begin(direct, web.startTlsEndpoint().port())) {
                refused(attempt, Reason.WRONG_PROTOCOL);
                attempt.succeed();
            }
        }
    }

    /** A client that begins in the clear is met with silence or an alert, one that begins with TLS by an open stream. */
    @Test
    void portsMixedUp_areTold() {
        TestNetwork network = patience.network();
        try (Patience.Try clear =
                patience.begin(false, network.directTlsEndpoint().port())) {
            ImException failure = clear.failure();
            assertTrue(
                    failure instanceof ConnectionException || failure instanceof ProtocolViolationException,
                    failure::toString);
            assertEquals(ConnectionState.DISCONNECTED, clear.client().state());
            clear.succeed();
        }
        try (Patience.Try direct =
                patience.begin(true, network.startTlsEndpoint().port())) {
            ImException failure = direct.failure();
            assertTrue(failure instanceof ConnectionException, failure::toString);
            assertEquals(ConnectionState.DISCONNECTED, direct.client().state());
            direct.succeed();
        }
    }

    private static Transcript redirection(boolean secured, int port) {
        Stage stage = secured ? Stage.OPENED_ANEW : Stage.OPENED;
        return stage.script()
                .send("<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>127.0.0.1:" + port
                        + "</see-other-host></stream:error></stream:stream>");
    }

    @Test
    @DisplayName("T-RED-1: two servers that send the client to each other, on real TLS: three times, and no more")
    void redirectionsInACircle_end() {
        Switchboard circle = Switchboard.to(0);
        Transcript again = redirection(true, circle.port());
        try (circle;
                TranscriptServer server = TranscriptServer.play("chat.test", again, again, again, again, again)) {
            circle.plug(server.directTlsEndpoint().port());
            try (Patience.Try attempt = patience.begin(true, circle.port())) {
                ServerClosedException closed = assertThrows(ServerClosedException.class, () -> {
                    throw attempt.failure();
                });
                assertEquals("see-other-host", closed.condition());
                long openings =
                        new String(server.received(), StandardCharsets.UTF_8).split("<stream:stream", -1).length;
                assertEquals(4, openings - 1, "the first, and three redirections");
                attempt.assertNothingSettled();
                attempt.succeed();
            }
        }
    }

    @Test
    @DisplayName("T-RED-2: a redirection before TLS is not followed, on real sockets")
    void redirectionInTheClear_isNotFollowed() {
        try (TranscriptServer elsewhere = TranscriptServer.play(
                        "chat.test", Stage.ACCEPTED.script().expectEnd());
                TranscriptServer server = TranscriptServer.play(
                        "chat.test",
                        redirection(false, elsewhere.startTlsEndpoint().port()));
                Patience.Try attempt =
                        patience.begin(false, server.startTlsEndpoint().port())) {
            ServerClosedException closed = assertThrows(ServerClosedException.class, () -> {
                throw attempt.failure();
            });
            assertEquals("see-other-host", closed.condition());
            assertEquals(0, elsewhere.received().length);
            attempt.succeed();
        }
    }

    @Test
    void textThatTheWireCannotCarry_isRefusedWhereItIsGiven() {
        try (Patience.Try attempt = patience.begin(builder -> builder)) {
            var to = Jid.parse("romeo@chat.test");
            for (String bad : List.of("\0", "\u001b[31m", "\ud800", "\uffff")) {
                var message = attempt.client().messages().to(to);
                assertThrows(IllegalArgumentException.class, () -> message.body(bad));
                assertThrows(IllegalArgumentException.class, () -> message.subject(bad));
                assertThrows(IllegalArgumentException.class, () -> message.thread(bad));
                assertThrows(IllegalArgumentException.class, () -> message.thread("a", bad));
            }
        }
    }
}
