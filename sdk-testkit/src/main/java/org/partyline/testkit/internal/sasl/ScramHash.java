package org.partyline.testkit.internal.sasl;

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

    String digest() {
        return digest;
    }

    String mac() {
        return mac;
    }

    String derivation() {
        return derivation;
    }

    int bytes() {
        return bytes;
    }
}
