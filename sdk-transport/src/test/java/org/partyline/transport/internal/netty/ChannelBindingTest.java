package org.partyline.transport.internal.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.internal.testing.BouncyServer;
import org.partyline.transport.internal.testing.ConnectFixture;
import org.partyline.transport.internal.testing.ScriptedServer;
import org.partyline.transport.internal.testing.TestAuthority;
import org.partyline.transport.internal.testing.TestAuthority.Identity;
import org.partyline.transport.internal.testing.TestAuthority.Spec;
import org.partyline.transport.tls.TlsSession;

/** Channel bindings of real handshakes: what the client has is what the server has (RFC 5929, RFC 9266). */
class ChannelBindingTest {
    private static final String EXPORTER = "tls-exporter";
    private static final String END_POINT = "tls-server-end-point";
    private static final boolean JDK_EXPORTS = Runtime.version().feature() >= 25;

    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final ConnectFixture FIXTURE = new ConnectFixture(AUTHORITY);

    /** When the servers' sessions were created: a resumed one is as old as the first. */
    private static final Queue<Long> CREATED = new ConcurrentLinkedQueue<>();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    /** The leaf's key, who signs it and how, and the hash that the binding is made with; null for no binding. */
    static Stream<Arguments> certificates() {
        Identity rsa = AUTHORITY.issue(new Spec().rsa().authority(0));
        Identity pss = AUTHORITY.issue(new Spec().key("RSASSA-PSS").authority(0));
        Identity p384 = AUTHORITY.issue(new Spec().key("secp384r1").authority(0));
        Identity ed25519 = AUTHORITY.issue(new Spec().key("Ed25519").authority(0));
        List<Arguments> rows = new ArrayList<>();
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            rows.add(row(version, "RSA", "SHA256withRSA", rsa, "SHA-256"));
            rows.add(row(version, "RSA", "SHA384withRSA", rsa, "SHA-384"));
            rows.add(row(version, "RSA", "SHA512withRSA", rsa, "SHA-512"));
            rows.add(row(version, "RSA", "SHA256withRSAandMGF1", rsa, "SHA-256"));
            rows.add(row(version, "RSASSA-PSS", "SHA384withRSAandMGF1", pss, "SHA-384"));
            rows.add(row(version, "RSASSA-PSS", "SHA512withRSAandMGF1", pss, "SHA-512"));
            rows.add(row(version, "secp256r1", "SHA256withECDSA", p384, "SHA-256"));
            rows.add(row(version, "secp384r1", "SHA384withECDSA", p384, "SHA-384"));
            rows.add(row(version, "secp256r1", "SHA512withECDSA", p384, "SHA-512"));
            rows.add(row(version, "Ed25519", "SHA256withECDSA", p384, "SHA-256"));
            rows.add(row(version, "Ed25519", "Ed25519", ed25519, null));
            rows.add(row(version, "secp256r1", "Ed25519", ed25519, null));
        }
        return rows.stream();
    }

    private static Arguments row(String version, String key, String signature, Identity issuer, @Nullable String hash) {
        Spec spec = new Spec().key(key).signedWith(signature).dns(ConnectFixture.DOMAIN);
        return Arguments.of(version, key, signature, AUTHORITY.issue(spec, issuer), hash);
    }

    @ParameterizedTest(name = "{0}, key {1}, signed with {2}")
    @MethodSource("certificates")
    @DisplayName("RFC 5929, RFC 9266: the values are those of the server")
    void bindings_areThoseOfTheServer(
            String version, String key, String signature, Identity identity, @Nullable String hash) throws Exception {
        BlockingQueue<Optional<byte[]>> exported = new LinkedBlockingQueue<>();
        try (ScriptedServer server = server(version, identity.context(), exported)) {
            TlsSession session = session(FIXTURE.connect(options(server)));

            assertEquals(version, session.protocol());
            Optional<byte[]> ofServer = exported.poll(20, TimeUnit.SECONDS);
            List<String> types = new ArrayList<>();
            if (JDK_EXPORTS) {
                types.add(EXPORTER);
                byte[] own = session.channelBinding(EXPORTER).orElseThrow();
                assertArrayEquals(Objects.requireNonNull(ofServer).orElseThrow(), own);
                assertEquals(32, own.length);
            } else {
                assertEquals(Optional.empty(), ofServer);
                assertEquals(Optional.empty(), session.channelBinding(EXPORTER));
            }
            if (hash == null) {
                assertEquals(Optional.empty(), session.channelBinding(END_POINT));
            } else {
                types.add(END_POINT);
                assertArrayEquals(
                        MessageDigest.getInstance(hash)
                                .digest(identity.certificate().getEncoded()),
                        session.channelBinding(END_POINT).orElseThrow());
            }
            assertEquals(types, session.channelBindingTypes(), "strongest first");
        }
    }

    @Test
    @DisplayName("A resumed session has an exporter value of its own, that of the server")
    void resumedSession_hasAValueOfItsOwn() throws Exception {
        BlockingQueue<Optional<byte[]>> exported = new LinkedBlockingQueue<>();
        SSLContext context = FIXTURE.identity().context();
        CREATED.clear();
        try (ScriptedServer server = server("TLSv1.3", context, exported)) {
            TransportOptions options = options(server);
            List<byte[]> own = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                XmlConnection connection = FIXTURE.connect(options);
                // Its header comes after the ticket that the next connection resumes with.
                FIXTURE.open(connection);
                session(connection).channelBinding(EXPORTER).ifPresent(own::add);
                Optional<byte[]> ofServer = exported.poll(20, TimeUnit.SECONDS);
                if (JDK_EXPORTS) {
                    assertArrayEquals(Objects.requireNonNull(ofServer).orElseThrow(), own.get(i));
                }
                FIXTURE.run(connection::abort);
            }
            assertEquals(1, Set.copyOf(CREATED).size(), "all three are one session, resumed");
            assertEquals(JDK_EXPORTS ? 3 : 0, own.size());
            for (int i = 1; i < own.size(); i++) {
                assertFalse(Arrays.equals(own.get(i - 1), own.get(i)), "each handshake has its own");
            }
        }
    }

    @Test
    @DisplayName("RFC 9266: with TLS 1.2 and no extended master secret there is no exporter value")
    void noExtendedMasterSecret_noExporter() throws Exception {
        for (boolean extended : new boolean[] {true, false}) {
            BouncyServer handshake = new BouncyServer(FIXTURE.identity(), "TLSv1.2");
            if (!extended) {
                handshake.withoutExtendedMasterSecret();
            }
            try (ScriptedServer server = new ScriptedServer(handshake::serve)) {
                TlsSession session = session(FIXTURE.connect(options(server)));

                assertEquals("TLSv1.2", session.protocol());
                assertEquals(
                        extended && JDK_EXPORTS ? List.of(EXPORTER, END_POINT) : List.of(END_POINT),
                        session.channelBindingTypes());
            }
        }
    }

    @Test
    @DisplayName("T-LOG-1 values are copies, and no text shows them")
    void values_areCopiesAndNotShown() throws Exception {
        byte[] value = {1, 2, 3};
        TlsSession session = new TlsSession(
                "TLSv1.3",
                "TLS_AES_128_GCM_SHA256",
                ConnectFixture.DOMAIN,
                List.of(AUTHORITY.root()),
                Map.of(EXPORTER, value));
        value[0] = 9;
        byte[] first = session.channelBinding(EXPORTER).orElseThrow();
        first[1] = 9;
        byte[] second = session.channelBinding(EXPORTER).orElseThrow();

        assertNotSame(first, second);
        assertArrayEquals(new byte[] {1, 2, 3}, second);
        assertEquals(
                "TlsSession[TLSv1.3, TLS_AES_128_GCM_SHA256, for im.example.org, certificates=1,"
                        + " channelBindings=[tls-exporter]]",
                session.toString());
        assertEquals(
                Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256")
                                .digest(AUTHORITY.root().getPublicKey().getEncoded())),
                session.publicKeyPin());
        assertTrue(session.channelBinding("tls-unique").isEmpty());
    }

    private static TlsSession session(XmlConnection connection) {
        return Objects.requireNonNull(connection.tls());
    }

    private static TransportOptions options(ScriptedServer server) {
        return FIXTURE.options()
                .endpoints(Endpoint.directTls("127.0.0.1", server.port()))
                .build();
    }

    private static ScriptedServer server(String version, SSLContext context, BlockingQueue<Optional<byte[]>> exported)
            throws Exception {
        return new ScriptedServer(peer -> {
            SSLSocket tls = peer.tls(context);
            tls.setEnabledProtocols(new String[] {version});
            tls.startHandshake();
            CREATED.add(tls.getSession().getCreationTime());
            exported.add(export((ExtendedSSLSession) tls.getSession()));
            peer.openStream();
            peer.drain();
        });
    }

    /** What the server exports by the same label; nothing with a JDK that cannot. */
    private static Optional<byte[]> export(ExtendedSSLSession session) throws ReflectiveOperationException {
        if (!JDK_EXPORTS) {
            return Optional.empty();
        }
        Method export =
                ExtendedSSLSession.class.getMethod("exportKeyingMaterialData", String.class, byte[].class, int.class);
        return Optional.of((byte[]) export.invoke(session, "EXPORTER-Channel-Binding", new byte[0], 32));
    }
}
