package org.partyline.transport.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.partyline.transport.connection.Endpoint;

/**
 * What comes by HTTP: WebSocket frames, heads of responses, host-meta documents. An input is the bytes, then which of these
 * they are, and where they are cut.
 */
class HttpFuzzTest {
    private static final byte[] OK =
            "HTTP/1.0 200 OK\r\nContent-Type: application/xrd+xml\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final UpgradeRequest UPGRADE =
            new UpgradeRequest(URI.create("wss://capulet.example/ws"), new SecureRandom());

    @DictionaryFile(resourcePath = "http.dict")
    @FuzzTest
    void read(FuzzedDataProvider data) {
        int which = data.consumeInt(0, 3);
        int cut = data.consumeInt(0, 0xFFFF);
        byte[] bytes = data.consumeRemainingAsBytes();
        switch (which) {
            case 0 -> frames(bytes, cut % (bytes.length + 1));
            case 1 -> head(bytes);
            case 2 -> hostMeta(bytes);
            default -> hostMeta(concat(OK, bytes));
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** How frames are cut makes no difference, and nothing longer than the bytes that came is passed on. */
    private static void frames(byte[] bytes, int cut) {
        Frame whole = new Frame();
        Frame parts = new Frame();
        boolean accepted = whole.read(bytes, 0, bytes.length);
        boolean acceptedParts = parts.read(bytes, 0, cut) && parts.read(bytes, cut, bytes.length - cut);
        assertEquals(accepted, acceptedParts);
        assertEquals(whole.controls, parts.controls);
        assertEquals(
                whole.text.toString(StandardCharsets.ISO_8859_1), parts.text.toString(StandardCharsets.ISO_8859_1));
        int control = whole.controls.stream().mapToInt(String::length).sum();
        assertTrue(whole.text.size() + control <= bytes.length + 3 * whole.controls.size());
    }

    private static final class Frame implements FrameReader.Sink {
        private final FrameReader reader = new FrameReader(this);
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private final List<String> controls = new ArrayList<>();

        boolean read(byte[] bytes, int offset, int length) {
            try {
                reader.read(bytes, offset, length);
                return true;
            } catch (ProtocolException e) {
                assertNotNull(e.getMessage());
                return false;
            }
        }

        @Override
        public void onText(byte[] bytes, int offset, int length) {
            assertTrue(length > 0);
            text.write(bytes, offset, length);
        }

        @Override
        public void onControl(int opcode, byte[] payload) {
            assertTrue(opcode >= Frames.CLOSE && opcode <= Frames.PONG);
            assertTrue(payload.length <= Frames.MAX_CONTROL);
            controls.add(opcode + ":" + new String(payload, StandardCharsets.ISO_8859_1));
        }
    }

    private static void head(byte[] bytes) {
        int end = HttpHead.end(bytes, bytes.length, 0);
        assertTrue(end == -1 || (end >= 4 && end <= bytes.length));
        HttpHead head = HttpHead.parse(bytes, end < 0 ? bytes.length : end);
        if (head != null) {
            assertTrue(head.status() >= 100 && head.status() < 600);
            head.fields().forEach((name, value) -> {
                assertEquals(name.toLowerCase(Locale.ROOT), name);
                assertTrue((name + value).chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0));
                assertEquals(-1, name.indexOf(':'));
            });
            // The key is random, so no input can hold the right answer.
            assertNotNull(UPGRADE.refusal(head));
        }
    }

    private static void hostMeta(byte[] response) {
        List<Endpoint> endpoints = HostMeta.endpoints(response);
        assertTrue(endpoints.size() <= 8);
        for (Endpoint endpoint : endpoints) {
            assertEquals(Endpoint.Kind.WEBSOCKET, endpoint.kind());
            URI uri = endpoint.uri();
            assertNotNull(uri);
            assertEquals("wss", uri.getScheme().toLowerCase(Locale.ROOT));
            String request =
                    new String(new UpgradeRequest(uri, new SecureRandom()).encode(), StandardCharsets.US_ASCII);
            // A URI of somebody else's making must not be able to add a line to our request.
            assertEquals(9, request.split("\r\n|\r|\n", -1).length, request);
        }
    }
}
