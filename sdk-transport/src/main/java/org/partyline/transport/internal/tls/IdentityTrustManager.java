package org.partyline.transport.internal.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.internal.dns.DomainName;

/**
 * The platform's path validation, between a bound on the work it may be given, and pins, status and the identity check.
 * The expected name is the engine's peer host. Calls that name no engine fail: there would be no name to check.
 */
final class IdentityTrustManager extends X509ExtendedTrustManager {
    /** Certificates in a chain (L33). */
    static final int MAX_CHAIN = 10;
    /** Bits of an RSA modulus (L33): a larger one costs too much to verify with. */
    static final int MAX_RSA_BITS = 8192;

    /** Bytes of a chain (L33), as a handshake message would hold it: each certificate has three bytes of length. */
    static final int MAX_CHAIN_BYTES = 32 * 1024;

    private static final int MAX_NAMES_SHOWN = 10;
    private static final int MAX_TEXT_SHOWN = 256;

    private final X509ExtendedTrustManager platform;
    private final ServerPolicy policy;

    IdentityTrustManager(X509ExtendedTrustManager platform, ServerPolicy policy) {
        this.platform = platform;
        this.policy = policy;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        DomainName expected = DomainName.of(engine.getPeerHost());
        bound(chain, expected);
        try {
            if (policy.asksAuthorities()) {
                if (platform.getAcceptedIssuers().length == 0) {
                    // The JDK would fail as if by a fault of its own.
                    throw new CertificateException("the settings trust nobody");
                }
                platform.checkServerTrusted(chain, authType, engine);
            }
            policy.check(chain, engine);
        } catch (CertificateException e) {
            throw rejected(expected, chain[0], rootMessage(e), e);
        }
        checkIdentity(chain[0], expected);
    }

    /** The identity check alone, for a session that may have been resumed. */
    static void checkIdentity(X509Certificate leaf, DomainName expected) throws CertificateRejectedException {
        try {
            leaf.checkValidity();
            if (!ServerIdentity.matches(leaf, expected)) {
                throw rejected(expected, leaf, "it is for another name", null);
            }
        } catch (CertificateRejectedException e) {
            throw e;
        } catch (CertificateException e) {
            throw rejected(expected, leaf, rootMessage(e), e);
        }
    }

    private static void bound(X509Certificate[] chain, DomainName expected) throws CertificateException {
        if (chain.length > MAX_CHAIN) {
            throw rejected(expected, chain[0], "its chain holds " + chain.length + " certificates, over 10", null);
        }
        int bytes = 0;
        for (X509Certificate certificate : chain) {
            bytes += 3 + certificate.getEncoded().length;
            if (certificate.getPublicKey() instanceof RSAKey key
                    && key.getModulus().bitLength() > MAX_RSA_BITS) {
                throw rejected(expected, chain[0], "an RSA key of its chain is longer than 8192 bits", null);
            }
        }
        if (bytes > MAX_CHAIN_BYTES) {
            throw rejected(expected, chain[0], "its chain is " + bytes + " bytes long, over 32 KiB", null);
        }
    }

    private static CertificateRejectedException rejected(
            DomainName expected, X509Certificate leaf, String why, @Nullable Throwable cause) {
        return new CertificateRejectedException(
                "certificate rejected for " + expected + ": " + printable(why) + "; presented: " + describe(leaf),
                cause);
    }

    private static String describe(X509Certificate leaf) {
        String names;
        try {
            PresentedNames presented = PresentedNames.of(leaf);
            names = presented.isEmpty()
                    ? "no names in subjectAltName"
                    : "names "
                            + Stream.of(presented.dns(), presented.srv(), presented.xmpp(), presented.addresses())
                                    .flatMap(List::stream)
                                    .limit(MAX_NAMES_SHOWN)
                                    .toList();
        } catch (CertificateException e) {
            names = "an unreadable subjectAltName";
        }
        return printable(names) + ", valid from " + leaf.getNotBefore().toInstant() + " until "
                + leaf.getNotAfter().toInstant() + ", issued by "
                + printable(leaf.getIssuerX500Principal().getName());
    }

    private static String rootMessage(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }

    /** The certificate is the peer's text: what is no printable ASCII is masked, and its length is bounded. */
    private static String printable(String text) {
        String cut = text.length() > MAX_TEXT_SHOWN ? text.substring(0, MAX_TEXT_SHOWN) + "..." : text;
        return cut.replaceAll("[^ -~]", "?");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a server's certificate is only checked for a named peer");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("a server's certificate is only checked for a named peer");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this side is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("this side is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this side is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return platform.getAcceptedIssuers();
    }
}
