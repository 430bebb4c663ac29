package org.partyline.xmpp.internal.negotiation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.auth.sasl.SaslClients;
import org.partyline.spi.SignInSettings;
import org.partyline.transport.xml.XmlElement;

/**
 * What a negotiation needs to know; the same for every connection of a client.
 *
 * @param account the account's bare address, or a domain alone for anonymous sign-in
 * @param resource the device's name to ask for, or null
 * @param mechanisms starts SASL mechanisms
 * @param signIn how to sign in
 * @param inlineWishes gives what features would switch on with the binding, of the namespaces that the server allows there
 * @param workers runs what computes or blocks
 * @param timeout how long the whole negotiation may take (L22)
 * @param ids makes ids of requests
 */
public record NegotiationSettings(
        Jid account,
        @Nullable String resource,
        SaslClients mechanisms,
        SignInSettings signIn,
        Function<List<String>, List<XmlElement>> inlineWishes,
        Executor workers,
        Duration timeout,
        Supplier<String> ids) {}
