package org.partyline.robustness;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.tls.TlsConfig;

/** A TLS server with the right name, of an authority that is trusted, whose certificate ended an hour ago. */
final class ExpiredServer implements AutoCloseable {
    private static final char[] NO_PASSWORD = {};

    private final KeyPair rootKey = newKey();
    private final X509Certificate root;
    private final SSLServerSocket listener;

    ExpiredServer(String domain) {
        try {
            X500Name authority = new X500Name("CN=Root");
            Instant now = Instant.now();
            root = sign(authority, authority, rootKey, now.plus(Duration.ofDays(1)), null);
            KeyPair key = newKey();
            X509Certificate leaf =
                    sign(authority, new X500Name("CN=leaf"), key, now.minus(Duration.ofHours(1)), domain);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key.getPrivate(), NO_PASSWORD, new X509Certificate[] {leaf});
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            listener = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        Thread thread = new Thread(this::serve, "expired-server");
        thread.setDaemon(true);
        thread.start();
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate sign(X500Name issuer, X500Name subject, KeyPair key, Instant until, String domain)
            throws Exception {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(until.getEpochSecond()),
                Date.from(until.minus(Duration.ofDays(2))),
                Date.from(until),
                subject,
                key.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(domain == null));
        if (domain != null) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, domain)));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(rootKey.getPrivate())));
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
                socket.startHandshake();
                socket.getInputStream().read();
            } catch (IOException e) {
                // The client would not have it.
            }
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    Endpoint endpoint() {
        return Endpoint.directTls("127.0.0.1", port());
    }

    TlsConfig tlsConfig() {
        return TlsConfig.builder().systemTrust(false).trust(root).build();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
