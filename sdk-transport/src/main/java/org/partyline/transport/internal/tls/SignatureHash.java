package org.partyline.transport.internal.tls;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hash function that {@code tls-server-end-point} is made with: that of the certificate's signature, but SHA-256 in
 * place of MD5 and SHA-1 (RFC 5929 section 4.1).
 */
final class SignatureHash {
    private static final String WEAK_IS_REPLACED_BY = "SHA-256";
    private static final String RSASSA_PSS = "1.2.840.113549.1.1.10";

    /** By the signature algorithm's object identifier (RFC 3279, 4055, 5758; SHA-3 by NIST). */
    private static final Map<String, String> HASHES = Map.ofEntries(
            Map.entry("1.2.840.113549.1.1.4", "MD5"),
            Map.entry("1.2.840.113549.1.1.5", "SHA-1"),
            Map.entry("1.2.840.113549.1.1.14", "SHA-224"),
            Map.entry("1.2.840.113549.1.1.11", "SHA-256"),
            Map.entry("1.2.840.113549.1.1.12", "SHA-384"),
            Map.entry("1.2.840.113549.1.1.13", "SHA-512"),
            Map.entry("1.2.840.113549.1.1.15", "SHA-512/224"),
            Map.entry("1.2.840.113549.1.1.16", "SHA-512/256"),
            Map.entry("2.16.840.1.101.3.4.3.13", "SHA3-224"),
            Map.entry("2.16.840.1.101.3.4.3.14", "SHA3-256"),
            Map.entry("2.16.840.1.101.3.4.3.15", "SHA3-384"),
            Map.entry("2.16.840.1.101.3.4.3.16", "SHA3-512"),
            Map.entry("1.2.840.10045.4.1", "SHA-1"),
            Map.entry("1.2.840.10045.4.3.1", "SHA-224"),
            Map.entry("1.2.840.10045.4.3.2", "SHA-256"),
            Map.entry("1.2.840.10045.4.3.3", "SHA-384"),
            Map.entry("1.2.840.10045.4.3.4", "SHA-512"),
            Map.entry("2.16.840.1.101.3.4.3.9", "SHA3-224"),
            Map.entry("2.16.840.1.101.3.4.3.10", "SHA3-256"),
            Map.entry("2.16.840.1.101.3.4.3.11", "SHA3-384"),
            Map.entry("2.16.840.1.101.3.4.3.12", "SHA3-512"),
            Map.entry("1.2.840.10040.4.3", "SHA-1"),
            Map.entry("2.16.840.1.101.3.4.3.1", "SHA-224"),
            Map.entry("2.16.840.1.101.3.4.3.2", "SHA-256"));

    private SignatureHash() {}

    /**
     * {@return the hash function's name for {@link java.security.MessageDigest}, or null where the signature has not
     * exactly one, which leaves the binding undefined}
     *
     * @param certificate the server's certificate
     */
    static @Nullable String of(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgOID();
        String hash = algorithm.equals(RSASSA_PSS) ? ofPss(certificate.getSigAlgParams()) : HASHES.get(algorithm);
        return "MD5".equals(hash) || "SHA-1".equals(hash) ? WEAK_IS_REPLACED_BY : hash;
    }

    /** RSASSA-PSS names its hash, and that of its mask, in parameters whose defaults are SHA-1 (RFC 4055 section 3.1). */
    private static @Nullable String ofPss(byte @Nullable [] encoded) {
        if (encoded == null) {
            return "SHA-1";
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(encoded);
            PSSParameterSpec pss = parameters.getParameterSpec(PSSParameterSpec.class);
            boolean one = pss.getMGFParameters() instanceof MGF1ParameterSpec mask
                    && mask.getDigestAlgorithm().equals(pss.getDigestAlgorithm());
            return one ? pss.getDigestAlgorithm() : null;
        } catch (IOException | NoSuchAlgorithmException | InvalidParameterSpecException unreadable) {
            return null;
        }
    }
}
