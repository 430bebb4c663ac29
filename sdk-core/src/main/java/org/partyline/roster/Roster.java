package org.partyline.roster;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.partyline.address.Jid;
import org.partyline.stream.EventStream;

/**
 * The contact list, kept in step with the server's (RFC 6121 section 2). Loaded before {@code connect()} completes.
 *
 * <p>Futures complete on the callback executor when the server has answered; they fail with
 * {@link org.partyline.error.NotConnectedException}, {@link org.partyline.error.RequestRejectedException},
 * {@link org.partyline.error.RequestTimeoutException}, {@link org.partyline.error.ConnectionLostException} or
 * {@link org.partyline.error.LimitExceededException}. Cancelling one stops waiting for the answer.
 */
public interface Roster {

    /** {@return the contacts, a snapshot; empty before the first load} */
    List<Contact> contacts();

    /**
     * {@return a contact}
     *
     * @param jid whose; the resource is ignored
     */
    Optional<Contact> contact(Jid jid);

    /** {@return changes, as they come; the first load is reported as additions} */
    EventStream<RosterChange> changes();

    /**
     * Adds a contact, or changes the name and groups of one that is there.
     *
     * @param jid whose
     * @param name the name to show, empty for none
     * @param groups the groups to be in; these replace those before
     * @return completes when the server has stored it
     * @throws IllegalArgumentException if a name holds a character that the wire cannot carry
     */
    CompletableFuture<Void> save(Jid jid, String name, Collection<String> groups);

    /**
     * Adds a contact, and asks to see its presence.
     *
     * @param jid whose
     * @param name the name to show, empty for none
     * @return completes when the server has stored it and the request is written
     * @throws IllegalArgumentException if the name holds a character that the wire cannot carry
     */
    CompletableFuture<Void> add(Jid jid, String name);

    /**
     * Removes a contact, and ends the subscriptions either way.
     *
     * @param jid whose
     * @return completes when the server has removed it
     */
    CompletableFuture<Void> remove(Jid jid);
}
