package org.partyline.store.file;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.partyline.store.StoreChange;
import org.partyline.store.StoreRecord;

/**
 * One copy of an account's records, in one file of MVStore. Besides the records it has a head: which format it is in, and how
 * many times it was written, which tells the later of two copies. Every method but {@link #close} throws what MVStore throws, which
 * is anything at all where a file is damaged; the file is of no use then.
 */
final class RecordFile {
    private static final String HEAD = "head";
    private static final String FORMAT = "format";
    private static final String SERIAL = "serial";

    private final MVStore store;
    private final MVMap<String, byte[]> map;
    private final RecordFormat format;

    /** What a file holds: what could be read, and how many could not. */
    record Content(Map<String, StoreRecord> records, int damaged, long version, long serial) {
        /** {@return whether there is something, and none of it is readable: another key, or no key, wrote it} */
        boolean isForeign() {
            return damaged > 0 && records.isEmpty() && version == 0 && serial == 0;
        }

        /** {@return how many of the records cannot be read; the head is written anew} */
        int lost() {
            int head = (version == 0 ? 1 : 0) + (serial == 0 ? 1 : 0);
            return Math.max(0, damaged - head);
        }

        /** {@return whether there is nothing at all} */
        boolean isEmpty() {
            return damaged == 0 && records.isEmpty() && version == 0 && serial == 0;
        }

        /** {@return whether all that was ever written is there; what is new and empty has no head yet} */
        boolean isWhole() {
            return damaged == 0 && version != 0 && serial != 0;
        }
    }

    private RecordFile(MVStore store, RecordFormat format) {
        this.store = store;
        this.format = format;
        this.map = store.openMap("records", RecordTypes.builder());
    }

    /** Opens a file that is there; an empty one becomes a store without records. */
    static RecordFile open(Path path, RecordFormat format) {
        MVStore store = new MVStore.Builder()
                .fileName(path.toString())
                .autoCommitDisabled()
                .autoCompactFillRate(0)
                .cacheSize(1)
                .open();
        try {
            // Each commit is forced to the disk before the next begins, so what the last freed can be written over.
            store.setRetentionTime(0);
            store.setVersionsToKeep(0);
            return new RecordFile(store, format);
        } catch (RuntimeException | Error e) {
            store.closeImmediately();
            throw e;
        }
    }

    /** {@return all that is in the file} */
    Content content() {
        Map<String, StoreRecord> records = new HashMap<>();
        int damaged = 0;
        Cursor<String, byte[]> cursor = map.cursor(null);
        while (cursor.hasNext()) {
            String name = cursor.next();
            StoreRecord record = format.read(name, cursor.getValue());
            if (record == null) {
                damaged++;
            } else {
                records.put(name, record);
            }
        }
        long version = number(records.remove(format.name(HEAD, FORMAT)));
        long serial = number(records.remove(format.name(HEAD, SERIAL)));
        return new Content(records, damaged, version, serial);
    }

    /** Makes changes, and forces them to the disk. */
    void write(List<StoreChange> changes, long serial) {
        write(changes, serial, MirroredRecords.VERSION);
    }

    void write(List<StoreChange> changes, long serial, long version) {
        for (StoreChange change : changes) {
            String name = format.name(change.table(), change.key());
            if (change.value().isPresent()) {
                map.put(
                        name,
                        format.write(
                                change.table(), change.key(), change.value().get()));
            } else {
                map.remove(name);
            }
        }
        put(FORMAT, version);
        put(SERIAL, serial);
        store.commit();
        store.sync();
    }

    private void put(String key, long value) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
        map.put(format.name(HEAD, key), format.write(HEAD, key, bytes));
    }

    private static long number(@Nullable StoreRecord record) {
        return record == null || record.value().length != Long.BYTES
                ? 0
                : ByteBuffer.wrap(record.value()).getLong();
    }

    /** Closes the file without writing anything more. */
    void close() {
        store.closeImmediately();
    }
}
