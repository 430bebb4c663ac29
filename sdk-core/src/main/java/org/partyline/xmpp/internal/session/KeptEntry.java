package org.partyline.xmpp.internal.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.partyline.internal.engine.Outbox;
import org.partyline.internal.engine.OutboxEntry;
import org.partyline.transport.connection.EventLoop;

/** A message's place in the outbox. */
final class KeptEntry implements OutboxEntry {
    private final Outbox outbox;
    private final EventLoop loop;
    private final OutboundStanza.Kept item;
    private final CompletableFuture<Void> queued = new CompletableFuture<>();

    KeptEntry(Outbox outbox, EventLoop loop, OutboundStanza.Kept item) {
        this.outbox = outbox;
        this.loop = loop;
        this.item = item;
    }

    /** Stores the message, and then puts it into the outbox, which has room for it. */
    void enter() {
        CompletableFuture<Void> stored = item.tracker().store(item.encoded());
        if (stored.isDone() && !stored.isCompletedExceptionally()) {
            outbox.enter(item);
            queued.complete(null);
            return;
        }
        stored.whenComplete((done, failure) -> {
            if (failure == null) {
                outbox.enter(item);
                queued.complete(null);
            } else {
                outbox.giveBack(item);
                queued.completeExceptionally(Failures.unwrap(failure));
            }
        });
    }

    @Override
    public CompletableFuture<Void> queued() {
        return queued;
    }

    @Override
    public CompletableFuture<Boolean> withdraw() {
        return onLoop(() -> outbox.withdraw(item));
    }

    @Override
    public CompletableFuture<Boolean> replace(byte[] encoded) {
        return onLoop(() -> outbox.replace(item, encoded));
    }

    @Override
    public void settle() {
        outbox.settle(item);
    }

    @Override
    public byte[] encoded() {
        return item.encoded();
    }

    private CompletableFuture<Boolean> onLoop(BooleanSupplier task) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        try {
            loop.execute(() -> done.complete(task.getAsBoolean()));
        } catch (RejectedExecutionException e) {
            // The loop has ended, and with it the outbox.
            done.complete(false);
        }
        return done;
    }
}
