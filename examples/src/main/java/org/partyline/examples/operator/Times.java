package org.partyline.examples.operator;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Times on the command line. */
final class Times {
    private Times() {}

    /**
     * {@return the time of a text}
     *
     * @param text a day, at whose beginning it is, or a time, both in UTC
     * @throws IllegalArgumentException if it is neither
     */
    static Instant parse(String text) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a day is 2026-12-01, a time 2026-12-01T12:00:00Z", e);
        }
    }
}
