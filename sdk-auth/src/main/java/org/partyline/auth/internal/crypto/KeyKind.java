package org.partyline.auth.internal.crypto;

/** The two kinds of keys there are. */
public enum KeyKind {
    /** Ed25519 (RFC 8032 section 5.1). */
    ED25519,
    /** ECDSA on P-256 with SHA-256 (RFC 7518 section 3.4). */
    P256;

    /** Of a private key, and of either coordinate. */
    static final int KEY_BYTES = 32;

    /** Of a signature: R and S (RFC 8032 section 5.1.6), or r and s (RFC 7518 section 3.4). */
    public static final int SIGNATURE_BYTES = 64;
}
