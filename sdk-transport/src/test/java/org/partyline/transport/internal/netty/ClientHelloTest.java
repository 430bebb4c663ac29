package org.partyline.transport.internal.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.internal.testing.ClientHello;
import org.partyline.transport.internal.testing.ConnectFixture;
import org.partyline.transport.internal.testing.ScriptedServer;

/** Reads what the client offers, byte by byte. */
class ClientHelloTest {
    private static final int SECURE_RENEGOTIATION = 0x00FF;

    private final ConnectFixture fixture = new ConnectFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private ClientHello hello(String domain) throws Exception {
        CompletableFuture<ClientHello> hello = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(peer -> hello.complete(ClientHello.read(peer.in())))) {
            fixture.connectFails(domain, options(server));
            return ConnectFixture.await(hello);
        }
    }

    private TransportOptions options(ScriptedServer server) {
        return fixture.options()
                .endpoints(Endpoint.directTls("127.0.0.1", server.port()))
                .build();
    }

    @Test
    @DisplayName("T-TLS-5, T-TLS-6 the ClientHello offers 1.3 and 1.2, ECDHE with AEAD, no compression, no early data")
    void clientHello_offersOnlyWhatIsStrong() throws Exception {
        ClientHello hello = hello(ConnectFixture.DOMAIN);
        Map<Integer, byte[]> extensions = hello.extensions();

        Set<Integer> suites = new TreeSet<>(hello.suites());
        suites.remove(SECURE_RENEGOTIATION);
        assertEquals(Set.of(0x1301, 0x1302, 0x1303, 0xC02B, 0xC02C, 0xC02F, 0xC030, 0xCCA8, 0xCCA9), suites);
        assertEquals(List.of(0), hello.compressions(), "none but no compression");
        assertArrayEquals(new byte[] {4, 3, 4, 3, 3}, extensions.get(ClientHello.SUPPORTED_VERSIONS));
        assertFalse(extensions.containsKey(ClientHello.EARLY_DATA));
        assertTrue(extensions.containsKey(ClientHello.STATUS_REQUEST), "asks for a stapled status");
    }

    @Test
    @DisplayName("T-TLS-6 it names the domain, and the protocol of direct TLS")
    void clientHello_namesDomainAndProtocol() throws Exception {
        Map<Integer, byte[]> extensions = hello(ConnectFixture.DOMAIN).extensions();

        ByteArrayOutputStream name = new ByteArrayOutputStream();
        int length = ConnectFixture.DOMAIN.length();
        name.writeBytes(new byte[] {0, (byte) (length + 3), 0, 0, (byte) length});
        name.writeBytes(ConnectFixture.DOMAIN.getBytes(StandardCharsets.US_ASCII));
        assertArrayEquals(name.toByteArray(), extensions.get(ClientHello.SERVER_NAME));
        ByteArrayOutputStream protocol = new ByteArrayOutputStream();
        protocol.writeBytes(new byte[] {0, 12, 11});
        protocol.writeBytes("xmpp-client".getBytes(StandardCharsets.US_ASCII));
        assertArrayEquals(protocol.toByteArray(), extensions.get(ClientHello.ALPN));
    }

    @Test
    @DisplayName("T-TLS-6 an address literal is not sent as a server name (RFC 6066 section 3)")
    void clientHello_forALiteral_namesNothing() throws Exception {
        assertFalse(hello("127.0.0.1").extensions().containsKey(ClientHello.SERVER_NAME));
    }

    @Test
    @DisplayName("T-TLS-5 a ClientHello that resumes a session offers no early data either")
    void resumingClientHello_offersNoEarlyData() throws Exception {
        BlockingQueue<ClientHello> hellos = new LinkedBlockingQueue<>();
        SSLContext context = fixture.identity().context();
        try (ScriptedServer server = new ScriptedServer(peer -> {
            ClientHello hello = ClientHello.read(peer.in());
            hellos.add(hello);
            SSLSocket tls = peer.tls(context, new ByteArrayInputStream(hello.bytes()));
            tls.startHandshake();
            peer.openStream();
            peer.drain();
        })) {
            TransportOptions options = options(server);
            for (int i = 0; i < 2; i++) {
                XmlConnection connection = fixture.connect(options);
                // The ticket comes before the header.
                fixture.open(connection);
                fixture.run(connection::abort);
            }
            ClientHello first = hellos.poll(20, TimeUnit.SECONDS);
            ClientHello second = hellos.poll(20, TimeUnit.SECONDS);
            assertTrue(first != null && second != null);
            assertFalse(first.extensions().containsKey(ClientHello.PRE_SHARED_KEY));
            assertTrue(second.extensions().containsKey(ClientHello.PRE_SHARED_KEY), "it resumes");
            assertFalse(second.extensions().containsKey(ClientHello.EARLY_DATA));
        }
    }
}
