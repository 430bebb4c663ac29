package org.partyline.session;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a client signed in: for people, for support, and for policies of an application. Holds no secret.
 *
 * @param endpoint what was connected to
 * @param tlsProtocol the TLS version, {@code TLSv1.3} for one
 * @param cipherSuite the TLS cipher suite's standard name
 * @param mechanism the SASL mechanism
 * @param bindingType the channel binding type that the proof was bound by, or null if it was not bound: then whoever holds
 *     another valid certificate for the domain could sit in between
 * @param weaker whether the account had signed in bound to the channel before, and this time not; that happens only where the
 *     server has proved that it no longer offers it (XEP-0474)
 * @param roundTrips how often the client waited for the server, from TLS to the session
 */
public record SignIn(
        String endpoint,
        String tlsProtocol,
        String cipherSuite,
        String mechanism,
        @Nullable String bindingType,
        boolean weaker,
        int roundTrips) {

    /** {@return the channel binding type, or empty if the proof was not bound} */
    public Optional<String> binding() {
        return Optional.ofNullable(bindingType);
    }
}
