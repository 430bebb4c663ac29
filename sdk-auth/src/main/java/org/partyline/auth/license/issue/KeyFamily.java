package org.partyline.auth.license.issue;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.partyline.auth.internal.crypto.KeyKind;
import org.partyline.auth.internal.jose.TokenType;

/** Whose key it is, and with it what it signs: each family some types of tokens, and no type belongs to two. */
public enum KeyFamily {
    /** Kept offline; applications pin it. Signs which other keys there are. */
    ROOT(1, KeyKind.ED25519),
    /** Signs licenses and policies. */
    LICENSE(2, KeyKind.ED25519),
    /** Signs status lists and ends of the log, apart from licenses, so that who steals it cannot make any. */
    STATUS(3, KeyKind.ED25519),
    /** Signs access tokens for one network: servers that check little else take the key for the audience. */
    ACCESS(4, KeyKind.P256),
    /** The partner's own: signs attestations and reports of self-checks. */
    PARTNER(5, KeyKind.P256);

    private final int tag;
    private final KeyKind kind;

    KeyFamily(int tag, KeyKind kind) {
        this.tag = tag;
        this.kind = kind;
    }

    /** {@return the names of the types of tokens that it signs, such as {@code im-license+jwt}} */
    public Set<String> types() {
        return signed().stream().map(TokenType::typ).collect(Collectors.toUnmodifiableSet());
    }

    boolean signs(TokenType type) {
        return signed().contains(type);
    }

    private Set<TokenType> signed() {
        return switch (this) {
            case ROOT -> EnumSet.of(TokenType.KEYS);
            case LICENSE -> EnumSet.of(TokenType.LICENSE, TokenType.POLICY);
            case STATUS -> EnumSet.of(TokenType.STATUS, TokenType.AUDIT_CHECKPOINT);
            case ACCESS -> EnumSet.of(TokenType.ACCESS);
            case PARTNER -> EnumSet.of(TokenType.ATTESTATION, TokenType.SELF_CHECK);
        };
    }

    KeyKind kind() {
        return kind;
    }

    /** {@return what stands for it in stored keys} */
    byte tag() {
        return (byte) tag;
    }

    static KeyFamily tagged(byte tag) {
        for (KeyFamily each : values()) {
            if (each.tag == tag) {
                return each;
            }
        }
        throw new IllegalArgumentException("what is stored is no key of an issuer");
    }
}
