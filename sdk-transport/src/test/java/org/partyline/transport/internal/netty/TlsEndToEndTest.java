package org.partyline.transport.internal.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.partyline.transport.Transports;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.Transport;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.internal.testing.ScriptedServer;
import org.partyline.transport.internal.testing.TestAuthority;
import org.partyline.transport.tls.TlsConfig;

class TlsEndToEndTest {
    private final TestAuthority authority = new TestAuthority();
    private final Transport transport = Transports.start(1, "t");

    @AfterEach
    void close() throws Exception {
        transport.close().get(10, SECONDS);
    }

    @Test
    void directTls_trustedCertificate_connects() throws Exception {
        TestAuthority.Identity identity = authority.issue(new TestAuthority.Spec().dns("im.example.org"));
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.tls(identity.context()).startHandshake();
            peer.drain();
        })) {
            TransportOptions options = TransportOptions.builder()
                    .tls(TlsConfig.builder()
                            .trust(authority.root())
                            .systemTrust(false)
                            .build())
                    .endpoints(Endpoint.directTls("127.0.0.1", server.port()))
                    .build();
            XmlConnection connection = transport
                    .connect("im.example.org", options, transport.nextLoop())
                    .get(10, SECONDS);
            assertEquals("TLSv1.3", Objects.requireNonNull(connection.tls()).protocol());
        }
    }
}
