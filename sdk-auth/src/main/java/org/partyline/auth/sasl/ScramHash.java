package org.partyline.auth.sasl;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collection;
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

    /** {@return the name of the variant that is bound to the channel} */
    String boundMechanism() {
        return mechanism + "-PLUS";
    }

    /** {@return whether any variant with channel binding is among the names} */
    static boolean offeredBound(Collection<String> offered) {
        for (ScramHash hash : values()) {
            if (offered.contains(hash.boundMechanism())) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether any variant at all is among the names} */
    static boolean offeredAny(Collection<String> offered) {
        return offered.stream().anyMatch(ScramHash::isScram);
    }

    static boolean isScram(String name) {
        for (ScramHash hash : values()) {
            if (name.equals(hash.mechanism()) || name.equals(hash.boundMechanism())) {
                return true;
            }
        }
        return false;
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
