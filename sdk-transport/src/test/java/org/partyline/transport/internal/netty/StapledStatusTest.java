package org.partyline.transport.internal.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
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
import org.partyline.transport.internal.testing.Staples;
import org.partyline.transport.internal.testing.TestAuthority;
import org.partyline.transport.internal.testing.TestAuthority.Identity;
import org.partyline.transport.internal.testing.TestAuthority.Spec;
import org.partyline.transport.tls.TlsConfig;

/** Real handshakes with stapled statuses of every kind: none of them makes anything be fetched. */
class StapledStatusTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final ConnectFixture FIXTURE = new ConnectFixture(AUTHORITY);

    /** What a client makes of a staple. */
    enum Verdict {
        GOOD,
        REVOKED,
        AS_GOOD_AS_NONE
    }

    /** Makes what is stapled to a certificate. */
    interface Staple {
        byte @Nullable [] to(Identity leaf, Staples issuer);
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    static Stream<Arguments> staples() {
        Instant now = Instant.now();
        Duration day = Duration.ofDays(1);
        Identity delegate = AUTHORITY.issue(new Spec().purpose(KeyPurposeId.id_kp_OCSPSigning));
        Identity noDelegate = AUTHORITY.issue(new Spec().dns("other.test"));
        Identity stranger = new TestAuthority().rootIdentity();
        List<Arguments> rows = new ArrayList<>();
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            row(rows, version, "none", Verdict.AS_GOOD_AS_NONE, (leaf, issuer) -> null);
            row(
                    rows,
                    version,
                    "good",
                    Verdict.GOOD,
                    (leaf, issuer) -> issuer.of(leaf.certificate(), CertificateStatus.GOOD));
            row(
                    rows,
                    version,
                    "revoked",
                    Verdict.REVOKED,
                    (leaf, issuer) -> issuer.of(leaf.certificate(), new RevokedStatus(Date.from(now.minus(day)), 1)));
            row(
                    rows,
                    version,
                    "unknown",
                    Verdict.AS_GOOD_AS_NONE,
                    (leaf, issuer) -> issuer.of(leaf.certificate(), new UnknownStatus()));
            row(
                    rows,
                    version,
                    "of another certificate",
                    Verdict.AS_GOOD_AS_NONE,
                    (leaf, issuer) -> issuer.of(noDelegate.certificate(), CertificateStatus.GOOD));
            row(
                    rows,
                    version,
                    "of the same serial number, by another issuer",
                    Verdict.AS_GOOD_AS_NONE,
                    (leaf, issuer) -> new Staples(stranger).of(leaf.certificate(), CertificateStatus.GOOD));
            row(
                    rows,
                    version,
                    "signed by somebody whom the issuer put in charge",
                    Verdict.GOOD,
                    (leaf, issuer) -> issuer.goodBy(leaf.certificate(), delegate));
            row(
                    rows,
                    version,
                    "signed by another server of the issuer",
                    Verdict.AS_GOOD_AS_NONE,
                    (leaf, issuer) -> issuer.goodBy(leaf.certificate(), noDelegate));
            row(
                    rows,
                    version,
                    "signed by a stranger",
                    Verdict.AS_GOOD_AS_NONE,
                    (leaf, issuer) -> issuer.goodBy(leaf.certificate(), stranger));
            row(
                    rows,
                    version,
                    "of yesterday",
                    Verdict.AS_GOOD_AS_NONE,
                    (leaf, issuer) -> issuer.good(
                            leaf.certificate(), now.minus(day.multipliedBy(2)), now.minus(Duration.ofHours(1))));
            row(
                    rows,
                    version,
                    "of tomorrow",
                    Verdict.AS_GOOD_AS_NONE,
                    (leaf, issuer) -> issuer.good(
                            leaf.certificate(), now.plus(Duration.ofHours(1)), now.plus(day.multipliedBy(2))));
        }
        return rows.stream();
    }

    private static void row(List<Arguments> rows, String version, String name, Verdict verdict, Staple staple) {
        rows.add(Arguments.of(version, name, verdict, staple));
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @MethodSource("staples")
    @DisplayName("T-TLS-4 stapled status")
    void staple(String version, String name, Verdict verdict, Staple staple) throws Exception {
        Staples issuer = new Staples(AUTHORITY.rootIdentity());
        Identity plain = AUTHORITY.issue(new Spec().dns(ConnectFixture.DOMAIN));
        Identity mustStaple =
                AUTHORITY.issue(new Spec().dns(ConnectFixture.DOMAIN).mustStaple());

        check(version, plain, staple.to(plain, issuer), false, verdict != Verdict.REVOKED);
        check(version, plain, staple.to(plain, issuer), true, verdict == Verdict.GOOD);
        check(version, mustStaple, staple.to(mustStaple, issuer), false, verdict == Verdict.GOOD);
    }

    private static void check(
            String version, Identity identity, byte @Nullable [] staple, boolean required, boolean accepted)
            throws Exception {
        BouncyServer handshake = new BouncyServer(identity, version).stapling(staple);
        try (ScriptedServer server = new ScriptedServer(handshake::serve)) {
            TransportOptions options = FIXTURE.options()
                    .endpoints(Endpoint.directTls("127.0.0.1", server.port()))
                    .tls(TlsConfig.builder()
                            .trust(AUTHORITY.root())
                            .systemTrust(false)
                            .requireStapledStatus(required)
                            .build())
                    .build();
            if (accepted) {
                XmlConnection connection = FIXTURE.connect(options);
                assertNotNull(connection.tls());
                FIXTURE.run(connection::abort);
            } else {
                TransportException failure = FIXTURE.connectFails(options);
                assertEquals(Reason.CERTIFICATE_REJECTED, failure.reason(), failure::getMessage);
                String message = String.valueOf(failure.getMessage());
                assertTrue(message.contains("status") || message.contains("revoked"), message);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("features")
    @DisplayName("T-TLS-4 which TLS features ask for a stapled status (RFC 7633)")
    void tlsFeature(String name, byte[] features, boolean required) throws Exception {
        Identity identity =
                AUTHORITY.issue(new Spec().dns(ConnectFixture.DOMAIN).extension("1.3.6.1.5.5.7.1.24", features));
        check("TLSv1.3", identity, null, false, !required);
    }

    static Stream<Arguments> features() {
        return Stream.of(
                Arguments.of("status_request", new byte[] {0x30, 3, 2, 1, 5}, true),
                Arguments.of("another", new byte[] {0x30, 3, 2, 1, 16}, false),
                Arguments.of("status_request last of two", new byte[] {0x30, 6, 2, 1, 17, 2, 1, 5}, true),
                Arguments.of("none", new byte[] {0x30, 0}, true),
                Arguments.of("cut off", new byte[] {0x30, 3, 2, 9, 16}, true),
                Arguments.of("no sequence", new byte[] {2, 1, 16}, true));
    }
}
