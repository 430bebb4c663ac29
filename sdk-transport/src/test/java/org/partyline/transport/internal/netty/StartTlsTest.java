package org.partyline.transport.internal.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.StreamHeader;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.internal.testing.ConnectFixture;
import org.partyline.transport.internal.testing.Recorder;
import org.partyline.transport.internal.testing.ScriptedServer;
import org.partyline.transport.internal.testing.TestAuthority.Identity;
import org.partyline.transport.tls.TlsSession;
import org.partyline.transport.xml.XmlElement;

class StartTlsTest {
    private static final ConnectFixture FIXTURE = new ConnectFixture();
    private static final Identity IDENTITY = FIXTURE.identity();
    private static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
    private static final String FEATURES = "<stream:features><starttls xmlns='" + TLS + "'/></stream:features>";
    private static final String PROCEED = "<proceed xmlns='" + TLS + "'/>";
    private static final String SMUGGLED = "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
            + "<mechanism>PLAIN</mechanism></mechanisms></stream:features>";

    @AfterAll
    static void close() throws Exception {
        FIXTURE.close();
    }

    /** Asks for STARTTLS as soon as it is offered, and begins TLS on proceed, as a session would. */
    private static class Upgrader extends Recorder {
        final CompletableFuture<TlsSession> secured = new CompletableFuture<>();
        private final XmlConnection connection;

        Upgrader(XmlConnection connection) {
            this.connection = connection;
        }

        @Override
        public void onElement(XmlElement element) {
            super.onElement(element);
            if (element.name().equals("features")) {
                connection.write(XmlElement.of(TLS, "starttls"));
                connection.flush();
            } else if (element.is(TLS, "proceed")) {
                begin(connection);
            }
        }

        void begin(XmlConnection upgraded) {
            upgraded.startTls().whenComplete((session, error) -> {
                if (error == null) {
                    secured.complete(session);
                } else {
                    secured.completeExceptionally(error);
                }
            });
        }
    }

    private static XmlConnection connect(ScriptedServer server) throws Exception {
        return FIXTURE.connect(FIXTURE.options()
                .endpoints(Endpoint.startTls("127.0.0.1", server.port()))
                .build());
    }

    @Test
    @DisplayName("STARTTLS: nothing can be written past the handshake, and the stream restarts under TLS")
    void startTls_restarts() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.openStream();
            peer.send(FEATURES);
            peer.readUntil("/>");
            peer.send(PROCEED);
            peer.tls(IDENTITY.context()).startHandshake();
            peer.openStream();
            peer.send("<stream:features/>");
            peer.drain();
        })) {
            XmlConnection connection = connect(server);
            assertNull(connection.tls());
            AtomicReference<@Nullable Throwable> refused = new AtomicReference<>();
            Upgrader upgrader = new Upgrader(connection) {
                @Override
                void begin(XmlConnection upgraded) {
                    super.begin(upgraded);
                    try {
                        upgraded.write(XmlElement.of("jabber:client", "presence"));
                    } catch (IllegalStateException e) {
                        refused.set(e);
                    }
                }
            };
            FIXTURE.open(connection, upgrader);
            TlsSession session = ConnectFixture.await(upgrader.secured);
            assertEquals(ConnectFixture.DOMAIN, session.verifiedName());
            assertInstanceOf(IllegalStateException.class, refused.get());
            assertNotNull(connection.tls());
            Recorder second = FIXTURE.open(connection);
            assertFalse(second.ended().isDone());
            FIXTURE.run(connection::abort);
        }
    }

    @Test
    @DisplayName("STARTTLS: a certificate for another name fails the future and the connection")
    void startTls_wrongCertificate_fails() throws Exception {
        Identity evil = FIXTURE.authority.issue(
                new org.partyline.transport.internal.testing.TestAuthority.Spec().dns("evil.test"));
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.openStream();
            peer.send(FEATURES);
            peer.readUntil("/>");
            peer.send(PROCEED);
            peer.tls(evil.context()).startHandshake();
            peer.drain();
        })) {
            XmlConnection connection = connect(server);
            Upgrader upgrader = new Upgrader(connection);
            FIXTURE.open(connection, upgrader);
            TransportException failure = ConnectFixture.failure(upgrader.secured);
            assertEquals(Reason.CERTIFICATE_REJECTED, failure.reason());
            assertTrue(String.valueOf(failure.getMessage()).contains("evil.test"), failure::getMessage);
            assertEquals(
                    Reason.CERTIFICATE_REJECTED,
                    ConnectFixture.await(upgrader.ended()).get(0).reason());
            assertNull(connection.tls());
        }
    }

    @Test
    @DisplayName("T-STL-2 bytes behind proceed fail the upgrade, however they are split (1,000 runs)")
    void smuggledBytes_fail() throws Exception {
        Random random = new Random(42);
        AtomicReference<byte[][]> pieces = new AtomicReference<>(new byte[0][]);
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.openStream();
            peer.send(FEATURES);
            peer.readUntil("/>");
            for (byte[] piece : pieces.get()) {
                peer.out().write(piece);
                peer.out().flush();
            }
            peer.drain();
        })) {
            for (int run = 0; run < 1000; run++) {
                String extra = switch (run % 3) {
                    case 0 -> SMUGGLED;
                    case 1 -> " ";
                    default -> "\n<presence/>";
                };
                pieces.set(split(PROCEED + extra, random));
                XmlConnection connection = connect(server);
                Upgrader upgrader = new Upgrader(connection);
                FIXTURE.open(connection, upgrader);
                TransportException cause =
                        ConnectFixture.await(upgrader.ended()).get(0);
                assertEquals(Reason.PROTOCOL_VIOLATION, cause.reason(), run + ": " + cause.getMessage());
                assertTrue(upgrader.secured.isCompletedExceptionally());
                assertNull(connection.tls());
                assertEquals(2, upgrader.elements.size(), "features and proceed, and nothing else");
            }
        }
    }

    private static byte[][] split(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int cuts = random.nextInt(4);
        int[] at = random.ints(cuts, 0, bytes.length + 1).sorted().toArray();
        byte[][] pieces = new byte[cuts + 1][];
        int from = 0;
        for (int i = 0; i <= cuts; i++) {
            int to = i < cuts ? at[i] : bytes.length;
            pieces[i] = java.util.Arrays.copyOfRange(bytes, from, to);
            from = to;
        }
        return pieces;
    }

    @Test
    @DisplayName("STARTTLS: a server that falls silent in the handshake is given up on")
    void silentServer_timesOut() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.openStream();
            peer.send(FEATURES);
            peer.readUntil("/>");
            peer.send(PROCEED);
            peer.drain();
        })) {
            XmlConnection connection = FIXTURE.connect(FIXTURE.options()
                    .handshakeTimeout(java.time.Duration.ofMillis(200))
                    .endpoints(Endpoint.startTls("127.0.0.1", server.port()))
                    .build());
            Upgrader upgrader = new Upgrader(connection);
            FIXTURE.open(connection, upgrader);
            assertEquals(
                    Reason.TIMED_OUT, ConnectFixture.failure(upgrader.secured).reason());
            assertEquals(1, ConnectFixture.await(upgrader.ended()).size());
        }
    }

    @Test
    @DisplayName("STARTTLS: cancelling the future aborts the connection")
    void cancel_aborts() throws Exception {
        CompletableFuture<CompletableFuture<TlsSession>> started = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.openStream();
            peer.send(PROCEED);
            peer.drain();
        })) {
            XmlConnection connection = connect(server);
            Recorder recorder = new Recorder() {
                @Override
                public void onElement(XmlElement element) {
                    started.complete(connection.startTls());
                }
            };
            FIXTURE.run(() -> {
                connection.listener(recorder);
                connection.open(StreamHeader.toServer(null, ConnectFixture.DOMAIN));
            });
            ConnectFixture.await(started).cancel(false);
            assertEquals(
                    Reason.CLOSED, ConnectFixture.await(recorder.ended()).get(0).reason());
        }
    }
}
