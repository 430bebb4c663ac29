package org.partyline.spi;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.store.AccountStore;
import org.partyline.transport.connection.Transport;
import org.partyline.transport.connection.TransportOptions;

/**
 * What a client was built with.
 *
 * @param account the account: a bare address, or a domain alone for anonymous sign-in
 * @param resource the device's name to ask for, or null to let the server make one
 * @param credentials what proves the account
 * @param signIn what is accepted at sign-in, and what is remembered of it
 * @param transport loops and connections; shared, not the session's to close
 * @param transportOptions the connection's settings
 * @param callbacks runs application code; need not be serial: the session makes it so
 * @param workers runs what computes or blocks: key derivation, credential suppliers
 * @param storage runs what waits for a disk, so that nothing that computes or asks holds it up
 * @param store what outlives the process; the session's to close
 * @param limits bounds of the session
 * @param trace how many elements and events of the wire are kept for {@code ChatClient.trace()}; 0 for none
 */
public record SessionSettings(
        Jid account,
        @Nullable String resource,
        Credentials credentials,
        SignInSettings signIn,
        Transport transport,
        TransportOptions transportOptions,
        Executor callbacks,
        Executor workers,
        Executor storage,
        AccountStore store,
        SessionLimits limits,
        int trace) {}
