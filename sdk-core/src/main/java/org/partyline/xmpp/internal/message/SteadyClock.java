package org.partyline.xmpp.internal.message;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.partyline.transport.connection.EventLoop;

/** The time of day, which nobody sets while the process runs: read once, and carried on by a clock that only goes forward. */
final class SteadyClock implements InstantSource {
    private final EventLoop loop;
    private final Instant start;
    private final long startNanos;

    private SteadyClock(EventLoop loop) {
        this.loop = loop;
        this.start = Clock.systemUTC().instant();
        this.startNanos = loop.nanoTime();
    }

    static InstantSource startingNow(EventLoop loop) {
        return new SteadyClock(loop);
    }

    /** Asked for with every message, so it makes nothing. */
    @Override
    public long millis() {
        return start.toEpochMilli() + (loop.nanoTime() - startNanos) / 1_000_000;
    }

    @Override
    public Instant instant() {
        return start.plus(Duration.ofNanos(loop.nanoTime() - startNanos));
    }
}
