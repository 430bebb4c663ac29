package org.partyline.transport.internal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.internal.dns.DomainName;
import org.partyline.transport.tls.TlsConfig;
import org.partyline.transport.tls.TlsSession;

/** The client's side of TLS for one {@link TlsConfig}: what the config's documentation promises is decided here. */
public final class ClientTls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    /** Forward secrecy and AEAD only (RFC 9325 section 4.2), strongest first. */
    private static final List<String> SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    /** Sessions kept for resumption: a bound on memory, for the JDK's own is 20,480. */
    private static final int CACHED_SESSIONS = 256;

    private final SSLContext context;
    private final String[] suites;

    private ClientTls(SSLContext context) {
        this.context = context;
        List<String> supported =
                Arrays.asList(context.getSupportedSSLParameters().getCipherSuites());
        this.suites = SUITES.stream().filter(supported::contains).toArray(String[]::new);
    }

    /**
     * Reads the trust anchors and makes the context. Blocks on files, so it is not called on an event loop.
     *
     * @param config the settings; not kept
     * @return the client's side of TLS
     * @throws GeneralSecurityException if the platform lacks what is needed, or refuses a key or certificate
     */
    public static ClientTls of(TlsConfig config) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        PrivateKey key = config.clientKey();
        KeyManager[] keys =
                key == null ? new KeyManager[0] : new KeyManager[] {new ClientKeyManager(key, config.clientChain())};
        X509ExtendedTrustManager platform = platformTrust(config);
        ServerPolicy policy = ServerPolicy.of(config, platform, Clock.systemUTC());
        context.init(keys, new TrustManager[] {new IdentityTrustManager(platform, policy)}, null);
        context.getClientSessionContext().setSessionCacheSize(CACHED_SESSIONS);
        if (config.requireStapledStatus()) {
            // The least there is: a resumed handshake asks no trust manager and shows no status.
            context.getClientSessionContext().setSessionTimeout(1);
        }
        return new ClientTls(context);
    }

    private static X509ExtendedTrustManager platformTrust(TlsConfig config) throws GeneralSecurityException {
        if (config.trustAnchors().isEmpty() && config.systemTrust()) {
            return trustManager(null);
        }
        List<X509Certificate> anchors = new ArrayList<>(config.trustAnchors());
        if (config.systemTrust()) {
            anchors.addAll(Arrays.asList(trustManager(null).getAcceptedIssuers()));
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException("cannot make an empty key store", e);
        }
        for (int i = 0; i < anchors.size(); i++) {
            store.setCertificateEntry("anchor-" + i, anchors.get(i));
        }
        return trustManager(store);
    }

    private static X509ExtendedTrustManager trustManager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("the platform has no X.509 trust manager");
    }

    /** {@return the context, whose trust manager checks the name that an engine was made for} */
    public SSLContext context() {
        return context;
    }

    /** {@return parameters that hold what every connection shares: versions and cipher suites} */
    public SSLParameters parameters() {
        return new SSLParameters(suites, PROTOCOLS);
    }

    /**
     * Makes the engine of one connection.
     *
     * @param expected whom the certificate must be for; also the server name that is indicated (RFC 6066)
     * @param port the port connected to, which tells sessions for resumption apart
     * @param applicationProtocols what ALPN offers, best first; empty for no ALPN
     * @return a client engine
     */
    public SSLEngine engine(DomainName expected, int port, List<String> applicationProtocols) {
        SSLEngine engine = context.createSSLEngine(expected.ascii(), port);
        engine.setUseClientMode(true);
        SSLParameters parameters = parameters();
        // The provider's own name check stays off: it takes common names and odd wildcards, and knows no SRV-ID. The
        // trust manager and verify() do it by RFC 9525.
        parameters.setEndpointIdentificationAlgorithm(null);
        if (expected.literal() == null) {
            parameters.setServerNames(List.of(new SNIHostName(expected.ascii())));
        }
        parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
        engine.setSSLParameters(parameters);
        return engine;
    }

    /**
     * Checks a finished session again, resumed ones included, and closes the door to renegotiation.
     *
     * @param engine the engine whose handshake is done
     * @param expected whom the certificate must be for
     * @return what was established
     * @throws SSLException if the peer showed no certificate
     * @throws CertificateRejectedException if the certificate is for another name or out of its time
     */
    public static TlsSession verify(SSLEngine engine, DomainName expected)
            throws SSLException, CertificateRejectedException {
        SSLSession session = engine.getSession();
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : session.getPeerCertificates()) {
            chain.add((X509Certificate) certificate);
        }
        IdentityTrustManager.checkIdentity(chain.get(0), expected);
        Map<String, byte[]> bindings = ChannelBindings.of(session, chain.get(0));
        if (session.getProtocol().equals("TLSv1.2")) {
            // With no session to resume and none to be created, the JDK's engine refuses a HelloRequest.
            engine.setEnableSessionCreation(false);
            session.invalidate();
        }
        return new TlsSession(session.getProtocol(), session.getCipherSuite(), expected.ascii(), chain, bindings);
    }
}
