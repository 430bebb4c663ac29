package org.partyline.internal.events;

import java.util.ArrayDeque;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.partyline.error.StreamOverflowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber's buffer, and the task that empties it on the callback executor. Emitters put into one queue under a short
 * lock; the task takes the whole queue at once and hands out of it without a lock, so that a burst costs one hop.
 *
 * <p>Completion and overflow come after what is buffered, as demand allows: the subscriber sees a prefix without holes. A
 * demand that is not positive ends the subscription at once (Reactive Streams, rule 3.9).
 *
 * @param <E> what the source emits
 * @param <T> what the subscriber gets
 */
final class BufferedSubscription<E, T> implements Flow.Subscription, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(BufferedSubscription.class);

    private final EventSource<E> source;
    private final Stage<E, T> stage;
    private final AtomicLong demand = new AtomicLong();

    private final Object lock = new Object();
    private ArrayDeque<E> arriving = new ArrayDeque<>(); // guarded by lock
    private boolean scheduled = true; // guarded by lock; true at first: start() makes the first run
    private boolean finished; // guarded by lock
    private @Nullable Throwable failure; // guarded by lock; goes with finished

    private volatile boolean cancelled;
    private volatile @Nullable IllegalArgumentException violation;

    // Of the running task alone, but for the size of the queue, which emitters read.
    private ArrayDeque<E> leaving = new ArrayDeque<>();
    private final AtomicInteger left = new AtomicInteger();
    private Flow.@Nullable Subscriber<? super T> subscriber;
    private boolean greeted;

    private BufferedSubscription(EventSource<E> source, Stage<E, T> stage, Flow.Subscriber<? super T> subscriber) {
        this.source = source;
        this.stage = stage;
        this.subscriber = subscriber;
    }

    static <E, T> BufferedSubscription<E, T> start(
            EventSource<E> source, Stage<E, T> stage, Flow.Subscriber<? super T> subscriber) {
        BufferedSubscription<E, T> subscription = new BufferedSubscription<>(source, stage, subscriber);
        source.add(subscription);
        source.callbacks().execute(subscription);
        return subscription;
    }

    /** Buffers an event, or ends the subscription if the buffer is full. */
    void offer(E event) {
        boolean overflow = false;
        boolean wake;
        synchronized (lock) {
            if (finished) {
                return;
            }
            if (arriving.size() + left.get() < source.buffer()) {
                arriving.add(event);
            } else {
                overflow = true;
                finished = true;
                failure = new StreamOverflowException(source.buffer());
            }
            wake = !scheduled && demand.get() > 0;
            scheduled |= wake;
        }
        if (overflow) {
            source.remove(this);
        }
        if (wake) {
            source.callbacks().execute(this);
        }
    }

    /** Completes the subscriber after what is buffered. */
    void finish() {
        synchronized (lock) {
            finished = true;
        }
        wake();
    }

    @Override
    public void request(long n) {
        if (n > 0) {
            demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
        } else {
            violation = new IllegalArgumentException("demand must be positive (Reactive Streams, rule 3.9): " + n);
        }
        wake();
    }

    @Override
    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            source.remove(this);
            wake(); // lets go of the subscriber and of what is buffered
        }
    }

    private void wake() {
        synchronized (lock) {
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        source.callbacks().execute(this);
    }

    @Override
    public void run() {
        Flow.Subscriber<? super T> target = subscriber;
        if (target == null) {
            return;
        }
        try {
            if (!greeted) {
                greeted = true;
                target.onSubscribe(this);
            }
            for (int budget = EventSource.BATCH; budget > 0; budget--) {
                if (!step(target)) {
                    return;
                }
            }
        } catch (RuntimeException | Error e) {
            // Rule 2.13: a subscriber that throws has cancelled.
            LOG.warn("a subscriber failed; its subscription has ended", e);
            cancelled = true;
            source.remove(this);
            release();
            return;
        }
        source.callbacks().execute(this);
    }

    /** {@return whether there may be more to do; if not, the next event or request schedules a run} */
    private boolean step(Flow.Subscriber<? super T> target) {
        if (cancelled) {
            release();
            return false;
        }
        IllegalArgumentException broken = violation;
        if (broken != null) {
            fail(target, broken);
            return false;
        }
        if (leaving.isEmpty() && ended()) {
            end(target);
            return false;
        }
        if (leaving.isEmpty() || demand.get() == 0) {
            return !parked();
        }
        E event = leaving.remove();
        left.lazySet(leaving.size());
        T value;
        try {
            value = stage.apply(event);
        } catch (RuntimeException e) {
            fail(target, e);
            return false;
        }
        if (value != null) {
            if (demand.get() != Long.MAX_VALUE) {
                demand.decrementAndGet();
            }
            target.onNext(value);
        }
        return true;
    }

    /** Takes what has arrived. {@return whether nothing has, nor will} */
    private boolean ended() {
        synchronized (lock) {
            ArrayDeque<E> empty = leaving;
            leaving = arriving;
            arriving = empty;
            left.lazySet(leaving.size());
            return finished && leaving.isEmpty();
        }
    }

    /** {@return whether the run is over: there is nothing to do until the next event or request, which starts another} */
    private boolean parked() {
        synchronized (lock) {
            boolean buffered = !leaving.isEmpty() || !arriving.isEmpty();
            boolean work = cancelled || violation != null || (buffered ? demand.get() > 0 : finished);
            scheduled = work;
            return !work;
        }
    }

    private void end(Flow.Subscriber<? super T> target) {
        Throwable cause;
        synchronized (lock) {
            cause = failure;
        }
        release();
        if (cause == null) {
            target.onComplete();
        } else {
            target.onError(cause);
        }
    }

    private void fail(Flow.Subscriber<? super T> target, RuntimeException cause) {
        cancelled = true;
        source.remove(this);
        release();
        target.onError(cause);
    }

    /** Ends the last run: nothing is handed out after it, and nothing is held. */
    private void release() {
        subscriber = null;
        synchronized (lock) {
            finished = true;
            scheduled = true;
            arriving = new ArrayDeque<>(0);
        }
        leaving = new ArrayDeque<>(0);
    }
}
