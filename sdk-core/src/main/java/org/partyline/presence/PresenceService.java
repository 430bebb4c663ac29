package org.partyline.presence;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.partyline.address.Jid;
import org.partyline.stream.EventStream;

/**
 * Own presence, that of others, and who may see whose. Futures complete once the stanza is written, on the callback
 * executor, and fail with {@link org.partyline.error.NotConnectedException} where there is no connection, or with
 * {@link org.partyline.error.LimitExceededException} where too much waits to be written; cancelling does nothing.
 */
public interface PresenceService {

    /**
     * Sets own presence. It is kept, and announced anew whenever a new session begins.
     *
     * @param presence the presence; {@link Presence#available()} until this is called
     * @return completes when it is announced, or, while there is no connection, at once
     * @throws IllegalArgumentException if the text holds a character that the wire cannot carry
     */
    CompletableFuture<Void> publish(Presence presence);

    /**
     * Shows a presence to one address alone (RFC 6121 section 4.6). That address also sees when the session ends.
     *
     * @param to the address
     * @param presence the presence
     * @return completes when it is written
     * @throws IllegalArgumentException if the text holds a character that the wire cannot carry
     */
    CompletableFuture<Void> sendTo(Jid to, Presence presence);

    /** {@return changes of others' presence, as they come} */
    EventStream<PresenceUpdate> updates();

    /**
     * {@return the presence of somebody's most reachable device: the highest priority, then the most available;
     * {@link Presence#offline()} if nothing is known}
     *
     * @param contact whose; the resource is ignored
     */
    Presence of(Jid contact);

    /**
     * {@return the presence of each of somebody's devices that is there, by full address; a snapshot}
     *
     * @param contact whose; the resource is ignored
     */
    Map<Jid, Presence> devicesOf(Jid contact);

    /** {@return requests to see this account's presence, as they come; each wants {@link #approve} or {@link #deny}} */
    EventStream<SubscriptionRequest> requests();

    /**
     * Asks to see somebody's presence (RFC 6121 section 3.1.1).
     *
     * @param contact whose
     * @return completes when it is written
     */
    CompletableFuture<Void> subscribe(Jid contact);

    /**
     * Stops seeing somebody's presence (RFC 6121 section 3.3).
     *
     * @param contact whose
     * @return completes when it is written
     */
    CompletableFuture<Void> unsubscribe(Jid contact);

    /**
     * Lets somebody see this account's presence. Before they asked, this approves in advance (RFC 6121 section 3.4), if
     * the server can.
     *
     * @param contact who
     * @return completes when it is written. Fails with {@link org.partyline.error.UnsupportedFeatureException} if nothing
     *     was asked and the server cannot keep an approval
     */
    CompletableFuture<Void> approve(Jid contact);

    /**
     * Refuses a request, or stops letting somebody see this account's presence (RFC 6121 section 3.2).
     *
     * @param contact who
     * @return completes when it is written
     */
    CompletableFuture<Void> deny(Jid contact);
}
