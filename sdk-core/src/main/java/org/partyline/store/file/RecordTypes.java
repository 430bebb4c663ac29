package org.partyline.store.file;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * How names and values are read from a file. MVStore's own types believe a length that they read, and ask for as much memory: one
 * damaged byte could end the process.
 */
final class RecordTypes {
    private RecordTypes() {}

    static MVMap.Builder<String, byte[]> builder() {
        MVMap.Builder<String, byte[]> types = new MVMap.Builder<>();
        types.setKeyType(new Names());
        types.setValueType(new Values());
        return types;
    }

    /** Looks at the length that comes next; each character of a name takes at least a byte. */
    private static void check(ByteBuffer page) {
        ByteBuffer ahead = page.duplicate();
        int length = DataUtils.readVarInt(ahead);
        if (length < 0 || length > ahead.remaining()) {
            throw new IllegalStateException(
                    "a length of " + length + ", where " + ahead.remaining() + " bytes are left");
        }
    }

    private static final class Names extends StringDataType {
        @Override
        public String read(ByteBuffer page) {
            check(page);
            return super.read(page);
        }
    }

    private static final class Values extends BasicDataType<byte[]> {
        private static final ByteArrayDataType OWN = ByteArrayDataType.INSTANCE;

        @Override
        public byte[] read(ByteBuffer page) {
            check(page);
            return OWN.read(page);
        }

        @Override
        public void write(WriteBuffer page, byte[] value) {
            OWN.write(page, value);
        }

        @Override
        public int getMemory(byte[] value) {
            return OWN.getMemory(value);
        }

        @Override
        public byte[][] createStorage(int size) {
            return OWN.createStorage(size);
        }
    }
}
