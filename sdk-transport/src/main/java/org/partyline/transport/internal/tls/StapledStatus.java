package org.partyline.transport.internal.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * The status of a server's certificate that the server itself stapled to the handshake (RFC 6066 section 8, RFC 8446
 * section 4.4.2.1). It is judged by the JDK's checker, which wants a signature by the issuer or whom the issuer put in
 * charge, the certificate's own serial number and issuer, and dates that hold now (RFC 6960 section 3.2).
 */
final class StapledStatus {
    /** id-pe-tlsfeature. */
    private static final String TLS_FEATURE = "1.3.6.1.5.5.7.1.24";
    /** The number of the extension status_request, as DER has it. */
    private static final byte[] STATUS_REQUEST = {5};

    private StapledStatus() {}

    /** {@return what was stapled for the leaf, or null for nothing} */
    static byte @Nullable [] of(SSLEngine engine) {
        if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
            List<byte[]> responses = session.getStatusResponses();
            if (!responses.isEmpty() && responses.get(0).length > 0) {
                return responses.get(0);
            }
        }
        return null;
    }

    /** {@return whether the certificate is void without a stapled status (RFC 7633)} What cannot be read says so too. */
    static boolean isRequiredBy(X509Certificate leaf) {
        byte[] extension = leaf.getExtensionValue(TLS_FEATURE);
        if (extension == null) {
            return false;
        }
        DerReader features =
                new DerReader(extension).enter(DerReader.OCTET_STRING).enter(DerReader.SEQUENCE);
        boolean readable = !features.isAtEnd();
        while (!features.isAtEnd()) {
            DerReader feature = features.enter(DerReader.INTEGER);
            if (feature.contentEquals(STATUS_REQUEST)) {
                return true;
            }
            readable &= !feature.isAtEnd();
        }
        return !readable;
    }

    /**
     * {@return whether the status is valid and good} A status that does not hold is as good as none: whoever holds a
     * stolen key would rather send none at all. No status of this kind makes anything be fetched: the checker fetches
     * only for certificates that it was given no response for, and it is asked about the leaf alone.
     *
     * @param path the leaf's path
     * @param response what was stapled
     * @throws CertificateException if the certificate was revoked
     */
    static boolean isGood(TrustedPath path, byte[] response) throws CertificateException {
        if (path.path().getCertificates().isEmpty()) {
            // The leaf is trusted by itself: it has no issuer who could vouch for it.
            return false;
        }
        try {
            CertPathValidator validator = CertPathValidator.getInstance("PKIX");
            PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
            checker.setOptions(EnumSet.of(Option.ONLY_END_ENTITY, Option.NO_FALLBACK));
            checker.setOcspResponses(Map.of(path.certificates().get(0), response));
            PKIXParameters parameters = new PKIXParameters(Set.of(path.anchor()));
            parameters.setRevocationEnabled(false);
            parameters.addCertPathChecker(checker);
            validator.validate(path.path(), parameters);
            return true;
        } catch (CertPathValidatorException e) {
            if (e.getReason() == BasicReason.REVOKED) {
                throw new CertificateException("it was revoked, says its stapled status", e);
            }
            return false;
        } catch (GeneralSecurityException e) {
            throw new CertificateException("a stapled status cannot be checked here", e);
        }
    }
}
