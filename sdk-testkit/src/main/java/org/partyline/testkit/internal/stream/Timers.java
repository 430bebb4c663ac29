package org.partyline.testkit.internal.stream;

import java.time.Duration;

/** Runs tasks later, on the network's loop. */
public interface Timers {

    /**
     * Runs a task after a while.
     *
     * @return takes the order back
     */
    Runnable schedule(Duration delay, Runnable task);
}
