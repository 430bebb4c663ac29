package org.partyline.auth.sasl;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hashes that SCRAM is registered with (RFC 5802, RFC 7677, and SHA-512 by the same rules), strongest first. */
enum ScramHash {
    SHA_512("SCRAM-SHA-512", "SHA-512", "HmacSHA512"),
    SHA_256("SCRAM-SHA-256", "SHA-256", "HmacSHA256"),
    SHA_1("SCRAM-SHA-1", "SHA-1", "HmacSHA1");

    private final String mechanism;
    private final String digest;
    private final String hmac;

    ScramHash(String mechanism, String digest, String hmac) {
        this.mechanism = mechanism;
        this.digest = digest;
        this.hmac = hmac;
    }

    String mechanism() {
        return mechanism;
    }

    byte[] hash(byte[] input) throws GeneralSecurityException {
        return MessageDigest.getInstance(digest).digest(input);
    }

    Mac mac(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(hmac);
        mac.init(new SecretKeySpec(key, hmac));
        return mac;
    }
}
