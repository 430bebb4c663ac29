package org.partyline.transport.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHeadTest {
    private static @Nullable HttpHead parse(String head) {
        byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
        return HttpHead.parse(bytes, bytes.length);
    }

    @Test
    void parse_ofAHead_givesStatusAndFields() {
        HttpHead head = parse("HTTP/1.1 101 Switching Protocols\r\nUpgrade:websocket\r\nA: 1 \r\na: 2\r\nnone\r\n\r\n");
        assertNotNull(head);
        assertEquals(101, head.status());
        assertEquals(Map.of("upgrade", "websocket", "a", "1,2"), head.fields());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nA: 1\nUpgrade: websocket\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA\n: 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: 1\rB\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: \0\r\n\r\n",
                "HTTP/1.1 200 OK\nA: 1\r\n\r\n",
                "HTTP/2 200\r\n\r\n",
                ""
            })
    void parse_ofWhatIsNone_givesNone(String head) {
        assertNull(parse(head));
    }
}
