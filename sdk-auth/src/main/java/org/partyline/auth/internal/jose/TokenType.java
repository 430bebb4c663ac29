package org.partyline.auth.internal.jose;

/** Every type of token there is. A verifier accepts one alone (RFC 8725 section 3.11). */
public enum TokenType {
    /** What keys sign what, signed by a root. */
    KEYS("im-keys+jwt", KeyPlace.NAMED),
    /** A license. */
    LICENSE("im-license+jwt", KeyPlace.NAMED),
    /** What a network asks of clients, and from when on. */
    POLICY("im-policy+jwt", KeyPlace.NAMED),
    /** Which licenses are suspended or revoked (Token Status List, an IETF draft). */
    STATUS("statuslist+jwt", KeyPlace.NAMED),
    /** The end of the log up to now. */
    AUDIT_CHECKPOINT("im-audit-cp+jwt", KeyPlace.NAMED),
    /** An access token (RFC 9068). */
    ACCESS("at+jwt", KeyPlace.NAMED),
    /** What a partner says of an installation (draft-ietf-oauth-attestation-based-client-auth). */
    ATTESTATION("oauth-client-attestation+jwt", KeyPlace.NAMED),
    /** The report of a partner's own tests. */
    SELF_CHECK("im-selfcheck+jwt", KeyPlace.NAMED),
    /** That who shows an attestation has its key: the attestation tells the key. */
    ATTESTATION_PROOF("oauth-client-attestation-pop+jwt", KeyPlace.ELSEWHERE),
    /** That who signs in with an access token has its key. */
    SASL_PROOF("im-pop+jwt", KeyPlace.EMBEDDED),
    /** The same for a request over HTTP (RFC 9449). */
    DPOP("dpop+jwt", KeyPlace.EMBEDDED);

    /** Where the key of a token is found. Never behind an address (RFC 8725 section 3.10). */
    enum KeyPlace {
        NAMED,
        EMBEDDED,
        ELSEWHERE
    }

    private final String typ;
    private final KeyPlace place;

    TokenType(String typ, KeyPlace place) {
        this.typ = typ;
        this.place = place;
    }

    /** {@return the name of it in headers} */
    public String typ() {
        return typ;
    }

    KeyPlace place() {
        return place;
    }
}
