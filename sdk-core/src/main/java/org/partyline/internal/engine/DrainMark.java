package org.partyline.internal.engine;

import java.util.concurrent.Executor;
import org.partyline.internal.events.EventSource;

/**
 * Tells when what was put into the application's callback queue has been handed out. A subscriber that has much buffered yields to
 * others in between, so a mark goes round as often as a full buffer takes.
 */
public final class DrainMark {
    private DrainMark() {}

    /**
     * Runs something behind all that was emitted before.
     *
     * @param callbacks the queue
     * @param buffer how many events a subscriber may fall behind
     * @param then runs on the queue
     */
    public static void behind(Executor callbacks, int buffer, Runnable then) {
        go(callbacks, (buffer + EventSource.BATCH - 1) / EventSource.BATCH, then);
    }

    private static void go(Executor callbacks, int rounds, Runnable then) {
        callbacks.execute(rounds > 1 ? () -> go(callbacks, rounds - 1, then) : then);
    }
}
