package org.partyline.transport.connection;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection goes. The host says where to connect to, never whose certificate to expect: that is the account's
 * domain (for WebSocket, the URI's host).
 *
 * @param kind how the stream is carried and secured
 * @param host a host name or an address literal
 * @param port 1 to 65535
 * @param uri the WebSocket URI, null for the other kinds
 */
public record Endpoint(
        Kind kind, String host, int port, @Nullable URI uri) {

    /** How a stream is carried and secured. */
    public enum Kind {
        /** TLS from the first byte (XEP-0368). */
        DIRECT_TLS,
        /** Plain TCP that must be upgraded by STARTTLS (RFC 6120 section 5). */
        STARTTLS,
        /** WebSocket (RFC 7395), {@code wss} only. */
        WEBSOCKET
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the port is out of range, the host is blank, or a WebSocket has no URI
     */
    public Endpoint {
        Objects.requireNonNull(kind, "kind");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port out of range: " + port);
        }
        if (Objects.requireNonNull(host, "host").isBlank()) {
            throw new IllegalArgumentException("host is blank");
        }
        if ((kind == Kind.WEBSOCKET) != (uri != null)) {
            throw new IllegalArgumentException("a WebSocket endpoint has a URI, and only it");
        }
    }

    /**
     * {@return an endpoint with TLS from the first byte}
     *
     * @param host a host name or an address literal
     * @param port 1 to 65535
     */
    public static Endpoint directTls(String host, int port) {
        return new Endpoint(Kind.DIRECT_TLS, host, port, null);
    }

    /**
     * {@return an endpoint that is upgraded by STARTTLS}
     *
     * @param host a host name or an address literal
     * @param port 1 to 65535
     */
    public static Endpoint startTls(String host, int port) {
        return new Endpoint(Kind.STARTTLS, host, port, null);
    }

    /**
     * {@return a WebSocket endpoint}
     *
     * @param uri a {@code wss} URI with a host
     * @throws IllegalArgumentException if the scheme is not {@code wss} or there is no host
     */
    public static Endpoint webSocket(URI uri) {
        Objects.requireNonNull(uri, "uri");
        if (!"wss".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("not a wss URI with a host: " + uri);
        }
        return new Endpoint(Kind.WEBSOCKET, uri.getHost(), uri.getPort() < 0 ? 443 : uri.getPort(), uri);
    }

    @Override
    public String toString() {
        return uri != null ? uri.toString() : kind + " " + host + ":" + port;
    }
}
