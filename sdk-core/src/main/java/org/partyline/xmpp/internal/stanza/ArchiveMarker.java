package org.partyline.xmpp.internal.stanza;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place in the account's archive (XEP-0313).
 *
 * @param id the archive's id of a message, or null where none is known
 * @param time a time up to which everything is known, or null where none is
 * @param step counts the places that this device has known: of two, that of the higher step was known later
 */
public record ArchiveMarker(@Nullable String id, @Nullable Instant time, long step) {

    /** {@return it as a text, for a store} */
    public String toText() {
        return (id == null ? "" : id) + '\n' + (time == null ? "" : time) + '\n' + step;
    }

    /**
     * {@return the marker that a text tells, or null if it tells none}
     *
     * @param text the text
     */
    public static @Nullable ArchiveMarker parse(String text) {
        int beforeStep = text.lastIndexOf('\n');
        int beforeTime = text.lastIndexOf('\n', beforeStep - 1);
        if (beforeTime < 0) {
            return null;
        }
        String time = text.substring(beforeTime + 1, beforeStep);
        try {
            return new ArchiveMarker(
                    beforeTime == 0 ? null : text.substring(0, beforeTime),
                    time.isEmpty() ? null : Instant.parse(time),
                    Long.parseLong(text.substring(beforeStep + 1)));
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }
}
