package org.partyline.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.partyline.error.StoreException;
import org.partyline.store.AccountStore;
import org.partyline.store.StoreChange;
import org.partyline.store.StoreLoss;
import org.partyline.store.StoreRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An account's records in two files, so that damage to one loses nothing. What is committed is forced to the disk in the first,
 * then in the second; the file that fails is made anew from the other by the commit after.
 */
final class MirroredRecords implements AccountStore {
    /** The format of what is in the files. A change to it comes with a step that brings older files up to it. */
    static final long VERSION = 1;

    private static final Logger LOG = LoggerFactory.getLogger(MirroredRecords.class);
    private static final int COPIES = 2;
    private static final int ALL = -1;

    private final AccountDirectory files;
    private final RecordFormat format;
    /** Which copy is written first. */
    private int first;

    private final @Nullable RecordFile[] copies = new RecordFile[COPIES];
    private long serial;
    private boolean closed;

    private MirroredRecords(AccountDirectory files, RecordFormat format) {
        this.files = files;
        this.format = format;
    }

    /**
     * Opens the two files, and mends one by the other.
     *
     * @param losses hears what was damaged
     */
    static MirroredRecords open(AccountDirectory files, RecordFormat format, Consumer<StoreLoss> losses) {
        MirroredRecords records = new MirroredRecords(files, format);
        try {
            records.load(losses);
            return records;
        } catch (IOException e) {
            records.letGo();
            throw new StoreException(
                    "open the store", StoreException.Reason.NOT_ACCESSIBLE, "cannot make or move files: " + e, e);
        } catch (RuntimeException e) {
            records.letGo();
            throw e;
        }
    }

    private void load(Consumer<StoreLoss> losses) throws IOException {
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < COPIES; i++) {
            found.add(Found.open(files, files.copy(i), format));
            copies[i] = found.get(i).file();
        }
        if (found.stream().anyMatch(Found::isForeign) && found.stream().noneMatch(Found::isReadable)) {
            throw new StoreException(
                    "open the store",
                    StoreException.Reason.WRONG_KEY,
                    "the records of " + files.account() + " were written with another key, or without one",
                    null);
        }
        long version = found.stream().mapToLong(Found::version).max().orElse(0);
        if (version > VERSION) {
            throw new StoreException(
                    "open the store",
                    StoreException.Reason.TOO_NEW,
                    "the records have format " + version + ", and this version of the library reads " + VERSION,
                    null);
        }
        first = found.get(1).serial() > found.get(0).serial() ? 1 : 0;
        Found later = found.get(first);
        Found earlier = found.get(1 - first);
        serial = later.serial();
        if (found.stream().allMatch(each -> each.isWhole() && each.serial() == serial)
                || found.stream().allMatch(Found::isNew)) {
            return;
        }
        Map<String, StoreRecord> all = new HashMap<>(later.records());
        if (later.lost() > 0 || earlier.serial() == serial) {
            earlier.records().forEach(all::putIfAbsent);
        }
        int mended = all.size() - later.readable();
        int lost = later.isUnreadable() && earlier.isUnreadable() ? ALL : Math.max(0, later.lost() - mended);
        serial = Math.max(1, serial);
        for (int i = 0; i < COPIES; i++) {
            renew(i, found.get(i), all, lost, losses);
        }
    }

    private void renew(int i, Found copy, Map<String, StoreRecord> all, int lost, Consumer<StoreLoss> losses)
            throws IOException {
        if (copy.isWhole() && copy.serial() == serial && copy.readable() == all.size()) {
            return;
        }
        RecordFile file = copies[i];
        copies[i] = null;
        if (file != null) {
            file.close();
        }
        // A copy without anything in it was made just before the first commit ended, unless there were commits since.
        if (copy.isDamaged() || (copy.isNew() && copy.existed() && serial > 1)) {
            Path setAside = files.setAside(files.copy(i));
            LOG.warn("a file of a store was damaged, and was set aside as {}; records lost: {}", setAside, lost);
            losses.accept(new StoreLoss(files.account(), setAside, lost));
        } else {
            files.delete(files.copy(i));
        }
        copies[i] = made(i, all.values());
    }

    /** A copy of all, in a new file. */
    private RecordFile made(int i, Iterable<StoreRecord> all) throws IOException {
        files.create(files.copy(i));
        RecordFile file = RecordFile.open(files.copy(i), format);
        List<StoreChange> changes = new ArrayList<>();
        all.forEach(record -> changes.add(StoreChange.put(record.table(), record.key(), record.value())));
        file.write(changes, serial);
        return file;
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public void readAll(Consumer<StoreRecord> reader) {
        RecordFile file = copies[first];
        if (closed || file == null) {
            throw closedAlready("read the store");
        }
        try {
            file.content().records().values().forEach(reader);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new StoreException(
                    "read the store", StoreException.Reason.NOT_ACCESSIBLE, "the file cannot be read: " + e, e);
        }
    }

    @Override
    public void commit(List<StoreChange> changes) {
        if (closed) {
            throw closedAlready("write to the store");
        }
        write(first, changes);
        serial++;
        mirror(1 - first, changes);
    }

    private void write(int copy, List<StoreChange> changes) {
        try {
            RecordFile file = copies[copy];
            if (file == null) {
                file = remade(copy);
                copies[copy] = file;
            }
            file.write(changes, serial + 1);
        } catch (RuntimeException | IOException e) {
            drop(copy);
            // The other one has all that was committed, and nothing of this.
            if (copies[1 - copy] != null) {
                discard(copy);
                first = 1 - copy;
            }
            throw new StoreException(
                    "write to the store", StoreException.Reason.NOT_WRITTEN, "the disk did not take it: " + e, e);
        }
    }

    /** The second copy may fail: the first has everything, and the next commit tries to make it anew. */
    private void mirror(int copy, List<StoreChange> changes) {
        try {
            RecordFile file = copies[copy];
            if (file == null) {
                copies[copy] = remade(copy);
            } else {
                file.write(changes, serial);
            }
        } catch (RuntimeException | IOException e) {
            LOG.warn("the second copy of a store could not be written, and will be made anew: {}", e.toString());
            drop(copy);
            discard(copy);
        }
    }

    /** The copy anew from the other, or, where there is no other, opened again as its last commit left it. */
    private RecordFile remade(int copy) throws IOException {
        RecordFile other = copies[1 - copy];
        if (other == null) {
            return RecordFile.open(files.copy(copy), format);
        }
        files.delete(files.copy(copy));
        return made(copy, other.content().records().values());
    }

    private void drop(int copy) {
        RecordFile file = copies[copy];
        copies[copy] = null;
        if (file != null) {
            file.close();
        }
    }

    private void discard(int copy) {
        try {
            files.delete(files.copy(copy));
        } catch (IOException e) {
            LOG.warn("a file of a store could not be deleted: {}", e.toString());
        }
    }

    private static StoreException closedAlready(String operation) {
        return new StoreException(operation, StoreException.Reason.CLOSED, "the store is closed", null);
    }

    private void letGo() {
        for (int i = 0; i < COPIES; i++) {
            drop(i);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            letGo();
            files.close();
        }
    }
}
