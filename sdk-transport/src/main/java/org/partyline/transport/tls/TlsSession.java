package org.partyline.transport.tls;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a finished and verified TLS handshake established.
 *
 * @param protocol the version, {@code TLSv1.3} or {@code TLSv1.2}
 * @param cipherSuite the suite's standard name
 * @param verifiedName the name that the certificate was verified for
 * @param peerCertificates the peer's chain, leaf first; never empty
 */
public record TlsSession(
        String protocol, String cipherSuite, String verifiedName, List<X509Certificate> peerCertificates) {

    /** Copies the list. */
    public TlsSession {
        peerCertificates = List.copyOf(peerCertificates);
    }
}
