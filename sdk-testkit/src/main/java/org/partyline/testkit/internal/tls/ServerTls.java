package org.partyline.testkit.internal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** The server's side of TLS: one certificate for all domains of a network. */
public final class ServerTls {
    /** Certificates of the shared authority, by the domains they are for, so that the next network starts fast. */
    private static final Map<List<String>, SSLContext> SHARED = new ConcurrentHashMap<>();
    /** Networks with more sets of domains than this make their certificates anew. */
    private static final int MAX_SHARED = 64;

    private static final char[] STORE_PASSWORD = "testkit".toCharArray();

    private final SSLContext context;
    private final String[] versions;
    private final boolean asksForCertificate;

    private ServerTls(SSLContext context, List<String> versions, boolean asksForCertificate) {
        this.context = context;
        this.versions = versions.toArray(String[]::new);
        this.asksForCertificate = asksForCertificate;
    }

    /**
     * Makes the server's side of TLS.
     *
     * @param authority who signs
     * @param domains whom the certificate is for
     * @param versions TLS versions by their JSSE names
     * @param asksForCertificate whether clients are asked for a certificate (SASL EXTERNAL)
     */
    public static ServerTls of(
            Authority authority, List<String> domains, List<String> versions, boolean asksForCertificate) {
        SSLContext context;
        if (authority == Authority.shared() && SHARED.size() < MAX_SHARED) {
            context = SHARED.computeIfAbsent(List.copyOf(domains), names -> newContext(authority, names));
        } else {
            context = newContext(authority, domains);
        }
        return new ServerTls(context, versions, asksForCertificate);
    }

    private static SSLContext newContext(Authority authority, List<String> domains) {
        Issued leaf = authority.forServer(domains);
        try {
            KeyStore keys = emptyStore();
            keys.setKeyEntry(
                    "server", leaf.key(), STORE_PASSWORD, new Certificate[] {leaf.certificate(), authority.certificate()
                    });
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(keys, STORE_PASSWORD);
            KeyStore anchors = emptyStore();
            anchors.setCertificateEntry("authority", authority.certificate());
            TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
            trustManagers.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this JDK cannot serve TLS", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /**
     * {@return the engine of one connection}
     *
     * @param applicationProtocol what ALPN selects where the client offers it
     */
    public SSLEngine newEngine(String applicationProtocol) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(versions);
        parameters.setWantClientAuth(asksForCertificate);
        engine.setSSLParameters(parameters);
        // A client that offers other protocols than this one is served all the same, as Prosody and ejabberd do.
        engine.setHandshakeApplicationProtocolSelector(
                (self, offered) -> offered.contains(applicationProtocol) ? applicationProtocol : "");
        return engine;
    }

    /** {@return the context, for servers that use blocking sockets} */
    public SSLContext context() {
        return context;
    }
}
