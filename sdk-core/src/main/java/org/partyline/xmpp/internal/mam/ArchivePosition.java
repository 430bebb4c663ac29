package org.partyline.xmpp.internal.mam;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.internal.store.ClientRecords;
import org.partyline.store.StoreChange;
import org.partyline.store.StoreRecord;
import org.partyline.xmpp.internal.stanza.ArchiveMarker;

/**
 * Up to where the archive is known without a gap: an id of it, or, before one is known, a time. Stored, so that the next process
 * catches up from there. Loop only.
 */
final class ArchivePosition {
    private static final String TABLE = "archive";
    private static final String ID = "id";
    private static final String TIME = "time";
    private static final String STEP = "step";

    private @Nullable String id;
    private @Nullable Instant time;
    private long step;
    private boolean changed;

    ArchivePosition(ClientRecords records) {
        for (StoreRecord record : records.take(TABLE)) {
            String text = new String(record.value(), StandardCharsets.UTF_8);
            if (record.key().equals(ID)) {
                id = text;
            } else if (record.key().equals(TIME)) {
                time = parsed(text);
            } else if (record.key().equals(STEP)) {
                step = counted(text);
            }
        }
    }

    private static @Nullable Instant parsed(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null; // as if none had been stored
        }
    }

    private static long counted(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0; // as if none had been stored
        }
    }

    /** {@return it as a marker} */
    ArchiveMarker marker() {
        return new ArchiveMarker(id, time, step);
    }

    boolean isKnown() {
        return id != null || time != null;
    }

    @Nullable
    String id() {
        return id;
    }

    /** {@return a time up to which everything is known} */
    @Nullable
    Instant time() {
        return time;
    }

    /** Everything is known up to a message. */
    void moveTo(String archiveId, @Nullable Instant at) {
        id = archiveId;
        if (at != null) {
            time = at;
        }
        step++;
        changed = true;
    }

    /** The archive does not know the id any more; from a time on everything may be news. */
    void moveBackTo(Instant at) {
        id = null;
        time = at;
        step++;
        changed = true;
    }

    /** {@return what is to be written, if it has moved since this was asked last} */
    List<StoreChange> takeUnwritten() {
        if (!changed) {
            return List.of();
        }
        changed = false;
        String known = id;
        Instant at = time;
        return List.of(
                known == null ? StoreChange.remove(TABLE, ID) : put(ID, known),
                at == null ? StoreChange.remove(TABLE, TIME) : put(TIME, at.toString()),
                put(STEP, Long.toString(step)));
    }

    private static StoreChange put(String key, String value) {
        return StoreChange.put(TABLE, key, value.getBytes(StandardCharsets.UTF_8));
    }
}
