package org.partyline.privacy;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.partyline.address.Jid;
import org.partyline.stream.EventStream;

/**
 * The addresses that the server keeps away from this account (XEP-0191). Futures complete on the callback executor; they
 * fail with {@link org.partyline.error.UnsupportedFeatureException} where the server has no such list, and otherwise as
 * every request does.
 */
public interface BlockList {

    /** {@return the blocked addresses, asked of the server the first time in a session and kept in step after} */
    CompletableFuture<Set<Jid>> load();

    /**
     * Blocks addresses.
     *
     * @param addresses an account, a device or a whole domain each; at least one
     * @return completes when the server has done it
     */
    CompletableFuture<Void> block(Jid... addresses);

    /**
     * Unblocks addresses.
     *
     * @param addresses those to unblock; at least one
     * @return completes when the server has done it
     */
    CompletableFuture<Void> unblock(Jid... addresses);

    /** {@return the whole list, each time it has changed} */
    EventStream<Set<Jid>> changes();
}
