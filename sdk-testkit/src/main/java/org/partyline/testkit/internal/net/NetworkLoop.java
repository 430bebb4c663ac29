package org.partyline.testkit.internal.net;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.partyline.testkit.internal.stream.Timers;

/** The one thread that owns all state of a network, and what it does at the end of each round. */
final class NetworkLoop implements Timers {
    private static final int SCRATCH = 64 * 1024;

    private final EventLoop loop;
    private final byte[] scratch = new byte[SCRATCH];
    private List<NettyLink> dirty = new ArrayList<>();
    private boolean roundScheduled;
    private final List<Watch> watches = new ArrayList<>();

    NetworkLoop(EventLoop loop) {
        this.loop = loop;
    }

    EventLoop loop() {
        return loop;
    }

    /** {@return where bytes are copied to before they are decoded; used by one handler at a time} */
    byte[] scratch() {
        return scratch;
    }

    @Override
    public Runnable schedule(Duration delay, Runnable task) {
        ScheduledFuture<?> future = loop.schedule(
                () -> {
                    task.run();
                    changed();
                },
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    /** Has a link flushed at the end of this round: all that one round writes to a link leaves at once. */
    void flushLater(NettyLink link) {
        dirty.add(link);
        changed();
    }

    /** Something may have changed that somebody waits for. */
    void changed() {
        if (!roundScheduled) {
            roundScheduled = true;
            loop.execute(this::endRound);
        }
    }

    private void endRound() {
        roundScheduled = false;
        List<NettyLink> links = dirty;
        dirty = new ArrayList<>();
        links.forEach(NettyLink::flushNow);
        if (!watches.isEmpty()) {
            watches.removeIf(watch -> watch.future().isDone() || watch.isOver());
        }
    }

    /** Runs a task on the loop. */
    void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the network is closed", e);
        }
    }

    /** {@return what completes once the condition holds, which is looked at after every change} */
    CompletableFuture<Void> until(BooleanSupplier condition) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        execute(() -> {
            watches.add(new Watch(condition, future));
            changed();
        });
        return future;
    }

    private record Watch(BooleanSupplier condition, CompletableFuture<Void> future) {
        /** The condition is a test's: what it throws is an outcome for whoever waits, and for nobody else. */
        boolean isOver() {
            try {
                if (!condition.getAsBoolean()) {
                    return false;
                }
                future.complete(null);
            } catch (RuntimeException | Error failure) {
                future.completeExceptionally(failure);
            }
            return true;
        }
    }
}
