package org.partyline.transport.internal.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.internal.testing.ConnectFixture;
import org.partyline.transport.internal.testing.Recorder;
import org.partyline.transport.internal.testing.ScriptedServer;
import org.partyline.transport.internal.testing.ScriptedServer.Script;

/** Peers that refuse, stop, lie or speak something else: each a typed failure within its deadline. */
class BadPeerTest {
    private final ConnectFixture fixture = new ConnectFixture();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    private TransportException directFails(ScriptedServer server) {
        return fixture.connectFails(fixture.options()
                .handshakeTimeout(Duration.ofMillis(500))
                .endpoints(Endpoint.directTls("127.0.0.1", server.port()))
                .build());
    }

    /** Opens a stream in the clear and returns how the connection ended. */
    private TransportException plainEnds(ScriptedServer server) throws Exception {
        XmlConnection connection = fixture.connect(fixture.options()
                .endpoints(Endpoint.startTls("127.0.0.1", server.port()))
                .build());
        Recorder recorder = new Recorder();
        fixture.open(connection, recorder);
        List<TransportException> causes = ConnectFixture.await(recorder.ended());
        assertEquals("disconnected", recorder.calls.get(recorder.calls.size() - 1));
        return causes.get(0);
    }

    @Test
    @DisplayName("Refused port: every endpoint that was tried is listed")
    void refusedPort_listsAttempts() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Endpoint first = Endpoint.directTls("127.0.0.1", port);
        Endpoint second = Endpoint.startTls("127.0.0.1", port);
        TransportException failure =
                fixture.connectFails(fixture.options().endpoints(first, second).build());
        assertEquals(Reason.CONNECT_FAILED, failure.reason());
        assertEquals(
                List.of(first, second),
                failure.attempts().stream()
                        .map(TransportException.Attempt::endpoint)
                        .toList());
    }

    @Test
    @DisplayName("HTTP server on direct TLS: not XMPP, at its first byte")
    void httpOnDirectTls_isNotXmpp() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.in().read();
            peer.send("HTTP/1.1 400 Bad Request\r\n\r\n");
            peer.drain();
        })) {
            assertEquals(Reason.NOT_XMPP, directFails(server).reason());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "<html><body>Please sign in</body></html>",
                "<!DOCTYPE html>",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "<foo xmlns='bar'>"
            })
    @DisplayName("What is no stream in the clear is not XMPP")
    void otherProtocol_isNotXmpp(String answer) throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.readUntil(">");
            peer.send(answer);
            peer.drain();
        })) {
            assertEquals(Reason.NOT_XMPP, plainEnds(server).reason());
        }
    }

    @Test
    @DisplayName("L21 a server that stops in mid-handshake runs into the handshake's deadline")
    void silentHandshake_timesOut() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.Peer::drain)) {
            assertEquals(Reason.TIMED_OUT, directFails(server).reason());
        }
    }

    @Test
    @DisplayName("L21 dripping bytes do not extend the handshake's deadline")
    void drippingHandshake_timesOut() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.in().read();
            byte[] record = {22, 3, 3, 0x3F, 0};
            peer.out().write(record);
            CountDownLatch never = new CountDownLatch(1);
            while (!never.await(20, TimeUnit.MILLISECONDS)) {
                peer.out().write(1);
                peer.out().flush();
            }
        })) {
            TransportException failure = directFails(server);
            assertTrue(
                    failure.reason() == Reason.TIMED_OUT || failure.reason() == Reason.TLS_FAILED, failure::toString);
        }
    }

    @Test
    @DisplayName("A server that hangs up in mid-handshake")
    void hangUpInHandshake_isTlsFailed() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> peer.in().read())) {
            assertEquals(Reason.TLS_FAILED, directFails(server).reason());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.1", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_RSA_WITH_AES_128_GCM_SHA256"})
    @DisplayName("T-TLS-6 a server with an old version, CBC or no forward secrecy is refused")
    void weakServer_isTlsFailed(String weakness) throws Exception {
        var identity = weakness.startsWith("TLS_RSA")
                ? fixture.authority.issue(new org.partyline.transport.internal.testing.TestAuthority.Spec()
                        .rsa()
                        .dns(ConnectFixture.DOMAIN))
                : fixture.identity();
        try (ScriptedServer server = new ScriptedServer(peer -> {
            SSLSocket tls = peer.tls(identity.context());
            if (weakness.startsWith("TLS_")) {
                tls.setEnabledProtocols(new String[] {"TLSv1.2"});
                tls.setEnabledCipherSuites(new String[] {weakness});
            } else {
                tls.setEnabledProtocols(new String[] {weakness});
            }
            tls.startHandshake();
            peer.drain();
        })) {
            assertEquals(Reason.TLS_FAILED, directFails(server).reason());
        }
    }

    @Test
    @DisplayName("No renegotiation: a TLS 1.2 server that asks for one loses the connection")
    void renegotiation_isRefused() throws Exception {
        CompletableFuture<SSLSocket> opened = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(peer -> {
            SSLSocket tls = peer.tls(fixture.identity().context());
            tls.setEnabledProtocols(new String[] {"TLSv1.2"});
            tls.startHandshake();
            peer.openStream();
            opened.complete(tls);
            tls.startHandshake();
            peer.drain();
        })) {
            XmlConnection connection = fixture.connect(fixture.options()
                    .endpoints(Endpoint.directTls("127.0.0.1", server.port()))
                    .build());
            Recorder recorder = fixture.open(connection);
            ConnectFixture.await(opened);
            assertEquals(
                    Reason.TLS_FAILED,
                    ConnectFixture.await(recorder.ended()).get(0).reason());
        }
    }

    @Test
    @DisplayName("Malformed XML is answered with its stream error, then the connection ends")
    void malformedXml_isAnswered() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.openStream();
            peer.send("<a><!-- no --></a>");
            answer.complete(peer.readUntil("</stream:stream>"));
        })) {
            assertEquals(Reason.PROTOCOL_VIOLATION, plainEnds(server).reason());
            assertTrue(ConnectFixture.await(answer).contains("<restricted-xml "), answer::join);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fin", "reset", "half", "fin, then reset"})
    @DisplayName("T-NET-1 end of file, reset, both, and an element cut in half: the connection is lost, once")
    void lostInMidStream(String how) throws Exception {
        Script script = peer -> {
            peer.openStream();
            if (how.equals("half")) {
                peer.send("<message><bo");
            } else if (how.equals("reset")) {
                peer.socket().setSoLinger(true, 0);
            } else if (how.startsWith("fin,")) {
                peer.socket().shutdownOutput();
                peer.drain();
                peer.socket().setSoLinger(true, 0);
            }
        };
        try (ScriptedServer server = new ScriptedServer(script)) {
            assertEquals(Reason.CONNECTION_LOST, plainEnds(server).reason());
            assertLoopIsIdle();
        }
    }

    /** Measures the loop's own processor time, which a busy machine does not change. */
    private void assertLoopIsIdle() throws Exception {
        CompletableFuture<Long> spent = new CompletableFuture<>();
        Duration window = Duration.ofSeconds(1);
        fixture.run(() -> {
            long before = cpuTime();
            fixture.loop.schedule(() -> spent.complete(cpuTime() - before), window);
        });
        long nanos = ConnectFixture.await(spent);
        assertTrue(nanos < window.toNanos() / 20, () -> nanos + " ns of the loop's time, with nothing to do");
    }

    /** By reflection: this module, which its tests are compiled into, does not read java.management. */
    private static long cpuTime() {
        try {
            Object threads = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            return (long) Class.forName("java.lang.management.ThreadMXBean")
                    .getMethod("getCurrentThreadCpuTime")
                    .invoke(threads);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** An alert of the level warning, in the clear: no_renegotiation. */
    private static final byte[] WARNING = {21, 3, 3, 0, 2, 1, 100};

    private static byte[] record(int type, int length) {
        return ByteBuffer.allocate(5 + length)
                .put((byte) type)
                .putShort((short) 0x0303)
                .putShort((short) length)
                .array();
    }

    static Stream<Arguments> brokenRecords() {
        return Stream.of(
                Arguments.of(Named.of("T-NET-2 warnings", WARNING)),
                Arguments.of(Named.of("T-NET-3 2^14 + 1", record(23, 16_385))),
                Arguments.of(Named.of("T-NET-3 2^14 + 257", record(23, 16_641))),
                Arguments.of(Named.of("T-NET-3 2^14 + 2049", record(23, 18_433))),
                Arguments.of(Named.of("T-NET-3 2^16 - 1", record(23, 65_535))));
    }

    @ParameterizedTest
    @MethodSource("brokenRecords")
    @DisplayName("T-NET-2, T-NET-3: in a handshake, an alert flood and oversized records end it, and the loop is idle")
    void brokenRecords_endTheHandshake(byte[] record) throws Exception {
        byte[] flood = record[0] == 21 ? record : record.clone();
        // In place of the server's first flight a record of the handshake is due.
        flood[0] = record[0] == 21 ? record[0] : 22;
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.in().read();
            for (int i = 0; i < 10_000; i++) {
                peer.out().write(flood);
            }
        })) {
            // Seconds, so that it is the flood that ends it and not the deadline.
            TransportException failure = fixture.connectFails(fixture.options()
                    .endpoints(Endpoint.directTls("127.0.0.1", server.port()))
                    .build());
            assertTrue(failure.reason() == Reason.TLS_FAILED || failure.reason() == Reason.NOT_XMPP, failure::toString);
            assertLoopIsIdle();
        }
    }

    @ParameterizedTest
    @MethodSource("brokenRecords")
    @DisplayName(
            "T-NET-2, T-NET-3: an alert flood and oversized records break TLS, end the connection, and the loop is idle")
    void brokenRecords_endTheConnection(byte[] record) throws Exception {
        CompletableFuture<Boolean> hungUp = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(peer -> {
            java.net.Socket raw = peer.socket();
            peer.tls(fixture.identity().context()).startHandshake();
            peer.openStream();
            try {
                for (int i = 0; i < 10_000; i++) {
                    raw.getOutputStream().write(record);
                }
                hungUp.complete(raw.getInputStream().read() < 0);
            } catch (IOException expected) {
                hungUp.complete(true);
            }
        })) {
            XmlConnection connection = fixture.connect(fixture.options()
                    .endpoints(Endpoint.directTls("127.0.0.1", server.port()))
                    .build());
            Recorder recorder = fixture.open(connection);
            assertEquals(
                    Reason.TLS_FAILED,
                    ConnectFixture.await(recorder.ended()).get(0).reason());
            ConnectFixture.await(hungUp);
            assertLoopIsIdle();
        }
    }

    @Test
    @DisplayName("Cancelling a connect that is under way closes its channel")
    void cancel_closesTheChannel() throws Exception {
        CountDownLatch accepted = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.in().read();
            accepted.countDown();
            peer.drain();
        })) {
            CompletableFuture<XmlConnection> connecting = fixture.transport.connect(
                    ConnectFixture.DOMAIN,
                    fixture.options()
                            .endpoints(Endpoint.directTls("127.0.0.1", server.port()))
                            .build(),
                    fixture.loop);
            assertTrue(accepted.await(20, TimeUnit.SECONDS));
            connecting.cancel(false);
            List<Throwable> ends = new ArrayList<>();
            ends.add(server.ends().poll(20, TimeUnit.SECONDS));
            assertEquals("done", ends.get(0).getMessage(), "the script saw the end of the stream");
        }
    }
}
