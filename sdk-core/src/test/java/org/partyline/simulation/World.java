package org.partyline.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Time, and all that will happen in it. One thread runs everything, one thing after the other, in an order that its seed alone
 * decides.
 */
final class World {
    private static final boolean TRACED = Boolean.getBoolean("partyline.simulation.trace");

    final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private long now;
    private long order;
    private long happened;

    private static final class Event {
        final long at;
        final long order;
        final Runnable task;
        boolean cancelled;

        Event(long at, long order, Runnable task) {
            this.at = at;
            this.order = order;
            this.task = task;
        }

        long at() {
            return at;
        }

        long order() {
            return order;
        }
    }

    World(long seed) {
        random = new Random(seed);
    }

    /** Notes what happens, where {@code partyline.simulation.trace} is set. */
    void trace(Supplier<String> what) {
        if (TRACED) {
            System.out.printf(Locale.ROOT, "%9.3f %s%n", now / 1e9, what.get());
        }
    }

    /** Nanoseconds since the beginning. */
    long now() {
        return now;
    }

    /** How much has happened. */
    long happened() {
        return happened;
    }

    /** Has a task run later. {@return takes the order back} */
    Runnable schedule(Duration delay, Runnable task) {
        Event event = new Event(now + Math.max(0, delay.toNanos()), order++, task);
        events.add(event);
        return () -> event.cancelled = true;
    }

    /** Has a task run behind all that is due now. */
    void soon(Runnable task) {
        schedule(Duration.ZERO, task);
    }

    /** {@return a duration up to this long, each as likely} */
    Duration upTo(Duration most) {
        return Duration.ofNanos((long) (random.nextDouble() * most.toNanos()));
    }

    /** {@return true so often of a hundred times} */
    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Lets time go by until something holds. {@return whether it does; not, if it did not in this time} */
    boolean runUntil(BooleanSupplier condition, Duration most) {
        long end = now + most.toNanos();
        while (!condition.getAsBoolean()) {
            Event next = events.poll();
            if (next == null || next.at > end) {
                if (next != null) {
                    events.add(next);
                }
                now = end;
                return condition.getAsBoolean();
            }
            now = next.at;
            if (!next.cancelled) {
                happened++;
                next.task.run();
            }
        }
        return true;
    }

    /** Lets time go by. */
    void run(Duration time) {
        runUntil(() -> false, time);
    }
}
