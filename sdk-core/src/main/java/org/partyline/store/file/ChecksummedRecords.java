package org.partyline.store.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.partyline.store.StoreRecord;

/** In the clear, with a checksum over name and value. */
final class ChecksummedRecords implements RecordFormat {
    private static final byte VERSION = 1;
    private static final int HEAD = 5;
    private static final char BETWEEN = '\n';

    @Override
    public String name(String table, String key) {
        return table + BETWEEN + key;
    }

    @Override
    public byte[] write(String table, String key, byte[] value) {
        return ByteBuffer.allocate(HEAD + value.length)
                .put(VERSION)
                .putInt(checksum(name(table, key), value, 0))
                .put(value)
                .array();
    }

    @Override
    public @Nullable StoreRecord read(String name, byte[] stored) {
        int end = name.indexOf(BETWEEN);
        if (end < 0
                || stored.length < HEAD
                || stored[0] != VERSION
                || ByteBuffer.wrap(stored).getInt(1) != checksum(name, stored, HEAD)) {
            return null;
        }
        byte[] value = new byte[stored.length - HEAD];
        System.arraycopy(stored, HEAD, value, 0, value.length);
        return new StoreRecord(name.substring(0, end), name.substring(end + 1), value);
    }

    private static int checksum(String name, byte[] bytes, int from) {
        CRC32C sum = new CRC32C();
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        sum.update(bytes, from, bytes.length - from);
        return (int) sum.getValue();
    }
}
