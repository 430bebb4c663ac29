package org.partyline.xmpp.internal.negotiation;

import java.util.Collection;
import org.partyline.auth.sasl.SaslClient;
import org.partyline.auth.sasl.SaslException;

/** Starts the strongest mechanism of an account; see {@link org.partyline.auth.sasl.SaslClients#start}. */
@FunctionalInterface
public interface SaslStarter {

    /**
     * Starts a mechanism. May compute or block: called on a worker.
     *
     * @param offered the server's list
     * @param tlsVerified whether the stream is under verified TLS
     * @return a client for one run
     * @throws SaslException if there is no mechanism that can be used
     */
    SaslClient start(Collection<String> offered, boolean tlsVerified) throws SaslException;
}
