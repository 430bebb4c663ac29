package org.partyline.auth.sasl;

import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.credentials.SecretStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token of one account (XEP-0484): in memory for the next sign-in, and in the application's store for the next start. A
 * store that fails costs the token, not the sign-in.
 */
final class FastTokens {
    private static final Logger LOG = LoggerFactory.getLogger(FastTokens.class);

    private final String name;
    private final SecretStore store;
    private final Clock clock;
    private final @Nullable UUID givenId;
    private volatile @Nullable UUID clientId;
    private volatile @Nullable FastToken present;
    private volatile boolean read;
    private volatile boolean closed;

    FastTokens(String account, SecretStore store, @Nullable UUID givenId, Clock clock) {
        this.name = "fast-token " + account;
        this.store = store;
        this.givenId = givenId;
        this.clientId = givenId;
        this.clock = clock;
    }

    /** {@return this installation's id: the given one, that of the stored token, or a new one; the same ever after} */
    synchronized UUID clientId() {
        load();
        UUID id = clientId;
        if (id == null) {
            FastToken token = present;
            id = token == null ? UUID.randomUUID() : token.clientId();
            clientId = id;
        }
        return id;
    }

    /** {@return the token, if there is one that has not ended} */
    synchronized @Nullable FastToken present() {
        load();
        FastToken token = present;
        if (token != null && !clock.instant().isBefore(token.expiry())) {
            drop();
            return null;
        }
        return token;
    }

    /** {@return the token if it is in memory and has not ended; never blocks} */
    @Nullable
    FastToken presentInMemory() {
        FastToken token = present;
        return token == null || !clock.instant().isBefore(token.expiry()) ? null : token;
    }

    /** Brings what the store has into memory, once. */
    synchronized void load() {
        if (read) {
            return;
        }
        read = true;
        byte[] stored = null;
        try {
            stored = store.read(name);
        } catch (RuntimeException e) {
            LOG.warn("the secret store failed to read a token: {}", e.getClass().getName());
        }
        if (stored == null) {
            return;
        }
        FastToken token = FastToken.decode(stored);
        Wipe.wipe(stored);
        if (token != null && (givenId == null || givenId.equals(token.clientId()))) {
            present = token;
        } else {
            delete();
        }
    }

    synchronized void keep(FastToken token) {
        read = true;
        FastToken former = present;
        if (former != null) {
            former.wipe();
        }
        present = token;
        byte[] encoded = token.encode();
        try {
            store.write(name, encoded);
        } catch (RuntimeException e) {
            LOG.warn("the secret store failed to keep a token: {}", e.getClass().getName());
        } finally {
            Wipe.wipe(encoded);
        }
        if (closed) {
            close();
        }
    }

    synchronized void drop() {
        FastToken former = present;
        if (former != null) {
            former.wipe();
            present = null;
            delete();
        }
    }

    private void delete() {
        try {
            store.delete(name);
        } catch (RuntimeException e) {
            LOG.warn(
                    "the secret store failed to delete a token: {}",
                    e.getClass().getName());
        }
    }

    /** Forgets what is in memory; never blocks. */
    void close() {
        closed = true;
        read = true;
        FastToken former = present;
        present = null;
        if (former != null) {
            former.wipe();
        }
    }
}
