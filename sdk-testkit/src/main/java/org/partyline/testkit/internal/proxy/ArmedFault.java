package org.partyline.testkit.internal.proxy;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A fault that waits for its moment, or lasts. Many threads. */
public final class ArmedFault {
    private final FaultKind kind;
    private final Set<FaultWay> ways;
    private final @Nullable Moment moment;
    private final int bytesPerSecond;
    private final AtomicLong bytesLeft;
    private final AtomicBoolean fired = new AtomicBoolean();

    /**
     * @param kind what it does
     * @param ways which bytes it counts and concerns
     * @param afterBytes how many of them go through before
     * @param moment what has to be seen before, or null
     * @param bytesPerSecond of what is slow, how fast it is
     */
    public ArmedFault(
            FaultKind kind, Set<FaultWay> ways, long afterBytes, @Nullable Moment moment, int bytesPerSecond) {
        this.kind = kind;
        this.ways = ways;
        this.bytesLeft = new AtomicLong(afterBytes);
        this.moment = moment;
        this.bytesPerSecond = bytesPerSecond;
    }

    FaultKind kind() {
        return kind;
    }

    /**
     * {@return whether it is of a kind}
     *
     * @param other the kind
     */
    public boolean is(FaultKind other) {
        return kind == other;
    }

    /** {@return whether it has happened, and will not happen again} */
    public boolean isOver() {
        return kind.isOnce() && fired();
    }

    int bytesPerSecond() {
        return bytesPerSecond;
    }

    /** {@return whether it was seen to happen} */
    public boolean fired() {
        return fired.get();
    }

    /**
     * {@return whether it concerns a direction}
     *
     * @param way the direction
     */
    public boolean concerns(FaultWay way) {
        return ways.contains(way);
    }

    /**
     * {@return whether its moment has come, if it waits for one}
     *
     * @param now the moment, or null at any other
     */
    public boolean isDue(@Nullable Moment now) {
        return moment == null || moment.equals(now);
    }

    /** {@return how many of so many bytes may still go through before it happens} */
    int allowed(int bytes) {
        long left = bytesLeft.getAndUpdate(before -> Math.max(0, before - bytes));
        return (int) Math.min(left, bytes);
    }

    /** {@return whether this call is the one that makes it happen} */
    public boolean fire() {
        return fired.compareAndSet(false, true);
    }
}
