package org.partyline.auth.sasl;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of an account's sign-ins, so that a later one cannot be made weaker unnoticed. It holds no secret,
 * but whoever can change it can undo that protection.
 *
 * @param strongest the strongest kind of proof that a sign-in succeeded with
 * @param bindingType the channel binding type that was used with it, or null
 * @param publicKey base64 of the SHA-256 of the server's last public key (SubjectPublicKeyInfo), or null if not known
 */
public record SecurityPin(
        Strength strongest,
        @Nullable String bindingType,
        @Nullable String publicKey) {

    /** Kinds of proof, weakest first. */
    public enum Strength {
        /** The secret itself was shown to the server: PLAIN, OAUTHBEARER. */
        SHOWN,
        /** The secret was proved and stayed here: SCRAM, EXTERNAL, a token's hash. */
        PROVED,
        /** The secret was proved to whom the TLS channel ends at: SCRAM with channel binding. */
        BOUND
    }
}
