package org.partyline.xmpp.internal.negotiation;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;

/**
 * What a negotiation needs to know; the same for every connection of a client.
 *
 * @param account the account's bare address, or a domain alone for anonymous sign-in
 * @param resource the device's name to ask for, or null
 * @param mechanisms starts SASL mechanisms
 * @param workers runs what computes or blocks
 * @param timeout how long the whole negotiation may take (L22)
 * @param ids makes ids of requests
 */
public record NegotiationSettings(
        Jid account,
        @Nullable String resource,
        SaslStarter mechanisms,
        Executor workers,
        Duration timeout,
        Supplier<String> ids) {}
