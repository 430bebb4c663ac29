package org.partyline.transport.connection;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * One thread that runs tasks in order and on time. A connection and all that belongs to it live on one loop, so their
 * state needs no locks. Nothing that runs here may block.
 */
public interface EventLoop extends Executor {

    /** {@return whether the calling thread is this loop's thread} */
    boolean inLoop();

    /**
     * Runs a task later, on this loop.
     *
     * @param task the task
     * @param delay how long from now; zero or negative runs it as soon as possible
     * @return a handle that cancels it; cancelling a task that ran does nothing
     */
    Cancellable schedule(Runnable task, Duration delay);

    /** {@return a monotonic time in nanoseconds, with an arbitrary origin, as {@link System#nanoTime()}} */
    long nanoTime();

    /** Something that can be called off. */
    @FunctionalInterface
    interface Cancellable {
        /** Calls it off; does nothing if it has happened, or was called off before. */
        void cancel();
    }
}
