package org.partyline.transport.internal.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The opening handshake of a WebSocket with the subprotocol {@code xmpp} (RFC 6455 section 4.1, RFC 7395 section 3.1). */
public final class UpgradeRequest {
    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int HTTPS = 443;

    private final URI uri;
    private final String key;

    /**
     * @param uri a {@code wss} URI
     * @param random makes the key
     */
    public UpgradeRequest(URI uri, SecureRandom random) {
        this.uri = uri;
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        this.key = Base64.getEncoder().encodeToString(nonce);
    }

    /** {@return the request} */
    public byte[] encode() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String port = uri.getPort() < 0 || uri.getPort() == HTTPS ? "" : ":" + uri.getPort();
        return ("GET " + path + query + " HTTP/1.1\r\nHost: " + uri.getHost() + port
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + key
                        + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: xmpp\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * {@return why a response does not open the WebSocket, or null if it does}
     *
     * @param response the response
     */
    public @Nullable String refusal(HttpHead response) {
        if (response.status() != 101) {
            return "the server answered with HTTP status " + response.status();
        }
        if (!response.field("upgrade").equalsIgnoreCase("websocket")
                || !response.field("connection").toLowerCase(Locale.ROOT).contains("upgrade")
                || !response.field("sec-websocket-accept").equals(accept(key))) {
            return "the server's upgrade to WebSocket is not an answer to this request";
        }
        if (!response.field("sec-websocket-protocol").equals("xmpp")
                || !response.field("sec-websocket-extensions").isEmpty()) {
            return "the server did not choose the WebSocket subprotocol xmpp, without extensions";
        }
        return null;
    }

    /**
     * {@return what a server answers to a key (RFC 6455 section 4.2.2)}
     *
     * @param key the key
     */
    public static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
