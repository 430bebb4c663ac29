package org.partyline.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.partyline.stream.EventStream;

/** Keeps what a stream brought, and waits for what it has not brought yet. */
final class EventLog<T> {
    private static final long DEADLINE_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<T> events = new ArrayList<>();

    private EventLog() {}

    static <T> EventLog<T> of(EventStream<T> stream) {
        EventLog<T> log = new EventLog<>();
        stream.subscribe(log::add);
        return log;
    }

    private void add(T event) {
        lock.lock();
        try {
            events.add(event);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The first event that matches, now or as soon as it comes. */
    T await(String what, Predicate<? super T> predicate) {
        return await(what, predicate, 1).get(0);
    }

    /** The first so many events that match. */
    List<T> await(String what, Predicate<? super T> predicate, int count) {
        long left = TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        lock.lock();
        try {
            while (true) {
                List<T> found = events.stream().filter(predicate).limit(count).toList();
                if (found.size() == count) {
                    return found;
                }
                if (left <= 0) {
                    throw new AssertionError(
                            "did not come: " + what + " (" + found.size() + " of " + count + "); what came: " + events);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            lock.unlock();
        }
    }

    List<T> all() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }
}
