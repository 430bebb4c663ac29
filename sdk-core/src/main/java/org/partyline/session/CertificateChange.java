package org.partyline.session;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A server that shows another key than at the account's last sign-in. Its certificate was verified, so this is what an
 * operator's renewal looks like; it is also what somebody in between looks like who got a certificate for the domain.
 *
 * @param account the account's bare address
 * @param formerKey base64 of the SHA-256 of the former public key (SubjectPublicKeyInfo)
 * @param key the same of the present one
 * @param chain the present chain, as the server sent it, leaf first; its issuers are those that vouch for it
 */
public record CertificateChange(String account, String formerKey, String key, List<X509Certificate> chain) {

    /** Copies the list. */
    public CertificateChange {
        chain = List.copyOf(chain);
    }
}
