package org.partyline.testkit.internal.websocket;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/** What the HTTP port answers: the way to the WebSocket, and the WebSocket. */
public final class HttpAnswers {
    /** Where streams are carried. */
    public static final String WEBSOCKET_PATH = "/xmpp-websocket";

    private static final String HOST_META = "/.well-known/host-meta";
    private static final String RELATION = "urn:xmpp:alt-connections:websocket";
    private static final String SUBPROTOCOL = "xmpp";
    /** RFC 6455 section 1.3. */
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private HttpAnswers() {}

    /** {@return whether the request asks for a WebSocket that carries XMPP (RFC 7395 section 3.1)} */
    public static boolean isUpgrade(HttpRequest request) {
        return request.method().equals("GET")
                && request.path().equals(WEBSOCKET_PATH)
                && request.lists("upgrade", "websocket")
                && request.lists("connection", "upgrade")
                && "13".equals(request.headers().get("sec-websocket-version"))
                && request.headers().containsKey("sec-websocket-key")
                && request.lists("sec-websocket-protocol", SUBPROTOCOL);
    }

    /** {@return the answer that turns the connection into a WebSocket} */
    public static byte[] switching(HttpRequest request) {
        return ascii("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(request.headers().getOrDefault("sec-websocket-key", ""))
                + "\r\nSec-WebSocket-Protocol: " + SUBPROTOCOL + "\r\n\r\n");
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(ascii(key + KEY_SUFFIX));
            return Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-1", e);
        }
    }

    /**
     * {@return the answer to any other request, after which the connection ends}
     *
     * @param request the request
     * @param webSocket the WebSocket's address, which host-meta tells (XEP-0156)
     */
    public static byte[] answer(HttpRequest request, String webSocket) {
        if (!request.method().equals("GET")) {
            return whole("405 Method Not Allowed", "text/plain", "only GET\n");
        }
        return switch (request.path()) {
            case HOST_META ->
                whole(
                        "200 OK",
                        "application/xrd+xml",
                        "<?xml version='1.0' encoding='utf-8'?><XRD xmlns='http://docs.oasis-open.org/ns/xri/xrd-1.0'>"
                                + "<Link rel='" + RELATION + "' href='" + webSocket + "'/></XRD>");
            case HOST_META + ".json" ->
                whole(
                        "200 OK",
                        "application/json",
                        "{\"links\":[{\"rel\":\"" + RELATION + "\",\"href\":\"" + webSocket + "\"}]}");
            // As Prosody answers a WebSocket without the subprotocol.
            case WEBSOCKET_PATH -> whole("501 Not Implemented", "text/plain", "the subprotocol xmpp is needed\n");
            default -> whole("404 Not Found", "text/plain", "not here\n");
        };
    }

    /** {@return the answer to what is no request} */
    public static byte[] badRequest() {
        return whole("400 Bad Request", "text/plain", "no HTTP request\n");
    }

    private static byte[] whole(String status, String type, String body) {
        return ascii("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
