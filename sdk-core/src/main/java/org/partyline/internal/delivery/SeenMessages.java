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
    /** Milliseconds: what is too old need not go at once, because it is not believed either. */
    private static final long FORGET_EVERY = 60_000;

    /** What an id that a sender gave is worth. */
    public enum IdWorth {
        /** The sender promised to give it once (XEP-0359). */
        PROMISED,
        /** It is likely to tell the message, which may be a repetition; but two ids of an archive make two messages of it. */
        LIKELY,
        /** There is no reason to take the message for a repetition: its sender has used the id again. */
        NOTHING
    }

    private record Sighting(String archiveId, long at) {}

    private final ClientRecords records;
    private final InstantSource clock;
    /** By id, in the order in which they were seen; an empty archive id is none. */
    private final Map<String, Sighting> sightings = new LinkedHashMap<>();

    private List<StoreChange> unwritten = new ArrayList<>();
    private long lastForgot;

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
     * @param senderId the sender and its id for the message, made by {@link #senderId}, or null if it has none
     * @param worth what the sender's id is worth
     * @return whether the message was not seen before
     */
    public boolean isNew(@Nullable String archiveId, @Nullable String senderId, IdWorth worth) {
        long now = clock.millis();
        if (now - lastForgot > FORGET_EVERY) {
            lastForgot = now;
            forget(now);
        }
        Sighting byArchive = archiveId == null ? null : young(sightings.get("a" + archiveId), now);
        Sighting bySender = senderId == null ? null : young(sightings.get(senderId), now);
        boolean another = bySender != null
                && worth == IdWorth.LIKELY
                && archiveId != null
                && !bySender.archiveId().isEmpty()
                && !bySender.archiveId().equals(archiveId);
        boolean known = bySender != null && !another && worth != IdWorth.NOTHING;
        String inArchive = archiveId == null ? "" : archiveId;
        if (archiveId != null && byArchive == null) {
            note("a" + archiveId, new Sighting(inArchive, now));
        }
        boolean learned = bySender == null
                || (!inArchive.isEmpty() && !bySender.archiveId().equals(inArchive));
        if (senderId != null && learned) {
            note(senderId, new Sighting(inArchive, now));
        }
        // What a sender promised to be unique tells more than an id of an archive, which can be that of two messages of
        // one moment.
        boolean promised = worth == IdWorth.PROMISED && senderId != null;
        return !known && (promised || byArchive == null);
    }

    /**
     * {@return what tells a sender's message}
     *
     * @param sender the sender
     * @param id its id for the message
     * @param content what else tells it from others, or 0
     */
    public static String senderId(String sender, String id, int content) {
        return content == 0 ? "s" + sender + '\n' + id : "s" + sender + '\n' + id + '\n' + content;
    }

    private static @Nullable Sighting young(@Nullable Sighting sighting, long now) {
        return sighting == null || now - sighting.at() > LONGEST.toMillis() ? null : sighting;
    }

    private void note(String key, Sighting sighting) {
        if (sightings.put(key, sighting) != null) {
            // The last sight counts for its age.
            sightings.remove(key);
            sightings.put(key, sighting);
        }
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
