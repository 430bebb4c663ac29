package org.partyline.internal.delivery;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.internal.store.ClientRecords;
import org.partyline.store.StoreChange;
import org.partyline.store.StoreRecord;

/**
 * Which messages the application was given, whichever way they came: live, again after a resumed session, as a copy, or out of an
 * archive. A message is known by the id that its archive gave it, if that is to be trusted, and by the id that its sender gave
 * it. Bounded in number and time; the oldest go first. Loop only.
 */
public final class SeenMessages {
    /** How many ids are known (L19). */
    static final int MOST = 50_000;
    /** How long an id is known (L19). */
    static final Duration LONGEST = Duration.ofDays(7);

    private static final String TABLE = "seen";

    private record Sighting(String archiveId, long at) {}

    private final ClientRecords records;
    private final InstantSource clock;
    /** By id, in the order in which they were seen; an empty archive id is none. */
    private final Map<String, Sighting> sightings = new LinkedHashMap<>();

    private List<StoreChange> unwritten = new ArrayList<>();

    /**
     * @param records what an earlier process saw, and where the next finds it
     * @param clock tells the time of day, which has to hold over the end of the process
     */
    public SeenMessages(ClientRecords records, InstantSource clock) {
        this.records = records;
        this.clock = clock;
        List<StoreRecord> found = new ArrayList<>(records.take(TABLE));
        found.removeIf(record -> record.value().length < Long.BYTES);
        found.sort((a, b) -> Long.compare(time(a), time(b)));
        for (StoreRecord record : found) {
            String archiveId =
                    new String(record.value(), Long.BYTES, record.value().length - Long.BYTES, StandardCharsets.UTF_8);
            sightings.put(record.key(), new Sighting(archiveId, time(record)));
        }
    }

    private static long time(StoreRecord record) {
        return ByteBuffer.wrap(record.value()).getLong();
    }

    /**
     * Notes a message.
     *
     * @param archiveId the archive and its id for the message, or null if none is to be trusted
     * @param senderId the sender and its id for the message, or null if it has none
     * @param unique whether the sender promised to give the id once (XEP-0359); if not, two ids of an archive make two messages
     *     of it
     * @return whether the message was not seen before
     */
    public boolean isNew(@Nullable String archiveId, @Nullable String senderId, boolean unique) {
        long now = clock.millis();
        forget(now);
        Sighting byArchive = archiveId == null ? null : sightings.get("a" + archiveId);
        Sighting bySender = senderId == null ? null : sightings.get("s" + senderId);
        boolean another = bySender != null
                && !unique
                && archiveId != null
                && !bySender.archiveId().isEmpty()
                && !bySender.archiveId().equals(archiveId);
        boolean fresh = byArchive == null && (bySender == null || another);
        String known = archiveId == null ? "" : archiveId;
        if (archiveId != null && byArchive == null) {
            note("a" + archiveId, new Sighting(known, now));
        }
        if (senderId != null
                && (bySender == null
                        || (!known.isEmpty() && !bySender.archiveId().equals(known)))) {
            note("s" + senderId, new Sighting(known, now));
        }
        return fresh;
    }

    private void note(String key, Sighting sighting) {
        sightings.remove(key);
        sightings.put(key, sighting);
        if (records.isDurable()) {
            byte[] archiveId = sighting.archiveId().getBytes(StandardCharsets.UTF_8);
            unwritten.add(StoreChange.put(
                    TABLE,
                    key,
                    ByteBuffer.allocate(Long.BYTES + archiveId.length)
                            .putLong(sighting.at())
                            .put(archiveId)
                            .array()));
        }
        while (sightings.size() > MOST) {
            removeEldest();
        }
    }

    /** A clock that was set back makes what was seen later look young, and forgets nothing too early. */
    private void forget(long now) {
        while (!sightings.isEmpty()
                && now - sightings.values().iterator().next().at() > LONGEST.toMillis()) {
            removeEldest();
        }
    }

    private void removeEldest() {
        Iterator<String> eldest = sightings.keySet().iterator();
        String key = eldest.next();
        eldest.remove();
        if (records.isDurable()) {
            unwritten.add(StoreChange.remove(TABLE, key));
        }
    }

    /** {@return what is to be written of what was seen since this was asked last} */
    public List<StoreChange> takeUnwritten() {
        List<StoreChange> changes = unwritten;
        if (!changes.isEmpty()) {
            unwritten = new ArrayList<>();
        }
        return changes;
    }

    int size() {
        return sightings.size();
    }
}
