package org.partyline.transport.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status line and header fields of a response (RFC 9112 sections 4 and 5).
 *
 * @param status the status code
 * @param fields values by name in lower case; several of one name are joined by commas
 */
public record HttpHead(int status, Map<String, String> fields) {
    /** Bytes that a head may have. */
    public static final int MAX_BYTES = 8 * 1024;

    private static final byte[] END = {'\r', '\n', '\r', '\n'};

    /**
     * {@return where the head ends and the body begins, or -1 while the head is not complete}
     *
     * @param bytes holds what was received
     * @param length how many bytes were received
     * @param from where to begin to look; negative is as 0
     */
    public static int end(byte[] bytes, int length, int from) {
        for (int i = Math.max(0, from); i + END.length <= length; i++) {
            if (Arrays.equals(bytes, i, i + END.length, END, 0, END.length)) {
                return i + END.length;
            }
        }
        return -1;
    }

    /**
     * {@return the head in these bytes, or null if they are none}
     *
     * @param bytes holds the head
     * @param length its length
     */
    public static @Nullable HttpHead parse(byte[] bytes, int length) {
        List<String> lines = List.of(new String(bytes, 0, length, StandardCharsets.ISO_8859_1).split("\r\n", -1));
        String status = lines.get(0);
        if (!status.matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
            return null;
        }
        Map<String, String> fields = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0 || line.indexOf('\0') >= 0) {
                // Others could read another line there (RFC 9110 section 5.5).
                return null;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                fields.merge(name, line.substring(colon + 1).strip(), (first, next) -> first + "," + next);
            }
        }
        return new HttpHead(Integer.parseInt(status.substring(9, 12)), Map.copyOf(fields));
    }

    /**
     * {@return the value of a field, empty if it is absent}
     *
     * @param name the name in lower case
     */
    public String field(String name) {
        return fields.getOrDefault(name, "");
    }
}
