package org.partyline.internal.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.error.ImException;
import org.partyline.internal.events.EventSource;
import org.partyline.internal.future.CallbackExecutor;
import org.partyline.internal.store.ClientRecords;
import org.partyline.message.DeliveryChange;
import org.partyline.message.DeliveryState;
import org.partyline.store.StoreChange;
import org.partyline.store.StoreRecord;
import org.partyline.stream.EventStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the states of sent messages are stored and reported. A change is reported when it is stored, so that no process
 * reports what another did.
 */
public final class DeliveryLog {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLog.class);

    private final ClientRecords records;
    private final EventSource<DeliveryChange> changes;
    private final Object order = new Object();
    private long nextPlace = 1; // guarded by order

    /** What an earlier process left: how far a message had come, and what is to be sent of it, or null if the server has it. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Left(
            String id,
            long place,
            Jid to,
            Requests requests,
            DeliveryState state,
            String writtenAfter,
            SessionPlace sessionPlace,
            Instant expiresAt,
            byte @Nullable [] encoded) {}

    /**
     * @param records what is kept
     * @param callbacks where changes are reported
     * @param buffer how many changes a subscriber may fall behind
     */
    public DeliveryLog(ClientRecords records, CallbackExecutor callbacks, int buffer) {
        this.records = records;
        this.changes = new EventSource<>(callbacks, buffer);
    }

    /** {@return what an earlier process left, in the order in which it was sent; once} */
    public List<Left> takeLeft() {
        Map<String, StoredMessage.Content> contents = new HashMap<>();
        for (StoreRecord record : records.take(StoredMessage.OUTBOX)) {
            StoredMessage.Content content = StoredMessage.Content.read(record);
            if (content != null) {
                contents.put(record.key(), content);
            }
        }
        List<Left> left = new ArrayList<>();
        for (StoreRecord record : records.take(StoredMessage.DELIVERY)) {
            StoredMessage.Progress progress = StoredMessage.Progress.read(record);
            if (progress != null) {
                StoredMessage.Content content = contents.get(record.key());
                left.add(new Left(
                        record.key(),
                        progress.place(),
                        progress.to(),
                        progress.requests(),
                        progress.state(),
                        progress.writtenAfter(),
                        progress.sessionPlace(),
                        content == null ? Instant.MAX : content.expiresAt(),
                        content == null ? null : content.encoded()));
            }
        }
        left.sort((a, b) -> Long.compare(a.place(), b.place()));
        synchronized (order) {
            nextPlace = left.isEmpty() ? 1 : left.get(left.size() - 1).place() + 1;
        }
        return left;
    }

    /** {@return changes of states} */
    public EventStream<DeliveryChange> changes() {
        return changes.stream();
    }

    /** Reports what is being stored, and then no more. */
    public void close() {
        records.commit(List.of()).whenComplete((done, failure) -> changes.complete());
    }

    boolean isDurable() {
        return records.isDurable();
    }

    /** Stores a message that is to be sent. Any thread. {@return completes when it is stored} */
    CompletableFuture<Void> accepted(TrackedMessage message, byte[] encoded) {
        if (!records.isDurable()) {
            return records.commit(List.of());
        }
        StoreChange content = content(message, encoded);
        // What is stored first has the lower place, however many threads send.
        synchronized (order) {
            message.place(nextPlace++);
            return records.commit(List.of(progress(message, DeliveryState.QUEUED), content));
        }
    }

    /** Stores other bytes for a message that waits. {@return completes when they are stored} */
    CompletableFuture<Void> edited(TrackedMessage message, byte[] encoded) {
        return records.isDurable() ? records.commit(List.of(content(message, encoded))) : records.commit(List.of());
    }

    /** Stores a change of a message's state, and then reports it. {@return completes when it is stored} */
    CompletableFuture<Void> changed(
            TrackedMessage message, DeliveryState from, DeliveryState to, @Nullable ImException failure) {
        if (!records.isDurable()) {
            report(message, from, to, failure);
            return records.commit(List.of());
        }
        List<StoreChange> stored = new ArrayList<>();
        if (to == DeliveryState.CANCELLED || to == DeliveryState.EXPIRED) {
            stored.add(StoreChange.remove(StoredMessage.DELIVERY, message.id()));
        } else {
            stored.add(progress(message, to));
        }
        if (to.isSettled()) {
            stored.add(StoreChange.remove(StoredMessage.OUTBOX, message.id()));
        }
        CompletableFuture<Void> done = records.commit(stored);
        done.whenComplete((nothing, failed) -> {
            if (failed != null) {
                LOG.warn("the state of a message could not be stored: {}", failed.toString());
            }
            report(message, from, to, failure);
        });
        return done;
    }

    private void report(TrackedMessage message, DeliveryState from, DeliveryState to, @Nullable ImException failure) {
        if (changes.hasSubscribers()) {
            changes.emit(new DeliveryChange(message, from, to, failure));
        }
    }

    /** Stores that a message was written again, in another place than before. */
    void writtenElsewhere(TrackedMessage message) {
        write(progress(message, message.state()));
    }

    /** Nothing more can come for a message, or nobody would know it. */
    void forgotten(TrackedMessage message) {
        write(StoreChange.remove(StoredMessage.DELIVERY, message.id()));
    }

    private void write(StoreChange change) {
        records.commit(List.of(change)).whenComplete((nothing, failed) -> {
            if (failed != null) {
                LOG.warn("the state of a message could not be stored: {}", failed.toString());
            }
        });
    }

    private static StoreChange progress(TrackedMessage message, DeliveryState state) {
        return StoreChange.put(
                StoredMessage.DELIVERY,
                message.id(),
                new StoredMessage.Progress(
                                message.place(),
                                message.to(),
                                message.requests(),
                                state,
                                message.writtenAfter(),
                                message.sessionPlace())
                        .write());
    }

    private static StoreChange content(TrackedMessage message, byte[] encoded) {
        return StoreChange.put(
                StoredMessage.OUTBOX, message.id(), new StoredMessage.Content(message.expiresAt(), encoded).write());
    }
}
