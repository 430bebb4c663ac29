package org.partyline.store;

import org.partyline.address.Jid;

/**
 * Where a client keeps what is to outlive its process. One store can serve many accounts.
 *
 * <p>Implementations may block: they are called when a client is built, and on its worker threads, one call at a time for an
 * account.
 */
public interface Store {

    /**
     * Opens what is kept of one account. Nobody else, in this process or in another, may have it open.
     *
     * @param account the account's bare address
     * @return its records; the caller's to close
     * @throws org.partyline.error.StoreException if it is in use, cannot be read or made, or was written by a later version
     */
    AccountStore open(Jid account);

    /**
     * {@return a store that keeps nothing: what a client has in memory ends with the client. It costs nothing, and waits for
     * no disk}
     */
    static Store volatileStore() {
        return VolatileStore.INSTANCE;
    }
}
