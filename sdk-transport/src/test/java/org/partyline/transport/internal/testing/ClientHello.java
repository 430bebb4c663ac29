package org.partyline.transport.internal.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A ClientHello, taken apart byte by byte (RFC 8446 section 4.1.2).
 *
 * @param record the record that it came in
 * @param suites the cipher suites offered, in order
 * @param compressions the compression methods offered
 * @param extensions the extensions' contents by their numbers
 */
public record ClientHello(
        ByteBuffer record, List<Integer> suites, List<Integer> compressions, Map<Integer, byte[]> extensions) {
    public static final int SERVER_NAME = 0;
    public static final int STATUS_REQUEST = 5;
    public static final int ALPN = 16;
    public static final int PRE_SHARED_KEY = 41;
    public static final int EARLY_DATA = 42;
    public static final int SUPPORTED_VERSIONS = 43;

    /** Reads the one record that a ClientHello comes in. */
    public static ClientHello read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        byte[] head = data.readNBytes(5);
        int length = ((head[3] & 0xFF) << 8) | (head[4] & 0xFF);
        ByteBuffer record = ByteBuffer.allocate(5 + length);
        record.put(head).put(data.readNBytes(length));
        return parse(record.array());
    }

    /** The record's bytes, for whoever reads it next. */
    public byte[] bytes() {
        byte[] bytes = new byte[record.capacity()];
        record.get(0, bytes);
        return bytes;
    }

    private static ClientHello parse(byte[] record) {
        ByteBuffer bytes = ByteBuffer.wrap(record);
        bytes.position(5 + 4 + 2 + 32);
        bytes.position(bytes.position() + 1 + (bytes.get(bytes.position()) & 0xFF));
        List<Integer> suites = new ArrayList<>();
        for (int left = bytes.getShort() / 2; left > 0; left--) {
            suites.add(bytes.getShort() & 0xFFFF);
        }
        List<Integer> compressions = new ArrayList<>();
        for (int left = bytes.get() & 0xFF; left > 0; left--) {
            compressions.add(bytes.get() & 0xFF);
        }
        Map<Integer, byte[]> extensions = new LinkedHashMap<>();
        bytes.getShort();
        while (bytes.hasRemaining()) {
            int type = bytes.getShort() & 0xFFFF;
            byte[] data = new byte[bytes.getShort() & 0xFFFF];
            bytes.get(data);
            extensions.put(type, data);
        }
        return new ClientHello(ByteBuffer.wrap(record), suites, compressions, extensions);
    }
}
