package org.partyline.examples.operator.book;

import java.time.Instant;

/**
 * Something that is done about a license.
 *
 * @param license the license's id
 * @param action what is done
 * @param actor who does it
 * @param time when
 * @param details what is told with it
 */
public record LicenseEvent(String license, Action action, Actor actor, Instant time, Details details) {
    /** Checks the id. */
    public LicenseEvent {
        if (!license.matches("lic_[0-9A-Z]{1,16}")) {
            throw new IllegalArgumentException("no id of a license");
        }
    }
}
