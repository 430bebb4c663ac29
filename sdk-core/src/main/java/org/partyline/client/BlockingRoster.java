package org.partyline.client;

import java.util.Collection;
import org.partyline.address.Jid;
import org.partyline.internal.future.Waiter;

/** Changes to the contact list that wait for the server's answer. Errors stand at {@link BlockingClient}. */
public final class BlockingRoster {
    private final ChatClient client;
    private final Waiter waiter;

    BlockingRoster(ChatClient client, Waiter waiter) {
        this.client = client;
        this.waiter = waiter;
    }

    /**
     * Adds a contact, or changes the name and groups of one that is there, as {@link org.partyline.roster.Roster#save}.
     *
     * @param jid whose
     * @param name the name to show, empty for none
     * @param groups the groups to be in; these replace those before
     */
    public void save(Jid jid, String name, Collection<String> groups) {
        waiter.await("save contact", () -> client.roster().save(jid, name, groups));
    }

    /**
     * Adds a contact, and asks to see its presence, as {@link org.partyline.roster.Roster#add}.
     *
     * @param jid whose
     * @param name the name to show, empty for none
     */
    public void add(Jid jid, String name) {
        waiter.await("add contact", () -> client.roster().add(jid, name));
    }

    /**
     * Removes a contact, and ends the subscriptions either way, as {@link org.partyline.roster.Roster#remove}.
     *
     * @param jid whose
     */
    public void remove(Jid jid) {
        waiter.await("remove contact", () -> client.roster().remove(jid));
    }
}
