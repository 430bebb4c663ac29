package org.partyline.transport.connection;

import java.util.concurrent.CompletableFuture;

/**
 * Shared event loops, name resolution and TLS machinery, from which connections are made. Made by
 * {@link org.partyline.transport.Transports}; safe for use by many threads.
 */
public interface Transport {

    /** {@return a loop to live on; loops are given out in turn} */
    EventLoop nextLoop();

    /**
     * Finds the service of a domain and connects to it: SRV records in the order of RFC 2782 with {@code _xmpps-client}
     * and {@code _xmpp-client} mixed (XEP-0368), addresses raced by RFC 8305, or the endpoints named in the options.
     * With a proxy in the options all of it goes through that, and without a look-up on this side.
     * With direct TLS and WebSocket the handshake is done and the certificate verified; with STARTTLS that is the
     * caller's next step.
     *
     * @param domain the account's domain: the name that the certificate must be valid for
     * @param options the settings
     * @param loop the loop to live on, from {@link #nextLoop()}
     * @return completes on the loop with a connection, or fails with a {@link TransportException} that lists every
     *     endpoint tried. Cancelling ends all attempts.
     * @throws IllegalArgumentException if the domain cannot be a DNS name or address literal
     */
    CompletableFuture<XmlConnection> connect(String domain, TransportOptions options, EventLoop loop);

    /**
     * Ends the loops. Connections that are still open are aborted.
     *
     * @return completes when every thread has ended
     */
    CompletableFuture<Void> close();
}
