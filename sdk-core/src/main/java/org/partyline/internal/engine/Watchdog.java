package org.partyline.internal.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.EventLoop;

/**
 * Finds out that a connection is dead though nothing says so: the peer vanished, the network drops packets, or this process
 * was suspended. Silence is answered by a probe, and silence after the probe is death. One timer, whatever is watched.
 */
public final class Watchdog {
    /** After a write, how long nothing may be heard before the peer is probed. */
    static final Duration UNANSWERED = Duration.ofSeconds(30);
    /** How long the connection may take no more bytes (L25). */
    static final Duration WRITE_STALL = Duration.ofSeconds(60);
    /** A timer that is later than this was not run by a living process. */
    static final Duration SUSPENDED = Duration.ofSeconds(30);
    /** How long a probe may take after the process was suspended. */
    static final Duration PROBE_AFTER_SUSPENSION = Duration.ofSeconds(5);

    private static final long NEVER = Long.MAX_VALUE;

    /** What the watchdog does. Called on the loop. */
    public interface Target {
        /** Makes the peer say something. */
        void probe();

        /**
         * The connection is dead. Nothing is watched any more.
         *
         * @param why what was found, for people
         */
        void dead(String why);
    }

    private final EventLoop loop;
    private final Target target;
    private final long idle;
    private final Duration probeTimeout;
    /** Times are counted from here, so that they compare without overflow. */
    private final long start;

    private EventLoop.@Nullable Cancellable timer;
    private long timerAt = NEVER;
    private long idleAt;
    private long unansweredAt = NEVER;
    private long deadAt = NEVER;
    private long stalledAt = NEVER;
    private boolean deaf;
    private boolean stopped;

    /**
     * @param loop the loop to live on
     * @param idle silence after which the peer is probed, a tenth more or less
     * @param probeTimeout silence after a probe that means death
     * @param jitter the randomness
     * @param target what to do
     */
    public Watchdog(EventLoop loop, Duration idle, Duration probeTimeout, Jitter jitter, Target target) {
        this.loop = loop;
        this.idle = jitter.around(idle).toNanos();
        this.probeTimeout = probeTimeout;
        this.target = target;
        this.start = loop.nanoTime();
        this.idleAt = this.idle;
        arm();
    }

    private long now() {
        return loop.nanoTime() - start;
    }

    /** The peer was heard. */
    public void heard() {
        idleAt = now() + idle;
        unansweredAt = NEVER;
        deadAt = NEVER;
    }

    /** Something was sent. */
    public void sent() {
        if (unansweredAt == NEVER && deadAt == NEVER) {
            unansweredAt = now() + UNANSWERED.toNanos();
            arm();
        }
    }

    /**
     * The connection takes more bytes, or takes none.
     *
     * @param writable whether
     */
    public void writable(boolean writable) {
        if (writable) {
            stalledAt = NEVER;
        } else if (stalledAt == NEVER) {
            stalledAt = now() + WRITE_STALL.toNanos();
            arm();
        }
    }

    /**
     * This side listens, or does not, in which case silence says nothing about the peer.
     *
     * @param listening whether
     */
    public void listening(boolean listening) {
        deaf = !listening;
        heard();
        arm();
    }

    /** Watches no more. */
    public void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void arm() {
        long next = Math.min(stalledAt, deaf ? NEVER : Math.min(deadAt, Math.min(unansweredAt, idleAt)));
        // A timer that is too early finds out when it fires; only one that would be too late is worth replacing.
        if (stopped || next == NEVER || (timer != null && timerAt <= next)) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        timerAt = next;
        timer = loop.schedule(this::check, Duration.ofNanos(next - now()));
    }

    private void check() {
        timer = null;
        long now = now();
        if (now - timerAt > SUSPENDED.toNanos()) {
            stalledAt = NEVER;
            probe(now, PROBE_AFTER_SUSPENSION);
        } else if (stalledAt <= now) {
            die("the connection took no bytes for " + WRITE_STALL.toSeconds() + " s");
        } else if (!deaf && deadAt <= now) {
            die("the server did not answer a probe");
        } else if (!deaf && deadAt == NEVER && Math.min(unansweredAt, idleAt) <= now) {
            probe(now, probeTimeout);
        }
        arm();
    }

    private void probe(long now, Duration timeout) {
        if (!deaf) {
            unansweredAt = NEVER;
            idleAt = NEVER;
            deadAt = now + timeout.toNanos();
            target.probe();
        }
    }

    private void die(String why) {
        stop();
        target.dead(why);
    }
}
