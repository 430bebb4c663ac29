package org.partyline.transport.internal.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
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
import org.partyline.transport.tls.TlsConfig;

/** Pinned keys, in addition to a trusted path and in place of one. */
class PinTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final ConnectFixture FIXTURE = new ConnectFixture(AUTHORITY);
    private static final Identity INTERMEDIATE = AUTHORITY.issue(new Spec().authority(0));
    private static final Identity SERVER = AUTHORITY.issue(new Spec().dns(ConnectFixture.DOMAIN), INTERMEDIATE);
    private static final Identity OTHER = AUTHORITY.issue(new Spec().dns("other.test"));
    private static final Identity SELF_SIGNED = TestAuthority.selfSigned(new Spec().dns(ConnectFixture.DOMAIN));

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static byte[] hash(X509Certificate certificate) throws Exception {
        return MessageDigest.getInstance("SHA-256")
                .digest(certificate.getPublicKey().getEncoded());
    }

    private static String pin(X509Certificate certificate) throws Exception {
        return Base64.getEncoder().encodeToString(hash(certificate));
    }

    private static TlsConfig.Builder trusting(X509Certificate anchor) {
        return TlsConfig.builder().trust(anchor).systemTrust(false);
    }

    private static TlsConfig.Builder trusting() {
        return trusting(AUTHORITY.root());
    }

    private static void accepts(TlsConfig.Builder config, Identity identity) throws Exception {
        try (ScriptedServer server = server(identity)) {
            XmlConnection connection = FIXTURE.connect(options(server, config));
            assertNotNull(connection.tls());
            FIXTURE.run(connection::abort);
        }
    }

    private static void rejects(TlsConfig.Builder config, Identity identity, String why) throws Exception {
        try (ScriptedServer server = server(identity)) {
            TransportException failure = FIXTURE.connectFails(options(server, config));
            assertEquals(Reason.CERTIFICATE_REJECTED, failure.reason(), failure::getMessage);
            String message = String.valueOf(failure.getMessage());
            assertTrue(message.contains(why), message);
        }
    }

    private static TransportOptions options(ScriptedServer server, TlsConfig.Builder config) {
        return FIXTURE.options()
                .endpoints(Endpoint.directTls("127.0.0.1", server.port()))
                .tls(config.build())
                .build();
    }

    private static ScriptedServer server(Identity identity) throws Exception {
        return new ScriptedServer(peer -> {
            peer.tls(identity.context()).startHandshake();
            peer.drain();
        });
    }

    @Test
    void pinOfLeafIntermediateOrRoot_isFound() throws Exception {
        accepts(trusting().pin(hash(SERVER.certificate())), SERVER);
        accepts(trusting().pin(pin(INTERMEDIATE.certificate())), SERVER);
        accepts(trusting().pin(pin(AUTHORITY.root())), SERVER);
        accepts(trusting().pin(pin(OTHER.certificate())).pin(pin(SERVER.certificate())), SERVER);
    }

    @Test
    void chainWithoutPinnedKey_isRejected() throws Exception {
        rejects(trusting().pin(pin(OTHER.certificate())), SERVER, "holds none of the pinned keys");
    }

    @Test
    @DisplayName("A pinned certificate that is sent along, but is no part of the path, does not count")
    void pinnedCertificateBesideThePath_isRejected() throws Exception {
        List<X509Certificate> chain = new ArrayList<>(SERVER.chain());
        chain.add(OTHER.certificate());
        Identity padded = new Identity(SERVER.key(), chain, SERVER.pair(), SERVER.name());
        // The JDK's server refuses to send such a chain.
        ScriptedServer.Script script = peer -> new BouncyServer(padded, "TLSv1.3").serve(peer);
        try (ScriptedServer server = new ScriptedServer(script)) {
            XmlConnection connection =
                    FIXTURE.connect(options(server, trusting().pin(pin(SERVER.certificate()))));
            FIXTURE.run(connection::abort);
            TransportException failure =
                    FIXTURE.connectFails(options(server, trusting().pin(pin(OTHER.certificate()))));
            assertEquals(Reason.CERTIFICATE_REJECTED, failure.reason(), failure::getMessage);
            assertTrue(String.valueOf(failure.getMessage()).contains("holds none of the pinned keys"));
        }
    }

    @Test
    void pinnedKey_doesNotReplaceTrustAndName() throws Exception {
        rejects(trusting().pin(pin(OTHER.certificate())), OTHER, "it is for another name");
        rejects(trusting().pin(pin(SELF_SIGNED.certificate())), SELF_SIGNED, "certificate rejected");
    }

    @Test
    void certificateThatIsAnAnchorItself_isPinnedByItsKey() throws Exception {
        X509Certificate leaf = SELF_SIGNED.certificate();
        accepts(trusting(leaf).pin(pin(leaf)), SELF_SIGNED);
        rejects(trusting(leaf).pin(pin(OTHER.certificate())), SELF_SIGNED, "holds none of the pinned keys");
    }

    @Test
    void pins_endWhenTheySay() throws Exception {
        Set<String> wrong = Set.of(pin(OTHER.certificate()));
        rejects(trusting().pins(wrong, Instant.now().plus(Duration.ofDays(1))), SERVER, "pinned keys");
        accepts(trusting().pins(wrong, Instant.now().minus(Duration.ofDays(1))), SERVER);
    }

    @Test
    void trustExactly_takesASelfSignedServerByItsKey() throws Exception {
        accepts(TlsConfig.builder().trustExactly(Set.of(pin(SELF_SIGNED.certificate()))), SELF_SIGNED);
        rejects(
                TlsConfig.builder().trustExactly(Set.of(pin(OTHER.certificate()))),
                SELF_SIGNED,
                "none of those that are trusted exactly");
    }

    @Test
    @DisplayName("trustExactly counts the server's own key alone, for anybody may send an authority's certificate")
    void trustExactly_doesNotCountTheIssuersKey() throws Exception {
        rejects(
                TlsConfig.builder().trustExactly(Set.of(pin(INTERMEDIATE.certificate()))),
                SERVER,
                "none of those that are trusted exactly");
    }

    @Test
    @DisplayName("T-TLS-1 trustExactly keeps the checks of name and dates")
    void trustExactly_checksNameAndDates() throws Exception {
        Identity elsewhere = TestAuthority.selfSigned(new Spec().dns("evil.test"));
        rejects(
                TlsConfig.builder().trustExactly(Set.of(pin(elsewhere.certificate()))),
                elsewhere,
                "it is for another name");
        Instant now = Instant.now();
        Identity expired = TestAuthority.selfSigned(new Spec()
                .dns(ConnectFixture.DOMAIN)
                .valid(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1))));
        rejects(TlsConfig.builder().trustExactly(Set.of(pin(expired.certificate()))), expired, "NotAfter");
    }

    @Test
    void whatIsNoPin_isRefusedAtOnce() throws Exception {
        TlsConfig.Builder builder = TlsConfig.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.pin("not base64!"));
        assertThrows(IllegalArgumentException.class, () -> builder.pin(new byte[31]));
        assertThrows(IllegalArgumentException.class, () -> builder.pin(new byte[33]));
        assertThrows(IllegalArgumentException.class, () -> builder.trustExactly(Set.of()));
        assertThrows(IllegalArgumentException.class, () -> builder.pins(Set.of("AAAA"), Instant.now()));
        String pin = pin(OTHER.certificate());
        assertThrows(
                IllegalStateException.class,
                () -> trusting().trustExactly(Set.of(pin)).build());
        assertThrows(
                IllegalStateException.class,
                () -> TlsConfig.builder().pin(pin).trustExactly(Set.of(pin)).build());
        assertThrows(
                IllegalStateException.class,
                () -> TlsConfig.builder()
                        .requireStapledStatus(true)
                        .trustExactly(Set.of(pin))
                        .build());
    }
}
