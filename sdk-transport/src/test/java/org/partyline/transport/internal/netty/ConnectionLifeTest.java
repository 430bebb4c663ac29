package org.partyline.transport.internal.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.internal.testing.ConnectFixture;
import org.partyline.transport.internal.testing.Recorder;
import org.partyline.transport.internal.testing.ScriptedServer;
import org.partyline.transport.internal.testing.ScriptedServer.Script;
import org.partyline.transport.internal.testing.TestAuthority.Identity;
import org.partyline.transport.internal.testing.TestAuthority.Spec;
import org.partyline.transport.tls.TlsConfig;
import org.partyline.transport.xml.XmlElement;

/** One connection over direct TLS, from opening to each way of ending. */
class ConnectionLifeTest {
    private final ConnectFixture fixture = new ConnectFixture();
    private final Identity identity = fixture.identity();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    private ScriptedServer server(Script script) throws Exception {
        return new ScriptedServer(peer -> {
            SSLSocket tls = peer.tls(identity.context());
            tls.startHandshake();
            script.run(peer);
        });
    }

    private TransportOptions.Builder options(ScriptedServer server) {
        return fixture.options().endpoints(Endpoint.directTls("127.0.0.1", server.port()));
    }

    private XmlConnection connect(ScriptedServer server) throws Exception {
        return fixture.connect(options(server).build());
    }

    @Test
    @DisplayName(
            "close: what was written, then the closing tag; then it waits for the peer's, and ends without a cause")
    void close_isOrderly() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        try (ScriptedServer server = server(peer -> {
            peer.openStream();
            heard.complete(peer.readUntil("</stream:stream>"));
            peer.send("<message xmlns='jabber:client'/></stream:stream>");
            peer.drain();
        })) {
            XmlConnection connection = connect(server);
            Recorder recorder = fixture.open(connection);
            CompletableFuture<Void> closed = new CompletableFuture<>();
            fixture.run(() -> {
                connection.write(XmlElement.of("jabber:client", "presence"));
                connection.close().thenRun(() -> closed.complete(null));
                connection.write(XmlElement.of("jabber:client", "iq"));
            });
            assertEquals("<presence/></stream:stream>", ConnectFixture.await(heard));
            ConnectFixture.await(closed);
            assertEquals(List.of(), ConnectFixture.await(recorder.ended()));
            assertEquals(List.of("opened", "element", "streamClosed", "disconnected"), recorder.calls);
        }
    }

    @Test
    @DisplayName("L23 close: a peer that does not answer is not waited for longer than the close timeout")
    void close_silentPeer_ends() throws Exception {
        try (ScriptedServer server = server(peer -> {
            peer.openStream();
            peer.drain();
        })) {
            XmlConnection connection = fixture.connect(
                    options(server).closeTimeout(Duration.ofMillis(100)).build());
            Recorder recorder = fixture.open(connection);
            fixture.run(connection::close);
            assertEquals(List.of(), ConnectFixture.await(recorder.ended()));
        }
    }

    @Test
    @DisplayName("A stream that the server closes in order is answered, and ends without a cause")
    void peerCloses_isAnswered() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        try (ScriptedServer server = server(peer -> {
            peer.openStream();
            peer.send("</stream:stream>");
            heard.complete(peer.readUntil("</stream:stream>"));
            peer.drain();
        })) {
            Recorder recorder = fixture.open(connect(server));
            assertEquals(List.of(), ConnectFixture.await(recorder.ended()));
            assertEquals("</stream:stream>", ConnectFixture.await(heard));
            assertEquals(List.of("opened", "streamClosed", "disconnected"), recorder.calls);
        }
    }

    @Test
    void closeWithError_sendsTheCondition() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        try (ScriptedServer server = server(peer -> {
            peer.openStream();
            heard.complete(peer.readUntil("</stream:stream>"));
        })) {
            XmlConnection connection = connect(server);
            fixture.open(connection);
            fixture.run(() -> connection.closeWithError("policy-violation"));
            assertEquals(
                    "<stream:error><policy-violation xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>"
                            + "</stream:stream>",
                    ConnectFixture.await(heard));
        }
    }

    @Test
    void abort_endsWithClosed() throws Exception {
        try (ScriptedServer server = server(peer -> {
            peer.openStream();
            peer.drain();
        })) {
            XmlConnection connection = connect(server);
            Recorder recorder = fixture.open(connection);
            fixture.run(() -> {
                connection.write(XmlElement.of("jabber:client", "presence"));
                connection.abort();
                connection.abort();
            });
            assertEquals(
                    Reason.CLOSED, ConnectFixture.await(recorder.ended()).get(0).reason());
            assertEquals(List.of("opened", "disconnected"), recorder.calls);
        }
    }

    @Test
    @DisplayName("Back-pressure: while reading is off the socket fills, and nothing is lost")
    void reading_off_stopsTheSender() throws Exception {
        int count = 200_000;
        AtomicInteger sent = new AtomicInteger();
        try (ScriptedServer server = server(peer -> {
            peer.openStream();
            String batch =
                    "<message xmlns='jabber:client'><body>0123456789012345678901234567890123456789</body></message>"
                            .repeat(100);
            for (int i = 0; i < count / 100; i++) {
                peer.send(batch);
                sent.addAndGet(100);
            }
            peer.drain();
        })) {
            XmlConnection connection = connect(server);
            CountDownLatch all = new CountDownLatch(count);
            AtomicInteger whilePaused = new AtomicInteger();
            CompletableFuture<Integer> paused = new CompletableFuture<>();
            Recorder recorder = new Recorder() {
                @Override
                public void onElement(XmlElement element) {
                    all.countDown();
                    if (paused.isDone()) {
                        whilePaused.incrementAndGet();
                    } else {
                        connection.reading(false);
                        paused.complete(1);
                        whilePaused.set(0);
                    }
                }
            };
            fixture.open(connection, recorder);
            ConnectFixture.await(paused);
            // The loop has turned many times by the end of these, and has read no more than one read's worth.
            for (int i = 0; i < 1000; i++) {
                fixture.run(() -> {});
            }
            assertTrue(all.getCount() > count / 2, "delivered although paused: " + (count - all.getCount()));
            fixture.run(() -> connection.reading(true));
            assertTrue(all.await(60, TimeUnit.SECONDS), () -> "missing: " + all.getCount() + " of " + sent);
            fixture.run(connection::abort);
        }
    }

    @Test
    @DisplayName("Writability: a peer that does not read makes the connection unwritable, and writable again")
    void writable_turnsAndReturns() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        try (ScriptedServer server = server(peer -> {
            peer.openStream();
            read.await();
            peer.drain();
        })) {
            XmlConnection connection = connect(server);
            CompletableFuture<Void> writableAgain = new CompletableFuture<>();
            Recorder recorder = new Recorder() {
                @Override
                public void onWritable() {
                    writableAgain.complete(null);
                }
            };
            fixture.open(connection, recorder);
            XmlElement message = XmlElement.builder("jabber:client", "message")
                    .textChild("body", "x".repeat(1000))
                    .build();
            AtomicInteger written = new AtomicInteger();
            fixture.run(() -> {
                while (connection.isWritable() && written.get() < 100_000) {
                    connection.write(message);
                    connection.flush();
                    written.incrementAndGet();
                }
            });
            assertTrue(written.get() < 100_000, "writing never stopped");
            read.countDown();
            ConnectFixture.await(writableAgain);
            fixture.run(connection::abort);
        }
    }

    @Test
    @DisplayName("XEP-0368: ALPN is xmpp-client, and the server name indicated is the account's domain")
    void directTls_namesProtocolAndDomain() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(peer -> {
            SSLSocket tls = peer.tls(identity.context());
            tls.setHandshakeApplicationProtocolSelector((socket, offered) -> offered.get(0));
            tls.startHandshake();
            seen.complete(tls.getApplicationProtocol() + " "
                    + ((javax.net.ssl.ExtendedSSLSession) tls.getSession()).getRequestedServerNames());
            peer.drain();
        })) {
            fixture.run(connect(server)::abort);
            String both = ConnectFixture.await(seen);
            assertTrue(both.startsWith("xmpp-client "), both);
            assertTrue(both.contains(ConnectFixture.DOMAIN), both);
        }
    }

    @Test
    @DisplayName("A client certificate is shown to a server that asks, and to it alone")
    void clientCertificate_isShown() throws Exception {
        Identity client = fixture.authority.issue(new Spec()
                .xmpp("juliet@im.example.org")
                .purpose(org.bouncycastle.asn1.x509.KeyPurposeId.id_kp_clientAuth));
        CompletableFuture<Object> shown = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(peer -> {
            javax.net.ssl.SSLContext context = javax.net.ssl.SSLContext.getInstance("TLS");
            java.security.KeyStore store = java.security.KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "k", identity.key(), new char[0], new java.security.cert.Certificate[] {identity.certificate()});
            store.setCertificateEntry("ca", fixture.authority.root());
            var keys = javax.net.ssl.KeyManagerFactory.getInstance("PKIX");
            keys.init(store, new char[0]);
            var trust = javax.net.ssl.TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            SSLSocket tls = peer.tls(context);
            tls.setNeedClientAuth(true);
            tls.startHandshake();
            shown.complete(tls.getSession().getPeerCertificates()[0]);
            peer.drain();
        })) {
            TransportOptions withCertificate = options(server)
                    .tls(TlsConfig.builder()
                            .trust(fixture.authority.root())
                            .systemTrust(false)
                            .clientCertificate(client.key(), client.chain())
                            .build())
                    .build();
            XmlConnection connection = fixture.connect(withCertificate);
            assertEquals(client.certificate(), ConnectFixture.await(shown));
            fixture.run(connection::abort);
        }
    }

    @Test
    @DisplayName("A resumed TLS session is verified again, and keeps its certificates")
    void resumedSession_isVerified() throws Exception {
        javax.net.ssl.SSLContext shared = identity.context();
        AtomicInteger handshakes = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.tls(shared).startHandshake();
            handshakes.incrementAndGet();
            peer.openStream();
            peer.drain();
        })) {
            TransportOptions options = options(server).build();
            for (int i = 0; i < 3; i++) {
                XmlConnection connection = fixture.connect(options);
                fixture.open(connection);
                assertEquals(
                        identity.certificate(),
                        java.util.Objects.requireNonNull(connection.tls())
                                .peerCertificates()
                                .get(0));
                fixture.run(connection::abort);
            }
            TransportException failure = fixture.connectFails("other.example.org", options);
            assertEquals(Reason.CERTIFICATE_REJECTED, failure.reason());
        }
    }

    @Test
    @DisplayName("Closing the transport aborts what is open and leaves no thread of its own")
    void transportClose_leavesNothing() throws Exception {
        try (ScriptedServer server = server(peer -> {
            peer.openStream();
            peer.drain();
        })) {
            org.partyline.transport.connection.Transport own = org.partyline.transport.Transports.start(2, "census");
            var loop = own.nextLoop();
            XmlConnection connection = ConnectFixture.await(
                    own.connect(ConnectFixture.DOMAIN, options(server).build(), loop));
            Recorder recorder = new Recorder();
            CompletableFuture.runAsync(
                            () -> {
                                connection.listener(recorder);
                                connection.open(org.partyline.transport.connection.StreamHeader.toServer(
                                        null, ConnectFixture.DOMAIN));
                            },
                            loop)
                    .get(20, TimeUnit.SECONDS);
            ConnectFixture.await(recorder.opened);
            assertTrue(threads("census").stream().allMatch(Thread::isDaemon));
            assertFalse(threads("census").isEmpty());
            ConnectFixture.await(own.close());
            assertEquals(
                    Reason.CLOSED, ConnectFixture.await(recorder.ended()).get(0).reason());
            assertEquals(List.of(), threads("census"));
            assertNotNull(org.junit.jupiter.api.Assertions.assertThrows(
                    IllegalStateException.class,
                    () -> own.connect(ConnectFixture.DOMAIN, options(server).build(), loop)));
        }
    }

    private static List<Thread> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .toList();
    }
}
