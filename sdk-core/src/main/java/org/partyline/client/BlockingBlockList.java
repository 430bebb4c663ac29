package org.partyline.client;

import java.util.Set;
import org.partyline.address.Jid;
import org.partyline.internal.future.Waiter;

/** The block list, by calls that wait for the server's answer. Errors stand at {@link BlockingClient}. */
public final class BlockingBlockList {
    private final ChatClient client;
    private final Waiter waiter;

    BlockingBlockList(ChatClient client, Waiter waiter) {
        this.client = client;
        this.waiter = waiter;
    }

    /** {@return the blocked addresses, as {@link org.partyline.privacy.BlockList#load}} */
    public Set<Jid> load() {
        return waiter.await("load block list", () -> client.blockList().load());
    }

    /**
     * Blocks addresses, as {@link org.partyline.privacy.BlockList#block}.
     *
     * @param addresses an account, a device or a whole domain each; at least one
     */
    public void block(Jid... addresses) {
        waiter.await("block", () -> client.blockList().block(addresses));
    }

    /**
     * Unblocks addresses, as {@link org.partyline.privacy.BlockList#unblock}.
     *
     * @param addresses those to unblock; at least one
     */
    public void unblock(Jid... addresses) {
        waiter.await("unblock", () -> client.blockList().unblock(addresses));
    }
}
