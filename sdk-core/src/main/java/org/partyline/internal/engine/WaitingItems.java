package org.partyline.internal.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.EventLoop;

/**
 * What waits to be written: a queue, and beside it what is kept while it must be held back. Only what was never written has a
 * deadline; while a connection takes everything at once no timer is ever set. Lives on the loop.
 */
final class WaitingItems {
    private final EventLoop loop;
    private final Consumer<Outbound> expired;
    private final ArrayDeque<Outbound> ready = new ArrayDeque<>();
    private final ArrayDeque<Outbound> held = new ArrayDeque<>();
    private boolean holding;
    private EventLoop.@Nullable Cancellable timer;
    private long timerAt;

    /**
     * @param loop the loop to live on
     * @param expired gets each item whose time is up, when it is in here no more
     */
    WaitingItems(EventLoop loop, Consumer<Outbound> expired) {
        this.loop = loop;
        this.expired = expired;
    }

    void add(Outbound item) {
        (holding && item.kind() == Outbound.Kind.KEPT ? held : ready).add(item);
        if (timer != null && hasDeadline(item) && item.deadline() - timerAt < 0) {
            stopTimer();
        }
    }

    /** Puts items before all others, in their order, even while what is kept is held back. */
    void addFirst(List<Outbound> items) {
        for (int i = items.size() - 1; i >= 0; i--) {
            ready.addFirst(items.get(i));
        }
    }

    boolean hasReady() {
        return !ready.isEmpty();
    }

    Outbound nextReady() {
        return ready.remove();
    }

    /** {@return what is held back, in order} */
    List<Outbound> held() {
        return List.copyOf(held);
    }

    void hold() {
        holding = true;
        for (Iterator<Outbound> each = ready.iterator(); each.hasNext(); ) {
            Outbound item = each.next();
            if (item.kind() == Outbound.Kind.KEPT) {
                each.remove();
                held.add(item);
            }
        }
    }

    void letGo() {
        holding = false;
        ready.addAll(held);
        held.clear();
    }

    boolean contains(Outbound item) {
        return held.contains(item) || ready.contains(item);
    }

    boolean remove(Outbound item) {
        return held.remove(item) || ready.remove(item);
    }

    /** {@return all, in order; nothing waits afterwards} */
    List<Outbound> takeAll() {
        List<Outbound> all = new ArrayList<>(ready);
        all.addAll(held);
        ready.clear();
        held.clear();
        stopTimer();
        return all;
    }

    /** Sets the timer for what waits, or stops it where nothing does. */
    void watchDeadlines() {
        if (ready.isEmpty() && held.isEmpty()) {
            stopTimer();
            return;
        }
        if (timer != null) {
            return;
        }
        long now = loop.nanoTime();
        long least = Long.MAX_VALUE;
        for (Deque<Outbound> queue : List.of(held, ready)) {
            for (Outbound item : queue) {
                if (hasDeadline(item)) {
                    least = Math.min(least, item.deadline() - now);
                }
            }
        }
        if (least != Long.MAX_VALUE) {
            timerAt = now + least;
            timer = loop.schedule(this::expire, Duration.ofNanos(Math.max(0, least)));
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void expire() {
        timer = null;
        long now = loop.nanoTime();
        List<Outbound> overdue = new ArrayList<>();
        for (Deque<Outbound> queue : List.of(held, ready)) {
            for (Iterator<Outbound> each = queue.iterator(); each.hasNext(); ) {
                Outbound item = each.next();
                if (hasDeadline(item) && item.deadline() - now <= 0) {
                    each.remove();
                    overdue.add(item);
                }
            }
        }
        watchDeadlines();
        overdue.forEach(expired);
    }

    private static boolean hasDeadline(Outbound item) {
        return !item.wasWritten() && item.deadline() != Outbound.NEVER;
    }
}
