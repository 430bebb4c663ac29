package org.partyline.testkit.internal.sasl;

import org.jspecify.annotations.Nullable;

/** The hash functions of SCRAM (RFC 5802, RFC 7677). */
public enum ScramHash {
    SHA_1("SHA-1", "HmacSHA1", "PBKDF2WithHmacSHA1", 20),
    SHA_256("SHA-256", "HmacSHA256", "PBKDF2WithHmacSHA256", 32),
    SHA_512("SHA-512", "HmacSHA512", "PBKDF2WithHmacSHA512", 64);

    private static final String PREFIX = "SCRAM-";

    private final String digest;
    private final String mac;
    private final String derivation;
    private final int bytes;

    ScramHash(String digest, String mac, String derivation, int bytes) {
        this.digest = digest;
        this.mac = mac;
        this.derivation = derivation;
        this.bytes = bytes;
    }

    /** {@return the name of the SASL mechanism} */
    public String mechanism() {
        return PREFIX + digest;
    }

    /** {@return the hash of a mechanism, whether it binds or not, or null if it is no SCRAM} */
    public static @Nullable ScramHash of(String mechanism) {
        for (ScramHash hash : values()) {
            if (mechanism.equals(hash.mechanism()) || mechanism.equals(hash.mechanism() + Mechanisms.PLUS)) {
                return hash;
            }
        }
        return null;
    }

    String digest() {
        return digest;
    }

    String mac() {
        return mac;
    }

    String derivation() {
        return derivation;
    }

    public int bytes() {
        return bytes;
    }
}
