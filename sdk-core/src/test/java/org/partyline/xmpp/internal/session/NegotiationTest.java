package org.partyline.xmpp.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.auth.sasl.SaslException;
import org.partyline.error.AuthenticationFailedException;
import org.partyline.error.ConnectionException;
import org.partyline.error.ImException;
import org.partyline.error.ProtocolViolationException;
import org.partyline.error.RequestRejectedException;
import org.partyline.error.ServerClosedException;
import org.partyline.session.ConnectionState;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.Stanzas;

/** What a server does that is not as it should be, and what becomes of it. */
class NegotiationTest {
    private static final String SASL2 = "urn:xmpp:sasl:2";
    private static final String STREAM_ERRORS = "urn:ietf:params:xml:ns:xmpp-streams";

    private final Bench bench = new Bench();
    private final CompletableFuture<Void> connected = bench.engine.lifecycle().connect();
    private final FakeConnection server = bench.transport.last();

    NegotiationTest() {
        server.sent();
    }

    private <T extends ImException> T failure(Class<T> type) {
        bench.loop.run();
        assertEquals(ConnectionState.DISCONNECTED, bench.engine.lifecycle().state());
        assertEquals(0, bench.loop.timers(), "nothing is left to run");
        return assertInstanceOf(type, Bench.failure(connected));
    }

    private void toSasl() {
        server.offer(Bench.STARTTLS);
        server.receive(XmlElement.of("urn:ietf:params:xml:ns:xmpp-tls", "proceed"));
        server.sent();
    }

    private static XmlElement streamError(String condition, String text) {
        return XmlElement.builder("http://etherx.jabber.org/streams", "error")
                .child(XmlElement.builder(STREAM_ERRORS, condition).text(text).build())
                .build();
    }

    @Test
    @DisplayName("T-STL-1: features without STARTTLS end it, with no byte of SASL")
    void noStartTls_fails() {
        server.offer(Bench.MECHANISMS, Bench.BINDING);
        assertEquals(
                ConnectionException.Reason.TLS_FAILED,
                failure(ConnectionException.class).reason());
        assertEquals(List.of("</stream>"), server.sent());
        assertEquals(0, bench.signIns);
    }

    @Test
    @DisplayName("T-NET-4: stream compression (XEP-0138) that a server offers, before or under TLS, is never asked for")
    void compression_isIgnored() {
        XmlElement compression = XmlElement.builder("http://jabber.org/features/compress", "compression")
                .textChild("method", "zlib")
                .build();
        server.offer(compression, Bench.STARTTLS);
        assertTrue(server.sent().stream().noneMatch(sent -> sent.contains("compress")));
        server.receive(XmlElement.of("urn:ietf:params:xml:ns:xmpp-tls", "proceed"));
        server.offer(compression, Bench.MECHANISMS);
        server.receive(Bench.success());
        server.offer(compression, Bench.BINDING);
        List<String> sent = server.sent();
        assertTrue(sent.stream().anyMatch(each -> each.contains("<bind ")), sent::toString);
        assertTrue(sent.stream().noneMatch(each -> each.contains("compress")), sent::toString);
    }

    @Test
    @DisplayName("T-STL-3: what was offered before TLS is not offered after it")
    void featuresBelongToOneStream() {
        server.offer(Bench.STARTTLS, Bench.MECHANISMS);
        server.receive(XmlElement.of("urn:ietf:params:xml:ns:xmpp-tls", "proceed"));
        server.offer(Bench.BINDING);
        failure(ProtocolViolationException.class);
        assertEquals(0, bench.signIns);
    }

    @Test
    void startTlsRefused_fails() {
        server.offer(Bench.STARTTLS);
        server.receive(XmlElement.of("urn:ietf:params:xml:ns:xmpp-tls", "failure"));
        assertEquals(
                ConnectionException.Reason.TLS_FAILED,
                failure(ConnectionException.class).reason());
    }

    @Test
    void badCertificate_failsAndNamesTheEndpoint() {
        server.offer(Bench.STARTTLS);
        server.handshakeFailure =
                new TransportException(TransportException.Reason.CERTIFICATE_REJECTED, "not for this name", null);
        server.receive(XmlElement.of("urn:ietf:params:xml:ns:xmpp-tls", "proceed"));
        ConnectionException failure = failure(ConnectionException.class);
        assertEquals(ConnectionException.Reason.CERTIFICATE_REJECTED, failure.reason());
        assertEquals(
                List.of(new ConnectionException.Attempt("STARTTLS capulet.example:5222", "not for this name")),
                failure.attempts());
        assertFalse(failure.isRetryable());
        assertEquals(0, bench.signIns);
    }

    @Test
    @DisplayName("L30: not-authorized is final")
    void wrongPassword_fails() {
        toSasl();
        server.offer(Bench.MECHANISMS);
        server.receive(XmlElement.builder(Bench.SASL, "failure")
                .child(XmlElement.of(Bench.SASL, "not-authorized"))
                .build());
        AuthenticationFailedException failure = failure(AuthenticationFailedException.class);
        assertEquals("not-authorized", failure.condition());
        assertEquals("TEST", failure.mechanism().orElseThrow());
        assertFalse(failure.isRetryable());
    }

    @Test
    @DisplayName("L30: temporary-auth-failure can be tried again")
    void temporaryFailure_isRetryable() {
        toSasl();
        server.offer(Bench.MECHANISMS);
        server.receive(XmlElement.builder(Bench.SASL, "failure")
                .child(XmlElement.of(Bench.SASL, "temporary-auth-failure"))
                .build());
        assertTrue(failure(AuthenticationFailedException.class).isRetryable());
    }

    @Test
    void serverWithoutProof_isNotBelieved() {
        toSasl();
        server.offer(Bench.MECHANISMS);
        server.receive(XmlElement.of(Bench.SASL, "success"));
        assertEquals(
                "server-not-verified",
                failure(AuthenticationFailedException.class).condition());
        assertFalse(server.authenticated);
    }

    @Test
    void noMechanism_fails() {
        bench.saslFailure = new SaslException(SaslException.Reason.NO_MECHANISM, "offered: NONE");
        toSasl();
        server.offer(Bench.MECHANISMS);
        assertEquals(
                "no-mechanism", failure(AuthenticationFailedException.class).condition());
    }

    @Test
    @DisplayName("L32: ten challenges are answered, an eleventh is not")
    void endlessChallenges_fail() {
        toSasl();
        server.offer(Bench.MECHANISMS);
        XmlElement challenge =
                XmlElement.builder(Bench.SASL, "challenge").text("aGk=").build();
        for (int i = 0; i < 10; i++) {
            server.receive(challenge);
        }
        assertEquals(11, server.sent().size());
        assertFalse(connected.isDone());
        server.receive(challenge);
        assertEquals(
                "bad-challenge", failure(AuthenticationFailedException.class).condition());
    }

    @ParameterizedTest
    @DisplayName("L32: a message of 16 KiB in base64 is read, one of a character or ten times more is not")
    @CsvSource({"16384, true", "16385, false", "163840, false"})
    void longChallenge_fails(int length, boolean answered) {
        toSasl();
        server.offer(Bench.MECHANISMS);
        server.sent();
        server.receive(XmlElement.builder(Bench.SASL, "challenge")
                .text("A".repeat(length))
                .build());
        if (answered) {
            assertEquals(1, server.sent().size());
            assertFalse(connected.isDone());
        } else {
            AuthenticationFailedException failure = failure(AuthenticationFailedException.class);
            assertEquals("bad-challenge", failure.condition());
            String message = String.valueOf(failure.getMessage());
            assertTrue(message.contains("16384") && message.contains(String.valueOf(length)), message);
        }
    }

    private void toSasl2() {
        toSasl();
        server.offer(XmlElement.builder(SASL2, "authentication")
                .textChild("mechanism", "TEST")
                .build());
        server.sent();
    }

    @ParameterizedTest
    @DisplayName("L40: what the server says of a refusal takes 256 characters of the failure, and no more")
    @CsvSource({"256, false", "257, true", "2560, true"})
    void longRefusal_isCut(int length, boolean cut) {
        toSasl2();
        server.receive(XmlElement.builder(SASL2, "failure")
                .child(XmlElement.of(Bench.SASL, "not-authorized"))
                .textChild("text", "x".repeat(length))
                .build());
        String message =
                String.valueOf(failure(AuthenticationFailedException.class).getMessage());
        assertEquals("the server refused sign-in: not-authorized (" + "x".repeat(256) + (cut ? "...)" : ")"), message);
    }

    @Test
    @DisplayName("Three tasks of a sign-in are done, a fourth is not, nor are thirty")
    void tasks_areBounded() {
        bench.upgrades = List.of("UPGRADE");
        toSasl2();
        XmlElement proceed = XmlElement.builder(SASL2, "continue")
                .textChild("additional-data", "cHJvb2Y=")
                .child(XmlElement.builder(SASL2, "tasks")
                        .textChild("task", "UPGRADE")
                        .build())
                .build();
        for (int i = 0; i < 3; i++) {
            server.receive(proceed);
        }
        assertEquals(3, server.sent().size());
        assertFalse(connected.isDone());
        for (int i = 0; i < 27; i++) {
            server.receive(proceed);
        }
        assertEquals(
                "unsupported-task", failure(AuthenticationFailedException.class).condition());
        assertEquals(List.of("</stream>"), server.sent());
    }

    @Test
    @DisplayName("Two other ways to sign in are tried in one attempt, and no more")
    void otherWaysToSignIn_areBounded() {
        bench.anotherWay = true;
        for (int i = 0; i < 3; i++) {
            assertFalse(connected.isDone());
            FakeConnection current = bench.transport.last();
            current.offer(Bench.STARTTLS);
            current.receive(XmlElement.of("urn:ietf:params:xml:ns:xmpp-tls", "proceed"));
            current.offer(Bench.MECHANISMS);
            current.receive(XmlElement.builder(Bench.SASL, "failure")
                    .child(XmlElement.of(Bench.SASL, "not-authorized"))
                    .build());
            bench.loop.run();
        }
        assertEquals(
                "not-authorized", failure(AuthenticationFailedException.class).condition());
        assertEquals(3, bench.signIns);
    }

    @Test
    void challengeThatIsNotBase64_fails() {
        toSasl();
        server.offer(Bench.MECHANISMS);
        server.receive(XmlElement.builder(Bench.SASL, "challenge").text("%%%").build());
        assertEquals(
                "bad-challenge", failure(AuthenticationFailedException.class).condition());
    }

    @Test
    void successOutOfTurn_isAViolation() {
        toSasl();
        server.receive(Bench.success());
        failure(ProtocolViolationException.class);
    }

    @Test
    @DisplayName("T-SC-10: another account's address is refused")
    void boundToAnotherAccount_fails() {
        bench.signIn();
        server.offer(Bench.BINDING);
        bound("other@capulet.example/balcony");
        assertEquals(
                "bind-mismatch", failure(AuthenticationFailedException.class).condition());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "juliet@capulet.example", "@/", "juliet@@capulet.example/x"})
    void boundToNoAddress_isAViolation(String address) {
        bench.signIn();
        server.offer(Bench.BINDING);
        bound(address);
        failure(ProtocolViolationException.class);
    }

    private void bound(String address) {
        server.receive(XmlElement.builder(Stanzas.CLIENT, "iq")
                .attribute("type", "result")
                .attribute("id", Bench.idOf(server.sent().get(0)))
                .child(XmlElement.builder(Bench.BIND, "bind")
                        .textChild("jid", address)
                        .build())
                .build());
    }

    @Test
    void bindingRefused_fails() {
        bench.signIn();
        server.offer(Bench.BINDING);
        server.receive(XmlElement.builder(Stanzas.CLIENT, "iq")
                .attribute("type", "error")
                .attribute("id", Bench.idOf(server.sent().get(0)))
                .child(XmlElement.builder(Stanzas.CLIENT, "error")
                        .attribute("type", "wait")
                        .child(XmlElement.of(Stanzas.ERRORS, "resource-constraint"))
                        .build())
                .build());
        assertEquals(
                "resource-constraint", failure(RequestRejectedException.class).condition());
    }

    @Test
    void streamManagementRefused_goesOnWithout() {
        bench.signIn();
        server.offer(Bench.BINDING, Bench.MANAGEMENT);
        bench.answerBind(server);
        server.receive(XmlElement.of(Bench.SM, "failed"));
        assertTrue(connected.isDone() && !connected.isCompletedExceptionally());
    }

    @Test
    @DisplayName("T-SM-1: stanzas between <enable/> and <enabled/> are handled, and not counted")
    void earlyStanzas_areHandledAndNotCounted() {
        int[] heard = {0};
        bench.engine.core().router().onMessage(message -> ++heard[0] > 0);
        bench.signIn();
        server.offer(Bench.BINDING, Bench.MANAGEMENT);
        bench.answerBind(server);
        for (int i = 0; i < 3; i++) {
            server.receive(Bench.incoming("early " + i));
        }
        assertEquals(0, heard[0]);
        bench.enabled(server, "sm1");
        assertEquals(3, heard[0]);
        server.sent();
        server.receive(XmlElement.of(Bench.SM, "r"));
        assertEquals(List.of("<a xmlns='urn:xmpp:sm:3' h='0'/>"), server.sent());
        server.receive(Bench.incoming("counted"));
        server.receive(XmlElement.of(Bench.SM, "r"));
        assertEquals(List.of("<a xmlns='urn:xmpp:sm:3' h='1'/>"), server.sent());
    }

    @Test
    void floodBeforeTheSession_isAViolation() {
        bench.signIn();
        server.offer(Bench.BINDING, Bench.MANAGEMENT);
        bench.answerBind(server);
        for (int i = 0; i < 1_000; i++) {
            server.receive(Bench.incoming("early"));
        }
        assertFalse(connected.isDone());
        server.receive(Bench.incoming("one too many"));
        failure(ProtocolViolationException.class);
    }

    @ParameterizedTest
    @DisplayName("Stanzas before the session hold 8 Mi characters at most")
    @CsvSource({"16, false", "17, true", "160, true"})
    void heavyFloodBeforeTheSession_isAViolation(int stanzas, boolean ends) {
        bench.signIn();
        server.offer(Bench.BINDING, Bench.MANAGEMENT);
        bench.answerBind(server);
        XmlElement large = Bench.incoming("x".repeat(512 * 1024 - 200));
        for (int i = 0; i < stanzas; i++) {
            server.receive(large);
        }
        if (ends) {
            failure(ProtocolViolationException.class);
        } else {
            assertFalse(connected.isDone());
        }
    }

    @Test
    void streamError_isTold() {
        server.receive(streamError("host-unknown", ""));
        ServerClosedException failure = failure(ServerClosedException.class);
        assertEquals("host-unknown", failure.condition());
        assertFalse(failure.isRetryable());
    }

    @Test
    @DisplayName("L22: a server that stops in the middle is given up after 30 s, whatever it was")
    void silence_isTimedOut() {
        toSasl();
        bench.loop.advance(Duration.ofMillis(29_999));
        assertFalse(connected.isDone());
        bench.loop.advance(Duration.ofMillis(1));
        ConnectionException failure = failure(ConnectionException.class);
        assertEquals(ConnectionException.Reason.TIMED_OUT, failure.reason());
        assertTrue(failure.attempts().get(0).failure().contains("stream features"));
        assertTrue(server.aborted);
    }

    @Test
    @DisplayName("L22: a server that drips is given up after 30 s all the same")
    void dripping_isTimedOut() {
        toSasl();
        server.offer(Bench.MECHANISMS);
        XmlElement challenge =
                XmlElement.builder(Bench.SASL, "challenge").text("aGk=").build();
        for (int i = 0; i < 9; i++) {
            bench.loop.advance(Duration.ofSeconds(3));
            server.receive(challenge);
        }
        bench.loop.advance(Duration.ofSeconds(3));
        assertEquals(
                ConnectionException.Reason.TIMED_OUT,
                failure(ConnectionException.class).reason());
    }

    @Test
    void connectionCutDuringSignIn_isTold() {
        toSasl();
        server.lose();
        assertEquals(
                ConnectionException.Reason.UNREACHABLE,
                failure(ConnectionException.class).reason());
    }

    @Test
    void cancelledConnect_abortsTheConnection() {
        toSasl();
        connected.cancel(false);
        bench.loop.run();
        assertTrue(server.aborted);
        assertEquals(0, bench.loop.timers());
    }

    @Test
    @DisplayName("T-RED-1: three redirections are followed, a fourth is not")
    void redirections_areBounded() {
        FakeConnection current = server;
        for (int i = 0; i < 4; i++) {
            assertEquals(i + 1, bench.transport.connections.size());
            current.offer(Bench.STARTTLS);
            current.receive(XmlElement.of("urn:ietf:params:xml:ns:xmpp-tls", "proceed"));
            current.receive(streamError("see-other-host", "node" + i + ".capulet.example:5269"));
            current = bench.transport.last();
        }
        assertEquals(4, bench.transport.connections.size());
        assertEquals("STARTTLS node2.capulet.example:5269", current.endpoint().toString());
        assertEquals("see-other-host", failure(ServerClosedException.class).condition());
    }

    @Test
    @DisplayName("T-RED-2: a redirection before TLS is not followed")
    void redirectionInTheClear_isNotFollowed() {
        server.receive(streamError("see-other-host", "node.capulet.example"));
        failure(ServerClosedException.class);
        assertEquals(1, bench.transport.connections.size());
    }

    @ParameterizedTest
    @DisplayName("T-RED-3: a redirection to this machine or its link is not followed")
    @ValueSource(
            strings = {
                "169.254.169.254:80",
                "127.0.0.1",
                "127.1",
                "2130706433",
                "localhost:5222",
                "x.localhost",
                "LOCALHOST.",
                "\uff4cocalhost",
                "\uff11\uff12\uff17.0.0.1",
                "[::1]:5222",
                "[fe80::1]",
                "0.0.0.0",
                "/var/run/socket",
                "",
                "node:0",
                "node:65536",
                "node:x",
                "user@node"
            })
    void redirectionToHere_isNotFollowed(String target) {
        toSasl();
        server.receive(streamError("see-other-host", target));
        failure(ServerClosedException.class);
        assertEquals(1, bench.transport.connections.size());
    }
}
