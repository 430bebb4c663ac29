package org.partyline.transport.internal.tls;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.net.Socket;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.transport.internal.dns.DomainName;
import org.partyline.transport.internal.testing.TestAuthority;
import org.partyline.transport.internal.testing.TestAuthority.Spec;
import org.partyline.transport.tls.TlsConfig;

/** What is decided around the platform's path validation, for which {@link Platform} stands. */
class IdentityTrustManagerTest {
    private static final String DOMAIN = "im.example.org";
    private static final TestAuthority AUTHORITY = new TestAuthority();

    private final Platform platform = new Platform();

    private IdentityTrustManager manager(TlsConfig config, InstantSource clock) {
        return new IdentityTrustManager(platform, ServerPolicy.of(config, platform, clock));
    }

    private void check(List<X509Certificate> chain) throws Exception {
        manager(TlsConfig.DEFAULT, InstantSource.system())
                .checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN", engine());
    }

    private static SSLEngine engine() throws Exception {
        return ClientTls.of(TlsConfig.builder()
                        .systemTrust(false)
                        .trust(AUTHORITY.root())
                        .build())
                .engine(DomainName.of(DOMAIN), 5223, List.of());
    }

    private static X509Certificate leaf(Spec spec) {
        return AUTHORITY.issue(spec.dns(DOMAIN)).certificate();
    }

    private void accepts(List<X509Certificate> chain) throws Exception {
        check(chain);
        assertEquals(1, platform.asked, "the path was validated");
    }

    private void rejectsUnasked(List<X509Certificate> chain, String why) {
        CertificateException rejected = assertThrows(CertificateRejectedException.class, () -> check(chain));
        String message = String.valueOf(rejected.getMessage());
        assertTrue(message.contains(why), message);
        assertEquals(0, platform.asked, "nothing was computed");
    }

    @ParameterizedTest
    @DisplayName("Names of a wrong certificate are shown up to ten, and up to 256 characters")
    @CsvSource({"10, 20, 10", "11, 20, 10", "100, 20, 10", "10, 60, 4"})
    void namesOfAWrongCertificate_areBounded(int names, int length, int shown) throws Exception {
        Spec spec = new Spec();
        for (int i = 0; i < names; i++) {
            spec.dns(String.format("n%03d", i) + "x".repeat(length - 12) + ".example");
        }
        X509Certificate wrong = AUTHORITY.issue(spec).certificate();
        String message = String.valueOf(assertThrows(CertificateRejectedException.class, () -> check(List.of(wrong)))
                .getMessage());
        assertEquals(shown, message.split("n\\d\\d\\dx", -1).length - 1, message);
        assertTrue(message.length() < 1_000, message);
    }

    private static List<X509Certificate> chain(int length) {
        List<X509Certificate> chain = new ArrayList<>(List.of(leaf(new Spec())));
        while (chain.size() < length) {
            chain.add(AUTHORITY.root());
        }
        return chain;
    }

    @Test
    @DisplayName("L33 a chain of 10 certificates is looked at")
    void tenCertificates_areLookedAt() throws Exception {
        accepts(chain(10));
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 100})
    @DisplayName("L33 a chain of 11 certificates is refused, and so is one of 100")
    void moreCertificates_areRefused(int length) {
        rejectsUnasked(chain(length), "its chain holds " + length + " certificates, over 10");
    }

    private static X509Certificate rsa(int bits) throws Exception {
        BigInteger modulus =
                BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.TWO.pow(99)).add(BigInteger.ONE);
        PublicKey key =
                KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537)));
        return leaf(new Spec().publicKey(key));
    }

    @Test
    @DisplayName("L33 an RSA key of 8,192 bits is looked at")
    void rsaKeyAtTheLimit_isLookedAt() throws Exception {
        accepts(List.of(rsa(8192)));
    }

    @ParameterizedTest
    @ValueSource(ints = {8193, 16_384})
    @DisplayName("L33 an RSA key of 8,193 bits is refused, wherever in the chain it is")
    void longerRsaKey_isRefused(int bits) throws Exception {
        rejectsUnasked(List.of(rsa(bits)), "longer than 8192 bits");
        rejectsUnasked(List.of(leaf(new Spec()), rsa(bits)), "longer than 8192 bits");
    }

    /** A leaf and a padding certificate that make a chain of so many bytes. */
    private static List<X509Certificate> chainOf(int bytes) throws Exception {
        X509Certificate leaf = leaf(new Spec());
        int wanted = bytes - 6 - leaf.getEncoded().length;
        int padding = wanted - 500;
        for (int tries = 0; tries < 1000; tries++) {
            X509Certificate padded = AUTHORITY
                    .issue(new Spec().extension("1.3.6.1.4.1.99999.1", new byte[padding]))
                    .certificate();
            int difference = wanted - padded.getEncoded().length;
            if (difference == 0) {
                return List.of(leaf, padded);
            }
            padding += difference;
        }
        throw new AssertionError("no certificate of " + wanted + " bytes");
    }

    @Test
    @DisplayName("L33 a chain of 32 KiB is looked at")
    void chainOf32KiB_isLookedAt() throws Exception {
        accepts(chainOf(32 * 1024));
    }

    @ParameterizedTest
    @ValueSource(ints = {32 * 1024 + 1, 320 * 1024})
    @DisplayName("L33 a chain of a byte more than 32 KiB is refused")
    void longerChain_isRefused(int bytes) throws Exception {
        rejectsUnasked(chainOf(bytes), "its chain is " + bytes + " bytes long, over 32 KiB");
    }

    @Test
    void pins_refuseUntilTheirTimeAndNotFromThenOn() throws Exception {
        Instant until = Instant.parse("2030-01-01T00:00:00Z");
        AtomicReference<Instant> now = new AtomicReference<>(until.minusNanos(1));
        String wrong = Base64.getEncoder().encodeToString(new byte[32]);
        IdentityTrustManager manager =
                manager(TlsConfig.builder().pins(Set.of(wrong), until).build(), now::get);
        X509Certificate[] chain = {leaf(new Spec())};
        CertificateException rejected = assertThrows(
                CertificateRejectedException.class, () -> manager.checkServerTrusted(chain, "UNKNOWN", engine()));
        assertTrue(String.valueOf(rejected.getMessage()).contains("pinned keys"), rejected::getMessage);

        now.set(until);

        assertDoesNotThrow(() -> manager.checkServerTrusted(chain, "UNKNOWN", engine()));
    }

    @Test
    @DisplayName("T-TLS-4 where a status is required, hardly any session is resumed, for that shows none")
    void requiredStatus_boundsResumption() throws Exception {
        TlsConfig required = TlsConfig.builder().requireStapledStatus(true).build();
        assertEquals(
                1, ClientTls.of(required).context().getClientSessionContext().getSessionTimeout());
    }

    @Test
    @DisplayName("T-TLS-7 what names no peer, or is no server, is trusted by nobody")
    void checksWithoutAPeer_fail() throws Exception {
        IdentityTrustManager manager = manager(TlsConfig.DEFAULT, InstantSource.system());
        X509Certificate[] chain = {leaf(new Spec())};
        try (Socket socket = new Socket()) {
            assertThrows(CertificateException.class, () -> manager.checkServerTrusted(chain, "UNKNOWN"));
            assertThrows(CertificateException.class, () -> manager.checkServerTrusted(chain, "UNKNOWN", socket));
            assertThrows(CertificateException.class, () -> manager.checkClientTrusted(chain, "UNKNOWN"));
            assertThrows(CertificateException.class, () -> manager.checkClientTrusted(chain, "UNKNOWN", socket));
            assertThrows(CertificateException.class, () -> manager.checkClientTrusted(chain, "UNKNOWN", engine()));
        }
        assertEquals(0, platform.asked);
    }

    /** Finds every path valid, and counts. */
    private static final class Platform extends X509ExtendedTrustManager {
        private int asked;

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            asked++;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket) {
            throw new AssertionError("not to be asked");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            throw new AssertionError("not to be asked");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            throw new AssertionError("not to be asked");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket) {
            throw new AssertionError("not to be asked");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new AssertionError("not to be asked");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {AUTHORITY.root()};
        }
    }
}
