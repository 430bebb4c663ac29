package org.partyline.testkit.internal.tls;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What the server can bind a sign-in to, as far as this JDK lets it. */
public final class ServerBindings {
    /** RFC 9266: needs what JDK 25 and later have. */
    public static final String EXPORTER = "tls-exporter";

    /** RFC 5929 section 4. */
    public static final String END_POINT = "tls-server-end-point";

    private static final String LABEL = "EXPORTER-Channel-Binding";
    private static final int EXPORTED_BYTES = 32;
    private static final @Nullable MethodHandle EXPORT = export();

    private ServerBindings() {}

    private static @Nullable MethodHandle export() {
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
     * {@return the bytes that identify the connection, or null if there are none of this type}
     *
     * @param type the type by its registered name
     * @param session the session, after the handshake
     */
    public static byte @Nullable [] of(String type, SSLSession session) {
        return switch (type) {
            case EXPORTER -> session instanceof ExtendedSSLSession extended ? exported(extended) : null;
            case END_POINT -> endPoint(session.getLocalCertificates());
            default -> null;
        };
    }

    private static byte @Nullable [] exported(ExtendedSSLSession session) {
        if (EXPORT == null) {
            return null;
        }
        try {
            return (byte[]) EXPORT.invoke(session, LABEL, new byte[0], EXPORTED_BYTES);
        } catch (SSLException | RuntimeException notOfThisSession) {
            // TLS 1.2 without the extended master secret: RFC 9266 section 4 rules it out.
            return null;
        } catch (Throwable defect) {
            throw new IllegalStateException("the JDK's exporter cannot be called", defect);
        }
    }

    /** The hash of the server's certificate, by the hash function of its signature, but never by one that is broken. */
    private static byte @Nullable [] endPoint(Certificate @Nullable [] own) {
        if (own == null || own.length == 0 || !(own[0] instanceof X509Certificate certificate)) {
            return null;
        }
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        int with = algorithm.indexOf("WITH");
        if (with < 0) {
            return null;
        }
        String hash = algorithm.substring(0, with).replace("-", "");
        String digest = hash.equals("MD5") || hash.equals("SHA1") ? "SHA-256" : hash.replaceFirst("^SHA", "SHA-");
        try {
            return MessageDigest.getInstance(digest).digest(certificate.getEncoded());
        } catch (GeneralSecurityException undefined) {
            return null;
        }
    }
}
