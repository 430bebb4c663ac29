package org.partyline.client;

import org.partyline.address.Jid;
import org.partyline.internal.future.Waiter;
import org.partyline.presence.Presence;

/** Presence, by calls that wait until the stanza is written. Errors stand at {@link BlockingClient}. */
public final class BlockingPresence {
    private final ChatClient client;
    private final Waiter waiter;

    BlockingPresence(ChatClient client, Waiter waiter) {
        this.client = client;
        this.waiter = waiter;
    }

    /**
     * Sets own presence, as {@link org.partyline.presence.PresenceService#publish}.
     *
     * @param presence the presence
     */
    public void publish(Presence presence) {
        waiter.await("publish presence", () -> client.presence().publish(presence));
    }

    /**
     * Shows a presence to one address alone, as {@link org.partyline.presence.PresenceService#sendTo}.
     *
     * @param to the address
     * @param presence the presence
     */
    public void sendTo(Jid to, Presence presence) {
        waiter.await("send presence", () -> client.presence().sendTo(to, presence));
    }

    /**
     * Asks to see somebody's presence, as {@link org.partyline.presence.PresenceService#subscribe}.
     *
     * @param contact whose
     */
    public void subscribe(Jid contact) {
        waiter.await("subscribe to presence", () -> client.presence().subscribe(contact));
    }

    /**
     * Stops seeing somebody's presence, as {@link org.partyline.presence.PresenceService#unsubscribe}.
     *
     * @param contact whose
     */
    public void unsubscribe(Jid contact) {
        waiter.await("unsubscribe from presence", () -> client.presence().unsubscribe(contact));
    }

    /**
     * Lets somebody see this account's presence, as {@link org.partyline.presence.PresenceService#approve}.
     *
     * @param contact who
     */
    public void approve(Jid contact) {
        waiter.await("approve subscription", () -> client.presence().approve(contact));
    }

    /**
     * Refuses a request, or stops letting somebody see this account's presence, as
     * {@link org.partyline.presence.PresenceService#deny}.
     *
     * @param contact who
     */
    public void deny(Jid contact) {
        waiter.await("deny subscription", () -> client.presence().deny(contact));
    }
}
