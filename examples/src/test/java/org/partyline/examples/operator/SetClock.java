package org.partyline.examples.operator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test sets. */
public final class SetClock extends Clock {
    private Instant now;

    /** Begins at a time. */
    public SetClock(Instant now) {
        this.now = now;
    }

    /** {@return one that shows a time that tests agree on} */
    public static SetClock standard() {
        return new SetClock(Instant.parse("2026-11-22T21:30:00Z"));
    }

    public void set(Instant time) {
        now = time;
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return now;
    }
}
