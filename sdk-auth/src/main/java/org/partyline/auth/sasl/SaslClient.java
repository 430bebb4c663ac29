package org.partyline.auth.sasl;

import org.jspecify.annotations.Nullable;

/**
 * One run of one SASL mechanism (RFC 4422), client side. Calls may compute for long (PBKDF2) and may ask the credentials'
 * supplier, so they belong on a worker thread, one at a time; {@link #cancel()} alone may come from any thread. Secrets
 * are wiped by {@link #close()}.
 */
public interface SaslClient extends AutoCloseable {

    /** {@return the mechanism's registered name} */
    String mechanism();

    /** {@return the channel binding type that the proof is bound by, or null if it is not bound} */
    default @Nullable String bindingType() {
        return null;
    }

    /** {@return how much the mechanism shows of the secret} */
    SecurityPin.Strength strength();

    /**
     * {@return whether the server has proved, within the mechanism, what it had offered (XEP-0474); false before
     * {@link #verifySuccess}}
     */
    default boolean isOfferProved() {
        return false;
    }

    /**
     * {@return the initial response, or null if the mechanism has none}
     *
     * @throws SaslException if the credentials cannot be had or used
     */
    byte @Nullable [] initialResponse() throws SaslException;

    /**
     * {@return the response to a challenge}
     *
     * @param challenge what the server sent
     * @throws SaslException if the challenge is not acceptable
     */
    byte[] respond(byte[] challenge) throws SaslException;

    /**
     * Checks the server's final word. Sign-in has not succeeded until this returned: for SCRAM it holds the server's
     * proof. Compares only; never computes for long or blocks, so it may be called on an event loop.
     *
     * @param additionalData what came with success, or null
     * @throws SaslException if the server did not prove itself, or success came too early
     */
    void verifySuccess(byte @Nullable [] additionalData) throws SaslException;

    /** Makes a computation that is under way fail soon. Any thread. */
    void cancel();

    /** Wipes what is secret. */
    @Override
    void close();
}
