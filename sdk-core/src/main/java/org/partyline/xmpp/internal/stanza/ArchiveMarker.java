package org.partyline.xmpp.internal.stanza;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place in the account's archive (XEP-0313).
 *
 * @param id the archive's id of a message, or null where none is known
 * @param time a time up to which everything is known, or null where none is
 */
public record ArchiveMarker(@Nullable String id, @Nullable Instant time) {

    /** {@return it as a text, for a store} */
    public String toText() {
        return (id == null ? "" : id) + '\n' + (time == null ? "" : time);
    }

    /**
     * {@return the marker that a text tells, or null if it tells none}
     *
     * @param text the text
     */
    public static @Nullable ArchiveMarker parse(String text) {
        int between = text.lastIndexOf('\n');
        if (between < 0) {
            return null;
        }
        String time = text.substring(between + 1);
        try {
            return new ArchiveMarker(
                    between == 0 ? null : text.substring(0, between), time.isEmpty() ? null : Instant.parse(time));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
