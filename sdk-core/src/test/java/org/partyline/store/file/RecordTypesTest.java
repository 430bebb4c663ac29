package org.partyline.store.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lengths that a damaged file tells (T-STO-1). */
class RecordTypesTest {
    private static final DataType<String> NAMES = RecordTypes.builder().getKeyType();
    private static final DataType<byte[]> VALUES = RecordTypes.builder().getValueType();

    @ParameterizedTest
    @ValueSource(ints = {5, 1 << 20, Integer.MAX_VALUE, -1})
    void lengthBeyondThePage_asksForNoMemory(int length) {
        ByteBuffer page = ByteBuffer.allocate(9);
        DataUtils.writeVarInt(page, length);
        page.limit(page.position() + 4).position(0);
        assertThrows(IllegalStateException.class, () -> NAMES.read(page.duplicate()));
        assertThrows(IllegalStateException.class, () -> VALUES.read(page.duplicate()));
    }

    @Test
    void whatIsWritten_isRead() {
        WriteBuffer page = new WriteBuffer();
        NAMES.write(page, "näme");
        VALUES.write(page, new byte[] {1, 2, 3});
        VALUES.write(page, new byte[0]);
        ByteBuffer read = page.getBuffer().flip();
        assertEquals("näme", NAMES.read(read));
        assertArrayEquals(new byte[] {1, 2, 3}, VALUES.read(read));
        assertArrayEquals(new byte[0], VALUES.read(read));
        assertEquals(0, read.remaining());
    }
}
