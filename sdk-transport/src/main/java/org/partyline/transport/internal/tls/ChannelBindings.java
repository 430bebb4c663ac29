package org.partyline.transport.internal.tls;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What ties a sign-in to the TLS session that it runs in, as far as JDK and certificate allow. */
final class ChannelBindings {
    static final String EXPORTER = "tls-exporter";
    static final String SERVER_END_POINT = "tls-server-end-point";

    /** RFC 9266 section 2: this label, a context of no bytes, 32 bytes. */
    private static final String LABEL = "EXPORTER-Channel-Binding";

    private static final int LENGTH = 32;

    /** {@code ExtendedSSLSession.exportKeyingMaterialData}, which JDK 25 brought; this is compiled for 17. */
    private static final @Nullable MethodHandle EXPORT = findExport();

    private ChannelBindings() {}

    private static @Nullable MethodHandle findExport() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(
                            ExtendedSSLSession.class,
                            "exportKeyingMaterialData",
                            MethodType.methodType(byte[].class, String.class, byte[].class, int.class));
        } catch (NoSuchMethodException | IllegalAccessException olderJdk) {
            return null;
        }
    }

    /**
     * Takes the values from a session whose handshake is done.
     *
     * @param session the session of that handshake
     * @param leaf the server's certificate
     * @return the values by type, strongest first
     * @throws SSLException if a value that must be there cannot be computed
     */
    static Map<String, byte[]> of(SSLSession session, X509Certificate leaf) throws SSLException {
        Map<String, byte[]> values = new LinkedHashMap<>();
        byte[] exported = export(session);
        if (exported != null) {
            values.put(EXPORTER, exported);
        }
        byte[] endPoint = serverEndPoint(leaf);
        if (endPoint != null) {
            values.put(SERVER_END_POINT, endPoint);
        }
        return values;
    }

    private static byte @Nullable [] export(SSLSession session) throws SSLException {
        if (EXPORT == null || !(session instanceof ExtendedSSLSession extended)) {
            return null;
        }
        try {
            return (byte[]) EXPORT.invokeExact(extended, LABEL, new byte[0], LENGTH);
        } catch (SSLKeyException e) {
            if (session.getProtocol().equals("TLSv1.2")) {
                // The JDK exports nothing where the extended master secret was not negotiated (RFC 7627 section 5.4),
                // which is what RFC 9266 section 4.2 wants as well.
                return null;
            }
            throw e;
        } catch (UnsupportedOperationException otherProvider) {
            return null;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new SSLException("the session exports no key material", e);
        }
    }

    /** RFC 5929 section 4.1: the certificate's hash, by the hash function of its own signature. */
    private static byte @Nullable [] serverEndPoint(X509Certificate leaf) throws SSLException {
        String hash = SignatureHash.of(leaf);
        if (hash == null) {
            return null;
        }
        try {
            return MessageDigest.getInstance(hash).digest(leaf.getEncoded());
        } catch (NoSuchAlgorithmException unknownHere) {
            return null;
        } catch (CertificateEncodingException e) {
            throw new SSLException("the server's certificate cannot be encoded", e);
        }
    }
}
