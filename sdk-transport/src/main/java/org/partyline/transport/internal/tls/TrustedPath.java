package org.partyline.transport.internal.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The path by which a chain is valid. The platform's trust manager says only that there is one; pins and stapled status
 * need to know which, for a peer may send certificates that have nothing to do with it.
 *
 * @param path from the leaf to below the anchor; empty where the leaf itself is trusted
 * @param anchor where it ends
 */
record TrustedPath(CertPath path, TrustAnchor anchor) {

    /**
     * Finds the path. Nothing is fetched, and revocation is not looked at.
     *
     * @param chain what the peer sent, leaf first
     * @param roots the trust anchors' certificates
     * @throws CertificateException if there is none
     */
    static TrustedPath of(X509Certificate[] chain, X509Certificate[] roots) throws CertificateException {
        Set<TrustAnchor> anchors = new HashSet<>();
        for (X509Certificate root : roots) {
            if (root.equals(chain[0])) {
                return ofTrustedLeaf(root);
            }
            anchors.add(new TrustAnchor(root, null));
        }
        X509CertSelector leaf = new X509CertSelector();
        leaf.setCertificate(chain[0]);
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, leaf);
            parameters.setRevocationEnabled(false);
            parameters.setMaxPathLength(IdentityTrustManager.MAX_CHAIN);
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(Arrays.asList(chain))));
            PKIXCertPathBuilderResult built = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(parameters);
            return new TrustedPath(built.getCertPath(), built.getTrustAnchor());
        } catch (GeneralSecurityException e) {
            throw new CertificateException("no path to a trust anchor", e);
        }
    }

    private static TrustedPath ofTrustedLeaf(X509Certificate leaf) throws CertificateException {
        return new TrustedPath(
                CertificateFactory.getInstance("X.509").generateCertPath(List.of()), new TrustAnchor(leaf, null));
    }

    /** {@return the certificates from the leaf to the trust anchor, which is among them} */
    List<X509Certificate> certificates() {
        List<X509Certificate> all = new ArrayList<>();
        path.getCertificates().forEach(certificate -> all.add((X509Certificate) certificate));
        all.add(anchor.getTrustedCert());
        return all;
    }
}
