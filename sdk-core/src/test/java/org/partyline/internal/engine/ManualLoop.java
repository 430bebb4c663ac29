package org.partyline.internal.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.RejectedExecutionException;
import org.partyline.transport.connection.EventLoop;

/** An event loop whose clock is wound by hand, and which runs on the thread of the test. */
public final class ManualLoop implements EventLoop {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::order));
    private long now = 1_000_000_000L;
    private long order;
    private boolean running;
    private boolean ended;

    private record Timer(long at, long order, Runnable task) {}

    @Override
    public boolean inLoop() {
        return running;
    }

    /** Takes no more tasks, as after the shutdown of a real one. */
    public void end() {
        ended = true;
    }

    @Override
    public void execute(Runnable task) {
        if (ended) {
            throw new RejectedExecutionException("ended");
        }
        tasks.add(task);
    }

    @Override
    public Cancellable schedule(Runnable task, Duration delay) {
        Timer timer = new Timer(now + Math.max(0, delay.toNanos()), order++, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    /** Runs what is due now. */
    public void run() {
        boolean before = running;
        running = true;
        try {
            Runnable task;
            while ((task = tasks.poll()) != null) {
                task.run();
            }
        } finally {
            running = before;
        }
    }

    /** Lets time go by, running each timer at its time. */
    public void advance(Duration time) {
        long until = now + time.toNanos();
        run();
        Timer next;
        while ((next = timers.peek()) != null && next.at() <= until) {
            timers.remove();
            now = Math.max(now, next.at());
            execute(next.task());
            run();
        }
        now = until;
    }

    /** Moves the clock without running any timer, as when the process was suspended. */
    public void suspend(Duration time) {
        now += time.toNanos();
    }

    /** How many timers wait. */
    public int timers() {
        return timers.size();
    }
}
