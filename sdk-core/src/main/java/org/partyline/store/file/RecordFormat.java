package org.partyline.store.file;

import org.jspecify.annotations.Nullable;
import org.partyline.store.StoreRecord;

/** How a record stands in a file, so that a damaged one is told from a whole one. */
interface RecordFormat {

    /** {@return the name in the file of a record} */
    String name(String table, String key);

    /** {@return what stands in the file} */
    byte[] write(String table, String key, byte[] value);

    /**
     * {@return the record, or null if it is damaged, or was written with another key}
     *
     * @param name its name in the file
     * @param stored what stands there
     */
    @Nullable
    StoreRecord read(String name, byte[] stored);
}
