package org.partyline.transport.internal.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.internal.testing.ClientHello;
import org.partyline.transport.internal.testing.ConnectFixture;
import org.partyline.transport.internal.testing.ScriptedServer;
import org.partyline.transport.internal.testing.TestAuthority;
import org.partyline.transport.internal.testing.TestAuthority.Spec;

/** A server that does not ask what the client offers, and picks what is weak: bytes by hand, as no library sends them. */
class ForcedServerHelloTest {
    private static final ConnectFixture FIXTURE = new ConnectFixture();
    private static final X509Certificate UNTRUSTED =
            TestAuthority.selfSigned(new Spec().dns(ConnectFixture.DOMAIN)).certificate();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    /** The first row picks what was offered, so its certificate is looked at, and found to be untrusted. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "what was offered, 0x0303, 0xC02B, 0, CERTIFICATE_REJECTED",
        "TLS 1.1, 0x0302, 0xC009, 0, TLS_FAILED",
        "TLS 1.0, 0x0301, 0xC009, 0, TLS_FAILED",
        "SSL 3, 0x0300, 0x0035, 0, TLS_FAILED",
        "CBC with SHA-256, 0x0303, 0xC023, 0, TLS_FAILED",
        "CBC with SHA-1, 0x0303, 0xC009, 0, TLS_FAILED",
        "RSA key exchange, 0x0303, 0x009C, 0, TLS_FAILED",
        "finite-field Diffie-Hellman, 0x0303, 0x009E, 0, TLS_FAILED",
        "triple DES, 0x0303, 0xC008, 0, TLS_FAILED",
        "RC4, 0x0303, 0xC007, 0, TLS_FAILED",
        "export, 0x0303, 0x0003, 0, TLS_FAILED",
        "no encryption, 0x0303, 0xC006, 0, TLS_FAILED",
        "no authentication, 0x0303, 0xC018, 0, TLS_FAILED",
        "no suite at all, 0x0303, 0x0000, 0, TLS_FAILED",
        "a suite of the other version, 0x0303, 0x1301, 0, TLS_FAILED",
        "compression, 0x0303, 0xC02B, 1, TLS_FAILED"
    })
    @DisplayName("T-TLS-6 a server that forces what is weak")
    void forced(String name, int version, int suite, int compression, Reason reason) throws Exception {
        byte[] flight = flight(version, suite, compression);
        try (ScriptedServer server = new ScriptedServer(peer -> {
            ClientHello.read(peer.in());
            peer.out().write(flight);
            peer.out().flush();
            peer.drain();
        })) {
            TransportException failure = FIXTURE.connectFails(FIXTURE.options()
                    .endpoints(Endpoint.directTls("127.0.0.1", server.port()))
                    .build());
            assertEquals(reason, failure.reason(), failure::getMessage);
        }
    }

    /** ServerHello and Certificate, in a record each (RFC 5246 sections 7.4.1.3 and 7.4.2). */
    private static byte[] flight(int version, int suite, int compression) throws Exception {
        ByteBuffer hello = ByteBuffer.allocate(2 + 32 + 1 + 2 + 1 + 2 + 5);
        hello.putShort((short) version).position(34);
        hello.put((byte) 0).putShort((short) suite).put((byte) compression);
        hello.putShort((short) 5).putShort((short) 0xFF01).put(new byte[] {0, 1, 0});
        byte[] certificate = UNTRUSTED.getEncoded();
        ByteBuffer chain = ByteBuffer.allocate(6 + certificate.length);
        putLength(chain, 3 + certificate.length);
        putLength(chain, certificate.length);
        chain.put(certificate);
        ByteArrayOutputStream flight = new ByteArrayOutputStream();
        flight.writeBytes(record(version, 2, hello.array()));
        flight.writeBytes(record(version, 11, chain.array()));
        return flight.toByteArray();
    }

    private static byte[] record(int version, int message, byte[] body) {
        ByteBuffer record = ByteBuffer.allocate(9 + body.length);
        record.put((byte) 22).putShort((short) version).putShort((short) (4 + body.length));
        record.put((byte) message);
        putLength(record, body.length);
        return record.put(body).array();
    }

    private static void putLength(ByteBuffer to, int length) {
        to.put((byte) (length >> 16)).putShort((short) length);
    }
}
