package org.partyline.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.store.StoreRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was found where a copy should be. */
final class Found {
    private static final Logger LOG = LoggerFactory.getLogger(Found.class);

    private final boolean existed;
    private final @Nullable RecordFile file;
    private final RecordFile.@Nullable Content content;

    private Found(boolean existed, @Nullable RecordFile file, RecordFile.@Nullable Content content) {
        this.existed = existed;
        this.file = file;
        this.content = content;
    }

    /** Opens a copy, whatever state it is in; one that is not there is made. */
    static Found open(AccountDirectory files, Path path, RecordFormat format) throws IOException {
        boolean existed = Files.exists(path) && Files.size(path) > 0;
        files.create(path);
        RecordFile file = null;
        try {
            file = RecordFile.open(path, format);
            RecordFile.Content content = file.content();
            return new Found(existed, file, content);
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            // Whatever a damaged file makes MVStore throw, the other copy is there to be read.
            LOG.debug("a file of a store cannot be read", e);
            if (file != null) {
                file.close();
            }
            return new Found(true, null, null);
        }
    }

    @Nullable
    RecordFile file() {
        return file;
    }

    Map<String, StoreRecord> records() {
        return content == null ? new HashMap<>() : content.records();
    }

    /** {@return how many records can be read} */
    int readable() {
        return records().size();
    }

    /** {@return how many records cannot be read} */
    int lost() {
        return content == null ? 0 : content.lost();
    }

    long serial() {
        return content == null ? 0 : content.serial();
    }

    long version() {
        return content == null ? 0 : content.version();
    }

    boolean isUnreadable() {
        return content == null;
    }

    boolean existed() {
        return existed;
    }

    /** {@return whether nothing was ever written to it} */
    boolean isNew() {
        return !existed || (content != null && content.isEmpty());
    }

    boolean isForeign() {
        return content != null && content.isForeign();
    }

    boolean isReadable() {
        return content != null && !content.isForeign() && content.version() != 0;
    }

    boolean isWhole() {
        return content != null && content.isWhole();
    }

    boolean isDamaged() {
        return !isNew() && !isWhole();
    }
}
