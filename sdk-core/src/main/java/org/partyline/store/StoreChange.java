package org.partyline.store;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record that is written, or taken away. Immutable as long as nobody writes to its array. */
public final class StoreChange {
    private final String table;
    private final String key;
    private final byte @Nullable [] value;

    private StoreChange(String table, String key, byte @Nullable [] value) {
        this.table = Objects.requireNonNull(table, "table");
        this.key = Objects.requireNonNull(key, "key");
        this.value = value;
    }

    /**
     * {@return the writing of a record, over one that is there}
     *
     * @param table what kind of record it is
     * @param key its key in the table
     * @param value what it holds; not copied
     */
    public static StoreChange put(String table, String key, byte[] value) {
        return new StoreChange(table, key, Objects.requireNonNull(value, "value"));
    }

    /**
     * {@return the taking away of a record, if it is there}
     *
     * @param table what kind of record it is
     * @param key its key in the table
     */
    public static StoreChange remove(String table, String key) {
        return new StoreChange(table, key, null);
    }

    /** {@return what kind of record it is} */
    public String table() {
        return table;
    }

    /** {@return its key in the table} */
    public String key() {
        return key;
    }

    /** {@return what it is to hold, not copied; empty if it is taken away} */
    public Optional<byte[]> value() {
        return Optional.ofNullable(value);
    }

    /** {@return a text without what it holds} */
    @Override
    public String toString() {
        return "StoreChange[" + table + ", " + (value == null ? "removed" : value.length + " bytes") + "]";
    }
}
