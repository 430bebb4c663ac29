package org.partyline.auth.license;

import java.time.Instant;

/**
 * When a network stops letting something in, told ahead.
 *
 * @param noticeAt from when on users are told
 * @param forceAt from when on new installations are refused
 * @param cutoffAt from when on everybody is
 */
public record Timetable(Instant noticeAt, Instant forceAt, Instant cutoffAt) {

    /** How far it has come. */
    public enum Stage {
        /** Nothing is told yet. */
        SILENT,
        /** Signing in works, and users are told. */
        NOTICE,
        /** New installations are refused; those that are there have the lowest tier. */
        FORCE,
        /** Refused. */
        CUTOFF
    }

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if a stage comes before the one before it
     */
    public Timetable {
        if (forceAt.isBefore(noticeAt) || cutoffAt.isBefore(forceAt)) {
            throw new IllegalArgumentException("notice, then force, then cutoff");
        }
    }

    /**
     * {@return how far it has come. A stage begins at its instant, to the nanosecond: there is no leeway on dates of policies}
     *
     * @param now the instant
     */
    public Stage stageAt(Instant now) {
        if (now.isBefore(noticeAt)) {
            return Stage.SILENT;
        }
        if (now.isBefore(forceAt)) {
            return Stage.NOTICE;
        }
        return now.isBefore(cutoffAt) ? Stage.FORCE : Stage.CUTOFF;
    }
}
