package org.partyline.xmpp.internal.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.internal.engine.Ids;
import org.partyline.internal.store.ClientRecords;
import org.partyline.store.StoreChange;
import org.partyline.xmpp.internal.negotiation.StreamFeatures;
import org.partyline.xmpp.internal.sm.SmSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the session in the store, where that is durable, up to when it is over. What the server is told to be handled is stored
 * before, because a process that goes on with the session must not know less than the server was told. Loop only.
 */
final class SessionKeeping {
    private static final Logger LOG = LoggerFactory.getLogger(SessionKeeping.class);

    private final ClientRecords records;
    private final StoredSession.@Nullable Found earlier;
    private @Nullable StoredSession kept;
    /** Counts for the session that is kept. */
    private @Nullable SmSession counter;

    private int writtenCount;
    private CompletableFuture<Void> countWritten = CompletableFuture.completedFuture(null);

    SessionKeeping(ClientRecords records) {
        this.records = records;
        this.earlier = StoredSession.read(records.take(StoredSession.TABLE));
        if (earlier != null) {
            kept = earlier.session();
            writtenCount = earlier.handled();
        }
    }

    /** {@return what an earlier process left, or null} */
    StoredSession.@Nullable Found earlier() {
        return earlier;
    }

    /**
     * {@return the session that an earlier process left, or null; called once}
     *
     * @param now the loop's time in nanoseconds
     */
    @Nullable
    SmSession takeEarlier(long now) {
        counter = earlier == null ? null : earlier.resumable(now);
        return counter;
    }

    /** {@return the name of the session that is kept, or an empty text} */
    String name() {
        return kept == null ? "" : kept.name();
    }

    /** A session has begun. */
    void begin(Jid self, SmSession session, StreamFeatures features, Ids ids) {
        if (records.isDurable() && session.isToBeResumed()) {
            StoredSession begun = new StoredSession(ids.next(), self, session.id(), session.max(), features);
            kept = begun;
            counter = session;
            writtenCount = 0;
            countWritten = write(begun.begun());
        }
    }

    /**
     * A session is about to be resumed. What the server will be told is stored before, though the application may not have been
     * given all of it yet, where an archive has it: the server takes no lower count later (XEP-0198 section 4). And a session
     * that an earlier process had gets another name: from now on this process counts, from where the server stands, so that
     * places which the former one noted for what the server did not get are of no use any more.
     *
     * @param session the session
     * @param ids makes names
     * @return completes when it is on the disk, on any thread; never fails
     */
    CompletableFuture<Void> toBeResumed(SmSession session, Ids ids) {
        session.toBeResumed();
        StoredSession present = kept;
        if (present == null || session != counter) {
            return CompletableFuture.completedFuture(null);
        }
        List<StoreChange> changes = new ArrayList<>();
        if (earlier != null && present.name().equals(earlier.session().name())) {
            StoredSession renamed = present.named(ids.next());
            kept = renamed;
            changes.add(renamed.toChange());
        }
        return handled(session, session.received(), changes);
    }

    /** The session is over. */
    void end() {
        if (kept != null) {
            kept = null;
            counter = null;
            write(StoredSession.over());
        }
    }

    /**
     * Writes how many of the server's stanzas are handled, and what else changes with that.
     *
     * @param session whose they are; of another than the one that is kept the count is of no use any more
     * @param count how many
     * @param others what else changes; added to
     * @return completes when it is on the disk, on any thread; never fails
     */
    CompletableFuture<Void> handled(SmSession session, int count, List<StoreChange> others) {
        // Modulo 2^32, so that a count that went round is the later one.
        boolean counts = session == counter && count - writtenCount > 0;
        if (!counts && others.isEmpty()) {
            return countWritten;
        }
        if (counts) {
            others.add(StoredSession.handled(count));
        }
        CompletableFuture<Void> written = write(others);
        if (counts) {
            writtenCount = count;
            countWritten = written;
        }
        return written;
    }

    /** Writes what is to be remembered. Any thread. */
    void remember(List<StoreChange> changes) {
        write(changes);
    }

    private CompletableFuture<Void> write(List<StoreChange> changes) {
        return records.commit(changes).exceptionally(failure -> {
            // What is not stored is given again after a restart: that is better than to stop taking anything.
            LOG.warn("what the next process is to know could not be stored: {}", failure.toString());
            return null;
        });
    }
}
