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
import org.partyline.error.NotSentException;
import org.partyline.error.RequestRejectedException;
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
 * Where the states of sent messages are stored and reported. A change is reported when it is stored, and stored as reported when the
 * application has been told: what a process did not come to tell, the next one does.
 */
public final class DeliveryLog {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLog.class);

    private final ClientRecords records;
    private final EventSource<DeliveryChange> changes;
    private final ReportedStates reported;
    private final Object order = new Object();
    private long nextPlace = 1; // guarded by order

    /**
     * What an earlier process left of a message.
     *
     * @param id its id
     * @param place its place in the order of sending
     * @param to whom it goes to
     * @param requests what the receiver was asked to tell
     * @param state how far it had come
     * @param writtenAfter where the archive was known to when it was written first, as a text
     * @param sessionPlace where it stands in the session in which it was written last
     * @param reportDue whether the application may not have been told of the state
     * @param failure why it was refused, taken back or expired, or null
     * @param expiresAt when it is of no use any more, if it was not written by then
     * @param encoded what is to be sent of it, or null if that is nothing
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Left(
            String id,
            long place,
            Jid to,
            Requests requests,
            DeliveryState state,
            String writtenAfter,
            SessionPlace sessionPlace,
            boolean reportDue,
            @Nullable ImException failure,
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
        this.reported = new ReportedStates(callbacks, buffer, this::told);
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
                        progress.reportDue(),
                        failure(progress),
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

    private static @Nullable ImException failure(StoredMessage.Progress progress) {
        return switch (progress.state()) {
            case REFUSED ->
                new RequestRejectedException("send a message", progress.condition(), null, null, false, null);
            case CANCELLED -> new NotSentException("it was taken back");
            case EXPIRED -> new NotSentException("its time was up before it could be written");
            default -> null;
        };
    }

    /** {@return changes of states} */
    public EventStream<DeliveryChange> changes() {
        return changes.stream();
    }

    /** Reports what is being stored, and then no more. Whoever waits for the client to be closed hears of it before that. */
    public void close() {
        records.commit(List.of()).whenComplete((done, failure) -> {
            told(reported.takeAll());
            changes.complete();
        });
    }

    /** Reports again how far a message had come when the process before ended, which may not have come to it. */
    public void reportLeft(TrackedMessage message) {
        reported.begin(message);
        DeliveryState to = message.state();
        boolean unsent = to == DeliveryState.CANCELLED || to == DeliveryState.EXPIRED;
        report(message, unsent ? DeliveryState.QUEUED : DeliveryState.SENT, to, message.failure());
        reported.emitted(message);
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
            return records.commit(List.of(progress(message, DeliveryState.QUEUED, null), content));
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
        boolean tells = to.isSettled() && changes.hasSubscribers();
        CompletableFuture<Void> done;
        // What is stored last is what came last.
        synchronized (order) {
            if (tells) {
                reported.begin(message);
            }
            message.stored(to);
            List<StoreChange> stored = new ArrayList<>();
            stored.add(tells || isOfUse(message, to) ? progress(message, to, failure) : removed(message));
            if (to.isSettled()) {
                stored.add(StoreChange.remove(StoredMessage.OUTBOX, message.id()));
            }
            done = records.commit(stored);
        }
        done.whenComplete((nothing, failed) -> {
            if (failed != null) {
                LOG.warn("the state of a message could not be stored: {}", failed.toString());
            }
            report(message, from, to, failure);
            if (tells) {
                reported.emitted(message);
            }
        });
        return done;
    }

    /** The application has been told how far messages have come. */
    private void told(List<TrackedMessage> messages) {
        synchronized (order) {
            List<StoreChange> stored = new ArrayList<>();
            for (TrackedMessage message : messages) {
                // Otherwise there is a later state that is still to be told.
                if (!reported.isDue(message)) {
                    DeliveryState state = message.stored();
                    stored.add(
                            isOfUse(message, state) ? progress(message, state, message.failure()) : removed(message));
                }
            }
            if (!stored.isEmpty()) {
                write(stored);
            }
        }
    }

    /** {@return whether anything can still come for a message, so that its record is of use once its state has been told} */
    private static boolean isOfUse(TrackedMessage message, DeliveryState state) {
        return state != DeliveryState.CANCELLED && state != DeliveryState.EXPIRED && !message.isForgotten();
    }

    private static StoreChange removed(TrackedMessage message) {
        return StoreChange.remove(StoredMessage.DELIVERY, message.id());
    }

    private void report(TrackedMessage message, DeliveryState from, DeliveryState to, @Nullable ImException failure) {
        if (changes.hasSubscribers()) {
            changes.emit(new DeliveryChange(message, from, to, failure));
        }
    }

    /** Stores that a message was written again, in another place than before. */
    void writtenElsewhere(TrackedMessage message) {
        synchronized (order) {
            write(List.of(progress(message, message.stored(), null)));
        }
    }

    /** Nothing more can come for a message, or nobody would know it. */
    void forgotten(TrackedMessage message) {
        write(List.of(removed(message)));
    }

    private void write(List<StoreChange> stored) {
        records.commit(stored).whenComplete((nothing, failed) -> {
            if (failed != null) {
                LOG.warn("the state of a message could not be stored: {}", failed.toString());
            }
        });
    }

    private StoreChange progress(TrackedMessage message, DeliveryState state, @Nullable ImException failure) {
        String condition = failure instanceof RequestRejectedException refused ? refused.condition() : "";
        return StoreChange.put(
                StoredMessage.DELIVERY,
                message.id(),
                new StoredMessage.Progress(
                                message.place(),
                                message.to(),
                                message.requests(),
                                state,
                                message.writtenAfter(),
                                message.sessionPlace(),
                                reported.isDue(message),
                                condition)
                        .write());
    }

    private static StoreChange content(TrackedMessage message, byte[] encoded) {
        return StoreChange.put(
                StoredMessage.OUTBOX, message.id(), new StoredMessage.Content(message.expiresAt(), encoded).write());
    }
}
