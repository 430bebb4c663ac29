package org.partyline.xmpp.internal.message;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.error.ImException;
import org.partyline.error.NotConnectedException;
import org.partyline.internal.future.PublicFuture;
import org.partyline.message.DeliveryState;
import org.partyline.message.SentMessage;
import org.partyline.xmpp.internal.stanza.StanzaSession;

/**
 * How far one message has come. Changed on the loop, asked from any thread. The futures are made when they are first asked
 * for: most messages are never asked.
 */
final class TrackedMessage implements SentMessage, StanzaSession.OutboxTracker {
    private final String id;
    private final Jid to;
    private final boolean receiptRequested;
    private final Executor callbacks;
    private final Consumer<TrackedMessage> written;

    private DeliveryState state = DeliveryState.QUEUED; // guarded by this
    private @Nullable ImException failure; // guarded by this; of REFUSED and CANCELLED
    private boolean wasAcknowledged; // guarded by this
    private boolean closed; // guarded by this; no receipt will be heard any more
    private @Nullable CompletableFuture<SentMessage> acknowledged; // guarded by this
    private @Nullable CompletableFuture<SentMessage> delivered; // guarded by this
    private @Nullable CompletableFuture<SentMessage> publicAcknowledged; // guarded by this
    private @Nullable CompletableFuture<SentMessage> publicDelivered; // guarded by this

    TrackedMessage(String id, OutgoingStanza message, Executor callbacks, Consumer<TrackedMessage> written) {
        this.id = id;
        this.to = message.to();
        this.receiptRequested = message.receiptRequested();
        this.callbacks = callbacks;
        this.written = written;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Jid to() {
        return to;
    }

    @Override
    public synchronized DeliveryState state() {
        return state;
    }

    @Override
    public synchronized boolean isAnswered() {
        return state == DeliveryState.DELIVERED || state == DeliveryState.REFUSED;
    }

    @Override
    public void onWritten() {
        boolean first;
        synchronized (this) {
            first = state == DeliveryState.QUEUED;
            if (first) {
                state = DeliveryState.SENT;
            }
        }
        if (first) {
            written.accept(this);
        }
    }

    @Override
    public void onAcknowledged() {
        CompletableFuture<SentMessage> waiting;
        synchronized (this) {
            wasAcknowledged = true;
            if (state == DeliveryState.QUEUED || state == DeliveryState.SENT) {
                state = DeliveryState.ACKNOWLEDGED;
            }
            waiting = acknowledged;
        }
        if (waiting != null) {
            waiting.complete(this);
        }
    }

    /** A device of the receiver's has it, so its server has had it too. A receipt may follow a bounce. */
    void onDelivered() {
        CompletableFuture<SentMessage> waiting;
        CompletableFuture<SentMessage> earlier;
        synchronized (this) {
            if (state == DeliveryState.CANCELLED) {
                return;
            }
            state = DeliveryState.DELIVERED;
            failure = null;
            wasAcknowledged = true;
            waiting = delivered;
            earlier = acknowledged;
        }
        if (earlier != null) {
            earlier.complete(this);
        }
        if (waiting != null) {
            waiting.complete(this);
        }
    }

    void onRefused(ImException cause) {
        fail(DeliveryState.REFUSED, cause);
    }

    @Override
    public void onDropped() {
        fail(DeliveryState.CANCELLED, new NotConnectedException("send a message"));
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

    private static ImException closedFirst() {
        return new NotConnectedException("await a receipt");
    }

    private void fail(DeliveryState end, ImException cause) {
        CompletableFuture<SentMessage> first;
        CompletableFuture<SentMessage> second;
        synchronized (this) {
            if (state == DeliveryState.DELIVERED || state == DeliveryState.REFUSED) {
                return;
            }
            state = end;
            failure = cause;
            first = acknowledged;
            second = delivered;
        }
        if (first != null) {
            first.completeExceptionally(cause);
        }
        if (second != null) {
            second.completeExceptionally(cause);
        }
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
            publicAcknowledged = PublicFuture.watching(inner, callbacks);
        }
        return publicAcknowledged;
    }

    @Override
    public synchronized CompletableFuture<SentMessage> delivered() {
        if (publicDelivered == null) {
            CompletableFuture<SentMessage> inner = new CompletableFuture<>();
            delivered = inner;
            if (!receiptRequested) {
                inner.completeExceptionally(new IllegalStateException("no receipt was requested"));
            } else if (state == DeliveryState.DELIVERED) {
                inner.complete(this);
            } else if (failure != null) {
                inner.completeExceptionally(failure);
            } else if (closed) {
                inner.completeExceptionally(closedFirst());
            }
            publicDelivered = PublicFuture.watching(inner, callbacks);
        }
        return publicDelivered;
    }

    @Override
    public String toString() {
        return "SentMessage[" + id + " to " + to + ", " + state() + "]";
    }
}
