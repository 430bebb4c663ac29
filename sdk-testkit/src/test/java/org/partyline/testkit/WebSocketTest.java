package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams over WebSocket (RFC 7395), spoken with the JDK's own client. */
class WebSocketTest {
    private static final String OPEN =
            "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='chat.test' version='1.0'/>";

    private final TestNetwork network = TestNetwork.start();
    private final TestAccount juliet = network.account("juliet");
    private final HttpClient http =
            HttpClient.newBuilder().sslContext(RawClient.context(network, null)).build();
    private final Messages messages = new Messages();

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void stream_signsIn_binds_andEndsInOrder() throws Exception {
        WebSocket socket = connect("xmpp");
        signIn(socket);
        socket.sendText("<iq xmlns='jabber:client' type='set' id='b'>", false)
                .thenCompose(sent -> sent.sendText("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>", true))
                .join();
        assertTrue(messages.next().contains("<jid>juliet@chat.test/"));
        socket.sendPing(ByteBuffer.wrap(new byte[] {1, 2, 3})).join();
        assertEquals("pong 3", messages.next());
        socket.sendText("<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>", true)
                .join();

        assertEquals("<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>", messages.next());
        assertEquals("closed 1000", messages.next());
        network.await(now -> now.sessionsOnline() == 0, Duration.ofSeconds(10));
    }

    @Test
    void splitBytes_stillMakesWholeMessages() throws Exception {
        network.faults().splitBytes(3);
        WebSocket socket = connect("xmpp");
        signIn(socket);
        socket.sendText(
                        "<iq xmlns='jabber:client' type='set' id='b'><bind"
                                + " xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>",
                        true)
                .join();

        assertTrue(messages.next().contains("<jid>juliet@chat.test/"));
        socket.abort();
    }

    @Test
    void binaryMessage_isAViolation() throws Exception {
        WebSocket socket = connect("xmpp");

        socket.sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();

        assertEquals("closed 1002", messages.next());
    }

    @Test
    void input_thatIsNotWellFormed_endsTheStreamWithAnError() throws Exception {
        WebSocket socket = connect("xmpp");

        socket.sendText("<a><b></a>", true).join();

        assertTrue(messages.next().startsWith("<open "));
        String error = messages.next();
        assertTrue(error.startsWith("<stream:error ") && error.contains("<not-well-formed"), error);
        assertTrue(messages.next().startsWith("<close "));
        assertEquals("closed 1000", messages.next());
    }

    @Test
    void handshake_withoutTheSubprotocol_isRefused() {
        CompletionException failure = assertThrows(CompletionException.class, () -> connect(null));
        WebSocketHandshakeException refusal = assertInstanceOf(WebSocketHandshakeException.class, failure.getCause());
        assertEquals(501, refusal.getResponse().statusCode());
    }

    @Test
    void hostMeta_namesTheWebSocket() throws Exception {
        URI webSocket = uri();
        String xml = get("/.well-known/host-meta", 200);
        String json = get("/.well-known/host-meta.json", 200);

        assertTrue(xml.contains("href='" + webSocket + "'"), xml);
        assertTrue(json.contains("\"href\":\"" + webSocket + "\""), json);
        get("/elsewhere", 404);
    }

    private void signIn(WebSocket socket) throws InterruptedException {
        socket.sendText(OPEN, true).join();
        assertTrue(messages.next().startsWith("<open "));
        assertTrue(messages.next().startsWith("<stream:features "));
        socket.sendText(RawClient.plainAuth(juliet), true).join();
        assertTrue(messages.next().startsWith("<success "));
        socket.sendText(OPEN, true).join();
        assertTrue(messages.next().startsWith("<open "));
        assertTrue(messages.next().startsWith("<stream:features "));
    }

    private String get(String path, int status) throws Exception {
        URI address = URI.create("https://localhost:" + uri().getPort() + path);
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(status, answer.statusCode());
        return answer.body();
    }

    private URI uri() {
        return java.util.Objects.requireNonNull(network.webSocketEndpoint().uri());
    }

    private WebSocket connect(@Nullable String subprotocol) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (subprotocol != null) {
            builder.subprotocols(subprotocol);
        }
        return builder.buildAsync(uri(), messages).join();
    }

    private static final class Messages implements WebSocket.Listener {
        private final BlockingQueue<String> all = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();

        String next() throws InterruptedException {
            String message = all.poll(10, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("nothing more came");
            }
            return message;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                all.add(partial.toString());
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
            all.add("pong " + data.remaining());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            all.add("closed " + code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            all.add("failed " + error);
        }
    }
}
