package org.partyline.auth.internal.jose;

/**
 * A token that is refused. The message never holds anything of the token.
 *
 * @serial exclude
 */
public final class JoseException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is behind a reason, for those who map it to a code. */
    public enum Kind {
        /** It cannot be read as what it should be. */
        MALFORMED,
        /** It can be read, and nobody who may has signed it. */
        UNSIGNED
    }

    /** Why a token is refused, in the order in which it is asked. */
    public enum Reason {
        /** Too long, or empty. */
        SIZE(Kind.MALFORMED, "its size is out of bounds"),
        /** Not three segments (RFC 7515 section 7.1). */
        SEGMENTS(Kind.MALFORMED, "it does not have three segments"),
        /** Not base64url as there is one way to write it (RFC 7515 section 2, RFC 4648 section 3.5). */
        ENCODING(Kind.MALFORMED, "a segment is not base64url in its one form"),
        /** A header or content that is no JSON object, or too deep, or has numbers or texts out of bounds. */
        JSON(Kind.MALFORMED, "it does not hold a JSON object within bounds"),
        /** A name that occurs twice (RFC 7515 section 4). */
        DUPLICATE(Kind.MALFORMED, "a name occurs twice"),
        /** Extensions that must be understood (RFC 7515 section 4.1.11). */
        CRITICAL(Kind.MALFORMED, "it asks for extensions"),
        /** A header parameter that this type does not have, or that it lacks. */
        HEADER(Kind.MALFORMED, "its header is not that of this type"),
        /** Another type of token than is expected (RFC 8725 section 3.11). */
        TYPE(Kind.MALFORMED, "it is of another type"),
        /** An algorithm that does not belong to the key (RFC 8725 section 3.1). */
        ALGORITHM(Kind.UNSIGNED, "its algorithm is not its key's"),
        /** No such key is known. */
        UNKNOWN_KEY(Kind.UNSIGNED, "its key is not known"),
        /** The key is known, and is for tokens of other types. */
        KEY_FAMILY(Kind.UNSIGNED, "its key does not sign this type"),
        /** A public key that is none. */
        KEY(Kind.MALFORMED, "a public key is none, or is unsafe"),
        /** The signature is wrong. */
        SIGNATURE(Kind.UNSIGNED, "its signature is wrong"),
        /** A claim that is missing, of another JSON type, or out of bounds. */
        CLAIM(Kind.MALFORMED, "a claim is missing, or is not what it should be");

        private final Kind kind;
        private final String text;

        Reason(Kind kind, String text) {
            this.kind = kind;
            this.text = text;
        }

        /** {@return what is behind it} */
        public Kind kind() {
            return kind;
        }
    }

    private final Reason reason;

    JoseException(Reason reason) {
        this(reason, reason.text);
    }

    private JoseException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /**
     * {@return what a claim fails by}
     *
     * @param name the claim's name, which is ours and not the token's
     */
    public static JoseException claim(String name) {
        return new JoseException(Reason.CLAIM, Reason.CLAIM.text + ": " + name);
    }

    /** {@return why} */
    public Reason reason() {
        return reason;
    }
}
