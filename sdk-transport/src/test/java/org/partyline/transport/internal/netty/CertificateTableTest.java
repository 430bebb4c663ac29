package org.partyline.transport.internal.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.internal.testing.BouncyServer;
import org.partyline.transport.internal.testing.ConnectFixture;
import org.partyline.transport.internal.testing.ScriptedServer;
import org.partyline.transport.internal.testing.TestAuthority;
import org.partyline.transport.internal.testing.TestAuthority.Identity;
import org.partyline.transport.internal.testing.TestAuthority.Spec;

/** Real handshakes with certificates of every kind: which a client may take for the account's domain (RFC 9525). */
class CertificateTableTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final ConnectFixture FIXTURE = new ConnectFixture(AUTHORITY);
    private static final String DOMAIN = "im.example.org";

    @AfterAll
    static void close() throws Exception {
        FIXTURE.close();
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                Arguments.of("DNS-ID", DOMAIN, spec().dns(DOMAIN)),
                Arguments.of("DNS-ID in capitals", DOMAIN, spec().dns("IM.Example.ORG")),
                Arguments.of("wildcard", DOMAIN, spec().dns("*.example.org")),
                Arguments.of("second of two names", DOMAIN, spec().dns("other.test", DOMAIN)),
                Arguments.of("SRV-ID", DOMAIN, spec().srv("_xmpp-client." + DOMAIN)),
                Arguments.of("SRV-ID of direct TLS", DOMAIN, spec().srv("_xmpps-client." + DOMAIN)),
                Arguments.of("XmppAddr", DOMAIN, spec().xmpp(DOMAIN)),
                Arguments.of("trailing dot in the account's domain", DOMAIN + ".", spec().dns(DOMAIN)),
                Arguments.of("trailing dot in the certificate", DOMAIN, spec().dns(DOMAIN + ".")),
                Arguments.of("punycode", "b\u00fccher.example.org", spec().dns("xn--bcher-kva.example.org")),
                Arguments.of("IP-SAN for a literal", "127.0.0.1", spec().address("127.0.0.1")),
                Arguments.of("RSA key", DOMAIN, spec().rsa().dns(DOMAIN)));
    }

    static Stream<Arguments> rejected() {
        Instant now = Instant.now();
        return Stream.of(
                Arguments.of(
                        "other name, right common name",
                        DOMAIN,
                        spec().commonName(DOMAIN).dns("evil.test")),
                Arguments.of("no SAN, right common name", DOMAIN, spec().commonName(DOMAIN)),
                Arguments.of("wildcard in the middle", DOMAIN, spec().dns("im.*.org")),
                Arguments.of("two wildcards", DOMAIN, spec().dns("*.*.org")),
                Arguments.of("partial wildcard", DOMAIN, spec().dns("i*.example.org")),
                Arguments.of("wildcard too high", "example.org", spec().dns("*.org")),
                Arguments.of("wildcard for two labels", DOMAIN, spec().dns("*.org")),
                Arguments.of("wildcard for no label", "example.org", spec().dns("*.example.org")),
                Arguments.of("SRV-ID of servers", DOMAIN, spec().srv("_xmpp-server." + DOMAIN)),
                Arguments.of("SRV-ID of another domain", DOMAIN, spec().srv("_xmpp-client.evil.test")),
                Arguments.of("XmppAddr of a user", DOMAIN, spec().xmpp("juliet@" + DOMAIN)),
                Arguments.of("common name is the literal", "127.0.0.1", spec().commonName("127.0.0.1")),
                Arguments.of("DNS-ID is the literal", "127.0.0.1", spec().dns("127.0.0.1")),
                Arguments.of("IP-SAN for a name", DOMAIN, spec().address("127.0.0.1")),
                Arguments.of("the name is a suffix", DOMAIN, spec().dns("x" + DOMAIN)),
                Arguments.of(
                        "expired",
                        DOMAIN,
                        spec().dns(DOMAIN).valid(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1)))),
                Arguments.of(
                        "not yet valid",
                        DOMAIN,
                        spec().dns(DOMAIN).valid(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(9)))),
                Arguments.of("wildcard within punycode", "xn--bcher-kva.example.org", spec().dns("xn--*.example.org")),
                Arguments.of(
                        "common name and another XmppAddr",
                        DOMAIN,
                        spec().commonName(DOMAIN).xmpp("evil.test")),
                Arguments.of("for clients", DOMAIN, spec().dns(DOMAIN).purpose(KeyPurposeId.id_kp_clientAuth)),
                Arguments.of("for e-mail", DOMAIN, spec().dns(DOMAIN).purpose(KeyPurposeId.id_kp_emailProtection)));
    }

    static Stream<Arguments> badChains() {
        Identity leafAsIssuer = AUTHORITY.issue(spec().dns("leaf.test"));
        Identity lastAuthority = AUTHORITY.issue(spec().authority(0));
        Identity belowLast = AUTHORITY.issue(spec().authority(0), lastAuthority);
        Identity constrained = AUTHORITY.issue(spec().authority(0)
                .constraints(new NameConstraints(
                        new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.dNSName, "allowed.test"))},
                        null)));
        return Stream.of(
                Arguments.of("self-signed", TestAuthority.selfSigned(spec().dns(DOMAIN))),
                Arguments.of("unknown authority", new TestAuthority().issue(spec().dns(DOMAIN))),
                Arguments.of("T-TLS-2 issued by a leaf", AUTHORITY.issue(spec().dns(DOMAIN), leafAsIssuer)),
                Arguments.of("T-TLS-2 path length", AUTHORITY.issue(spec().dns(DOMAIN), belowLast)),
                Arguments.of("T-TLS-2 name constraint", AUTHORITY.issue(spec().dns(DOMAIN), constrained)));
    }

    private static Spec spec() {
        return new Spec();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName("T-TLS-1 accepted")
    void accepted(String row, String domain, Spec spec) throws Exception {
        try (ScriptedServer server = server(AUTHORITY.issue(spec))) {
            XmlConnection connection =
                    ConnectFixture.await(FIXTURE.transport.connect(domain, options(server), FIXTURE.loop));
            assertNotNull(connection.tls());
            FIXTURE.run(connection::abort);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName("T-TLS-1 rejected")
    void rejected(String row, String domain, Spec spec) throws Exception {
        assertRejected(domain, AUTHORITY.issue(spec));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName("T-TLS-1, T-TLS-2, L33: chains that are not trusted")
    void badChains(String row, Identity identity) throws Exception {
        assertRejected(DOMAIN, identity);
    }

    /** So many certificates, the leaf among them. */
    private static Identity chainOf(int length) {
        Identity deep = AUTHORITY.issue(spec().authority(20));
        for (int i = 2; i < length; i++) {
            deep = AUTHORITY.issue(spec().authority(20), deep);
        }
        return AUTHORITY.issue(spec().dns(DOMAIN), deep);
    }

    @Test
    @DisplayName("L33 a chain of ten is taken")
    void chainOfTen_isTaken() throws Exception {
        try (ScriptedServer server = server(chainOf(10))) {
            XmlConnection connection = FIXTURE.connect(options(server));
            assertEquals(
                    10,
                    Objects.requireNonNull(connection.tls()).peerCertificates().size());
            FIXTURE.run(connection::abort);
        }
    }

    @Test
    @DisplayName("L33 a chain of eleven is refused")
    void longChain_isRefused() throws Exception {
        try (ScriptedServer server = server(chainOf(11))) {
            TransportException failure = FIXTURE.connectFails(options(server));
            assertTrue(String.valueOf(failure.getMessage()).contains("chain"), failure::getMessage);
        }
    }

    /** A certificate that makes TLS 1.3's Certificate message as long as this (RFC 8446 section 4.4.2). */
    private static Identity ofMessage(int bytes) throws Exception {
        int wanted = bytes - 1 - 3 - 3 - 2;
        int padding = wanted - 500;
        for (int tries = 0; tries < 1000; tries++) {
            Identity identity = AUTHORITY.issue(spec().dns(DOMAIN).extension("1.3.6.1.4.1.99999.1", new byte[padding]));
            int difference = wanted - identity.certificate().getEncoded().length;
            if (difference == 0) {
                return identity;
            }
            padding += difference;
        }
        throw new AssertionError("no certificate of " + wanted + " bytes");
    }

    @Test
    @DisplayName("L33 a handshake message of 32 KiB is taken, and none of a byte more")
    void handshakeMessage_isBounded() throws Exception {
        Identity most = ofMessage(32 * 1024);
        try (ScriptedServer server = new ScriptedServer(peer -> new BouncyServer(most, "TLSv1.3").serve(peer))) {
            XmlConnection connection = FIXTURE.connect(options(server));
            FIXTURE.run(connection::abort);
        }
        Identity over = ofMessage(32 * 1024 + 1);
        try (ScriptedServer server = new ScriptedServer(peer -> new BouncyServer(over, "TLSv1.3").serve(peer))) {
            TransportException failure = FIXTURE.connectFails(options(server));
            assertEquals(Reason.TLS_FAILED, failure.reason(), failure::getMessage);
            assertTrue(String.valueOf(failure.getMessage()).contains("32769"), failure::getMessage);
        }
    }

    private static void assertRejected(String domain, Identity identity) throws Exception {
        try (ScriptedServer server = server(identity)) {
            TransportException failure = FIXTURE.connectFails(domain, options(server));
            assertEquals(Reason.CERTIFICATE_REJECTED, failure.reason(), failure::getMessage);
            assertEquals(1, failure.attempts().size());
            String message = String.valueOf(failure.getMessage());
            assertTrue(message.contains(domain), message);
            assertTrue(message.contains("valid from") || message.contains("chain"), message);
        }
    }

    private static TransportOptions options(ScriptedServer server) {
        return FIXTURE.options()
                .endpoints(Endpoint.directTls("127.0.0.1", server.port()))
                .build();
    }

    private static ScriptedServer server(Identity identity) throws Exception {
        return new ScriptedServer(peer -> {
            peer.tls(identity.context()).startHandshake();
            peer.drain();
        });
    }
}
