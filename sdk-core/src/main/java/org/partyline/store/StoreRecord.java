package org.partyline.store;

import java.util.Objects;

/** Something that is kept. Immutable as long as nobody writes to its array. */
public final class StoreRecord {
    private final String table;
    private final String key;
    private final byte[] value;

    /**
     * Makes a record.
     *
     * @param table what kind of record it is; a short word
     * @param key its key in the table
     * @param value what it holds; not copied
     */
    public StoreRecord(String table, String key, byte[] value) {
        this.table = Objects.requireNonNull(table, "table");
        this.key = Objects.requireNonNull(key, "key");
        this.value = Objects.requireNonNull(value, "value");
    }

    /** {@return what kind of record it is} */
    public String table() {
        return table;
    }

    /** {@return its key in the table} */
    public String key() {
        return key;
    }

    /** {@return what it holds; not copied} */
    public byte[] value() {
        return value;
    }

    /** {@return a text without what it holds} */
    @Override
    public String toString() {
        return "StoreRecord[" + table + ", " + value.length + " bytes]";
    }
}
