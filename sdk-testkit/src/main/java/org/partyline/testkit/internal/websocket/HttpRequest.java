package org.partyline.testkit.internal.websocket;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request.
 *
 * @param method the method
 * @param path the target, up to the question mark
 * @param headers the headers by their names in lower case
 */
public record HttpRequest(String method, String path, Map<String, String> headers) {
    /** Bytes that a head may have. */
    public static final int MAX_BYTES = 16 * 1024;

    /** Copies the headers. */
    public HttpRequest {
        headers = Map.copyOf(headers);
    }

    /** {@return the request, or null if it is none} */
    public static @Nullable HttpRequest parse(byte[] head, int length) {
        String[] lines = new String(head, 0, length, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        String[] first = lines[0].split(" ", -1);
        if (first.length != 3 || !first[2].startsWith("HTTP/1.")) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        // The head ends with an empty line, so the last two pieces are empty.
        for (int i = 1; i < lines.length - 2; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 1) {
                return null;
            }
            headers.merge(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip(),
                    (one, other) -> one + ", " + other);
        }
        int query = first[1].indexOf('?');
        return new HttpRequest(first[0], query < 0 ? first[1] : first[1].substring(0, query), headers);
    }

    /** {@return whether a header that is a list has this entry, whatever the case} */
    public boolean lists(String header, String entry) {
        for (String each : headers.getOrDefault(header, "").split(",", -1)) {
            if (each.strip().equalsIgnoreCase(entry)) {
                return true;
            }
        }
        return false;
    }
}
