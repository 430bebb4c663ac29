package org.partyline.internal.delivery;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.error.ImException;
import org.partyline.error.NotConnectedException;
import org.partyline.error.NotSentException;
import org.partyline.internal.engine.OutboxEntry;
import org.partyline.internal.engine.OutboxTracker;
import org.partyline.internal.future.PublicFuture;
import org.partyline.message.DeliveryState;
import org.partyline.message.SentMessage;

/**
 * How far one message has come. Changed on the loop, asked from any thread. The futures are made when they are first asked
 * for: most messages are never asked.
 */
public final class TrackedMessage implements SentMessage, OutboxTracker {

    /** What the messages of one client have in common. */
    public interface Owner {
        /** {@return where states are stored and reported} */
        DeliveryLog log();

        /** {@return where public futures complete} */
        Executor callbacks();

        /** {@return where the archive is known to, as a text: what is written now is behind it; loop only} */
        String archivePlace();

        /** {@return where a message stands that is written now; loop only} */
        SessionPlace placeInSession(int count);

        /** A message was written for the first time. */
        void written(TrackedMessage message);

        /** The outbox is done with a message. */
        void settled(TrackedMessage message);

        /** {@return the bytes of a message with another text, of those that it has} */
        byte[] withBody(byte[] encoded, String text);
    }

    private final String id;
    private final Jid to;
    private final Requests requests;
    private final Instant expiresAt;
    private final Owner owner;
    private volatile @Nullable OutboxEntry entry;
    private volatile long place;
    private volatile String writtenAfter = "";
    private volatile SessionPlace sessionPlace = SessionPlace.NONE;
    private volatile boolean forgotten;
    private volatile DeliveryState stored;

    private DeliveryState state; // guarded by this
    private @Nullable ImException failure; // guarded by this; of what ended without the server's having it
    private boolean wasAcknowledged; // guarded by this
    private boolean closed; // guarded by this; no receipt will be heard any more
    private @Nullable CompletableFuture<SentMessage> acknowledged; // guarded by this
    private @Nullable CompletableFuture<SentMessage> delivered; // guarded by this
    private @Nullable CompletableFuture<SentMessage> publicAcknowledged; // guarded by this
    private @Nullable CompletableFuture<SentMessage> publicDelivered; // guarded by this

    /**
     * A message that is to be sent.
     *
     * @param id its id
     * @param to whom it goes to
     * @param requests what the receiver was asked to tell
     * @param expiresAt when it is of no use any more, if it was not written by then
     * @param owner what it has in common with others
     */
    public TrackedMessage(String id, Jid to, Requests requests, Instant expiresAt, Owner owner) {
        this(id, to, requests, expiresAt, owner, DeliveryState.QUEUED);
    }

    /**
     * A message that an earlier process sent, or was to send.
     *
     * @param left what that process left of it
     * @param state how far it has come, as far as is known
     * @param owner what it has in common with others
     */
    public TrackedMessage(DeliveryLog.Left left, DeliveryState state, Owner owner) {
        this(left.id(), left.to(), left.requests(), left.expiresAt(), owner, state);
        place = left.place();
        writtenAfter = left.writtenAfter();
        sessionPlace = left.sessionPlace();
        failure = left.failure();
        wasAcknowledged = isServers(state);
    }

    private TrackedMessage(String id, Jid to, Requests requests, Instant expiresAt, Owner owner, DeliveryState state) {
        this.id = id;
        this.to = to;
        this.requests = requests;
        this.expiresAt = expiresAt;
        this.owner = owner;
        this.state = state;
        this.stored = state;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Jid to() {
        return to;
    }

    Requests requests() {
        return requests;
    }

    /** {@return when it is of no use any more, if it was not written by then} */
    public Instant expiresAt() {
        return expiresAt;
    }

    long place() {
        return place;
    }

    void place(long number) {
        place = number;
    }

    /**
     * Ties the message to its place in the outbox.
     *
     * @param entry the place
     */
    public void entry(OutboxEntry entry) {
        this.entry = entry;
    }

    /** {@return how far it has come by what is stored, or about to be} */
    DeliveryState stored() {
        return stored;
    }

    void stored(DeliveryState state) {
        stored = state;
    }

    /** {@return its bytes as they are now, or null if it is not in the outbox; not copied} */
    public byte @Nullable [] encoded() {
        OutboxEntry waiting = entry;
        return waiting == null ? null : waiting.encoded();
    }

    @Override
    public synchronized DeliveryState state() {
        return state;
    }

    @Override
    public CompletableFuture<Void> store(byte[] encoded) {
        return owner.log().accepted(this, encoded);
    }

    @Override
    public boolean isAnswered() {
        DeliveryState now = state();
        return now != DeliveryState.QUEUED && now != DeliveryState.SENT && now != DeliveryState.SERVER_ACKED;
    }

    /** {@return where the archive was known to when it was written first, as a text; empty where nobody noted it} */
    public String writtenAfter() {
        return writtenAfter;
    }

    /** {@return where it stands in the session in which it was written last} */
    SessionPlace sessionPlace() {
        return sessionPlace;
    }

    @Override
    public void onWritten(int count) {
        if (state() == DeliveryState.QUEUED) {
            writtenAfter = owner.archivePlace();
        }
        SessionPlace former = sessionPlace;
        sessionPlace = owner.placeInSession(count);
        if (become(DeliveryState.SENT, null) != null) {
            owner.written(this);
        } else if (!sessionPlace.equals(former)) {
            owner.log().writtenElsewhere(this);
        }
    }

    @Override
    public void onAcknowledged() {
        become(DeliveryState.SERVER_ACKED, null);
    }

    /** The server's archive holds it, so it is not sent again. */
    public void onArchived() {
        OutboxEntry waiting = entry;
        if (waiting != null && !state().isSettled()) {
            waiting.settle();
        }
        become(DeliveryState.ARCHIVED, null);
    }

    /**
     * A device of the receiver's has it, so its server has had it too. A receipt may follow a bounce.
     *
     * @return whether this was not known
     */
    public boolean onDelivered() {
        return become(DeliveryState.DELIVERED, null) != null;
    }

    /** The receiver was shown it. {@return whether this was not known} */
    boolean onDisplayed() {
        return become(DeliveryState.DISPLAYED, null) != null;
    }

    /**
     * The server or the receiver answered with an error.
     *
     * @param cause the error
     */
    public void onRefused(ImException cause) {
        become(DeliveryState.REFUSED, cause);
    }

    @Override
    public void onExpired() {
        become(DeliveryState.EXPIRED, new NotSentException("its time was up before it could be written"));
    }

    /** The client closed. What is stored is sent by the next one; what is not ends here. */
    @Override
    public void onDropped() {
        ImException cause = new NotConnectedException("send a message");
        if (!owner.log().isDurable()
                && become(DeliveryState.CANCELLED, cause) == null
                && become(DeliveryState.UNCERTAIN, cause) == null) {
            return;
        }
        CompletableFuture<SentMessage> first;
        CompletableFuture<SentMessage> second;
        synchronized (this) {
            failure = cause;
            first = acknowledged;
            second = delivered;
        }
        fail(cause, first, second);
    }

    /** No receipt will be heard any more. */
    void onClosed() {
        CompletableFuture<SentMessage> waiting;
        synchronized (this) {
            closed = true;
            waiting = delivered;
        }
        if (waiting != null) {
            waiting.completeExceptionally(closedFirst());
        }
    }

    void forget() {
        forgotten = true;
        owner.log().forgotten(this);
    }

    /** {@return whether nobody would know what else comes for it} */
    boolean isForgotten() {
        return forgotten;
    }

    /** {@return why it was refused, taken back or expired, or null} */
    synchronized @Nullable ImException failure() {
        return failure;
    }

    private static ImException closedFirst() {
        return new NotConnectedException("await a receipt");
    }

    /** Goes over to a state, if it can. {@return what completes when this is stored, or null if it cannot} */
    private @Nullable CompletableFuture<Void> become(DeliveryState next, @Nullable ImException cause) {
        DeliveryState before;
        CompletableFuture<SentMessage> first;
        CompletableFuture<SentMessage> second;
        synchronized (this) {
            before = state;
            if (!before.canBecome(next)) {
                return null;
            }
            state = next;
            failure = cause;
            wasAcknowledged |= isServers(next);
            first = acknowledged;
            second = delivered;
        }
        if (next.isSettled() && !before.isSettled()) {
            owner.settled(this);
        }
        CompletableFuture<Void> stored = owner.log().changed(this, before, next, cause);
        if (cause != null) {
            fail(cause, first, second);
        } else if (isServers(next)) {
            if (first != null) {
                first.complete(this);
            }
            if (second != null && isDelivered(next)) {
                second.complete(this);
            }
        }
        return stored;
    }

    /** {@return whether the server has taken responsibility} */
    private static boolean isServers(DeliveryState state) {
        return state == DeliveryState.SERVER_ACKED || state == DeliveryState.ARCHIVED || isDelivered(state);
    }

    private static boolean isDelivered(DeliveryState state) {
        return state == DeliveryState.DELIVERED || state == DeliveryState.DISPLAYED;
    }

    private static void fail(
            ImException cause,
            @Nullable CompletableFuture<SentMessage> first,
            @Nullable CompletableFuture<SentMessage> second) {
        if (first != null) {
            first.completeExceptionally(cause);
        }
        if (second != null) {
            second.completeExceptionally(cause);
        }
    }

    @Override
    public CompletableFuture<Boolean> cancel() {
        OutboxEntry waiting = entry;
        CompletableFuture<Boolean> done = waiting == null
                ? CompletableFuture.completedFuture(false)
                : waiting.withdraw().thenCompose(this::withdrawn);
        return PublicFuture.watching(done, owner.callbacks());
    }

    private CompletableFuture<Boolean> withdrawn(boolean was) {
        CompletableFuture<Void> stored =
                was ? become(DeliveryState.CANCELLED, new NotSentException("it was taken back")) : null;
        return stored == null ? CompletableFuture.completedFuture(false) : stored.thenApply(done -> true);
    }

    @Override
    public CompletableFuture<Boolean> edit(String body) {
        OutboxEntry waiting = entry;
        if (waiting == null) {
            return PublicFuture.watching(CompletableFuture.completedFuture(false), owner.callbacks());
        }
        byte[] edited = owner.withBody(waiting.encoded(), body);
        CompletableFuture<Boolean> done = waiting.replace(edited)
                .thenCompose(was -> was
                        ? owner.log().edited(this, edited).thenApply(stored -> true)
                        : CompletableFuture.completedFuture(false));
        return PublicFuture.watching(done, owner.callbacks());
    }

    @Override
    public synchronized CompletableFuture<SentMessage> acknowledged() {
        if (publicAcknowledged == null) {
            CompletableFuture<SentMessage> inner = new CompletableFuture<>();
            acknowledged = inner;
            if (wasAcknowledged) {
                inner.complete(this);
            } else if (failure != null) {
                inner.completeExceptionally(failure);
            }
            publicAcknowledged = PublicFuture.watching(inner, owner.callbacks());
        }
        return publicAcknowledged;
    }

    @Override
    public synchronized CompletableFuture<SentMessage> delivered() {
        if (publicDelivered == null) {
            CompletableFuture<SentMessage> inner = new CompletableFuture<>();
            delivered = inner;
            if (!requests.receipt()) {
                inner.completeExceptionally(new IllegalStateException("no receipt was requested"));
            } else if (isDelivered(state)) {
                inner.complete(this);
            } else if (failure != null) {
                inner.completeExceptionally(failure);
            } else if (closed) {
                inner.completeExceptionally(closedFirst());
            }
            publicDelivered = PublicFuture.watching(inner, owner.callbacks());
        }
        return publicDelivered;
    }

    @Override
    public String toString() {
        return "SentMessage[" + id + " to " + to + ", " + state() + "]";
    }
}
