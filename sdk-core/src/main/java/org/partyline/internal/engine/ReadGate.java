package org.partyline.internal.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.partyline.transport.connection.EventLoop;

/**
 * Stops reading while the application lags behind, so that a peer's burst waits in the network and not in this process
 * (L17). How far the application is, is told by marks that run through its callback queue, behind what was delivered
 * before: while half a subscriber's buffer is ahead of the marks, or half of what may be kept in memory, nothing is read. A
 * mark goes round as often as a full buffer takes to be handed out, because a subscriber yields in between. A subscriber that
 * asks for fewer events than come does not hold the queue up; it overflows by its own contract.
 */
public final class ReadGate {
    private static final int STEPS = 8;
    private static final int STOP_AT = 4;
    private static final int GO_AT = 2;
    /** Characters that may be ahead of the application, of which half stop the reading (L17). */
    private static final int MAX_CHARS = 8 * 1024 * 1024;

    private final EventLoop loop;
    private final Executor callbacks;
    private final int step;
    private final int buffer;
    private final Consumer<Boolean> reading;
    private int delivered;
    private int weight;
    private int marks;
    private boolean stopped;
    private volatile boolean ended;

    /**
     * @param loop the loop to live on
     * @param callbacks where the application's code runs
     * @param buffer how many events a subscriber may fall behind
     * @param reading switches reading off and on
     */
    public ReadGate(EventLoop loop, Executor callbacks, int buffer, Consumer<Boolean> reading) {
        this.loop = loop;
        this.callbacks = callbacks;
        this.step = Math.max(1, buffer / STEPS);
        this.buffer = buffer;
        this.reading = reading;
    }

    /**
     * One event was handed to the application's queue.
     *
     * @param chars how much it holds
     */
    public void delivered(int chars) {
        weight += chars;
        if ((++delivered < step && weight < MAX_CHARS / STEPS) || ended) {
            return;
        }
        delivered = 0;
        weight = 0;
        marks++;
        DrainMark.behind(callbacks, buffer, this::mark);
        if (marks >= STOP_AT && !stopped) {
            stopped = true;
            reading.accept(false);
        }
    }

    private void mark() {
        if (ended) {
            return;
        }
        try {
            loop.execute(this::passed);
        } catch (RejectedExecutionException e) {
            // The loop has ended, and with it the connection that would be read.
            ended = true;
        }
    }

    private void passed() {
        marks--;
        if (stopped && marks <= GO_AT && !ended) {
            stopped = false;
            reading.accept(true);
        }
    }

    /** The connection is over, or is being closed: reading is not held up any more. */
    public void end() {
        ended = true;
        if (stopped) {
            stopped = false;
            reading.accept(true);
        }
    }
}
