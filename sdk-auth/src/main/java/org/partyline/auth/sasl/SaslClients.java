package org.partyline.auth.sasl;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.credentials.Credentials;

/**
 * Chooses the strongest mechanism of an account and starts it. One object per account: it keeps the salted SCRAM keys
 * that spare later sign-ins the key derivation, in memory only, until {@link #close()}.
 */
public final class SaslClients implements AutoCloseable {

    /**
     * @param username the authentication identity (the account's local part), or null where the credentials need none
     * @param credentials what proves it
     * @param options what is accepted
     */
    public SaslClients(@Nullable String username, Credentials credentials, SaslOptions options) {}

    /**
     * Starts the strongest mechanism that is offered, allowed, and usable with the credentials.
     *
     * @param offered the server's list
     * @param tlsVerified whether the stream is under TLS whose certificate was verified
     * @return a client for one run
     * @throws SaslException with {@link SaslException.Reason#NO_MECHANISM} if there is none; the message names what was
     *     offered and why each was passed over
     */
    @SuppressWarnings("DoNotCallSuggester")
    public SaslClient start(Collection<String> offered, boolean tlsVerified) throws SaslException {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Wipes the kept keys. */
    @Override
    public void close() {}
}
