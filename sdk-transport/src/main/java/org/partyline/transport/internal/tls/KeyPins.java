package org.partyline.transport.internal.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** SHA-256 hashes of SubjectPublicKeyInfo, to be compared with those of certificates (as in RFC 7469 section 2.4). */
final class KeyPins {
    private final List<byte[]> hashes;

    KeyPins(Set<String> base64) {
        this.hashes = base64.stream().map(Base64.getDecoder()::decode).toList();
    }

    boolean isEmpty() {
        return hashes.isEmpty();
    }

    /** {@return whether one of the certificates has a pinned key} */
    boolean holdOneOf(List<X509Certificate> certificates) throws CertificateException {
        boolean found = false;
        for (X509Certificate certificate : certificates) {
            byte[] presented = hash(certificate);
            for (byte[] pinned : hashes) {
                found |= MessageDigest.isEqual(pinned, presented);
            }
        }
        return found;
    }

    private static byte[] hash(X509Certificate certificate) throws CertificateException {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(certificate.getPublicKey().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new CertificateException("this JDK has no SHA-256", e);
        }
    }
}
