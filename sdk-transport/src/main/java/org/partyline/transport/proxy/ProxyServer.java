package org.partyline.transport.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that all of a client's connections go through. It is given the server's host as a name and looks it up itself;
 * this side asks name servers for the proxy's own address alone. TLS runs through the proxy to the server, whose
 * certificate is checked as it is without a proxy. The way to the proxy itself is in the clear: whoever listens there reads
 * the server's name and the proxy's credentials.
 *
 * <p>Immutable. Never shows the password in {@code toString}.
 */
public final class ProxyServer {
    /** RFC 1929 section 2: the length of either is told in one byte. */
    private static final int MAX_NAME_BYTES = 255;

    /** How the proxy is spoken to. */
    public enum Kind {
        /** SOCKS version 5 (RFC 1928), with username and password by RFC 1929. */
        SOCKS5,
        /** HTTP with the method CONNECT (RFC 9110 section 9.3.6), with username and password by RFC 7617 (Basic). */
        HTTP_CONNECT
    }

    private final Kind kind;
    private final String host;
    private final int port;
    private final @Nullable String username;
    private final @Nullable Supplier<char[]> password;

    private ProxyServer(
            Kind kind, String host, int port, @Nullable String username, @Nullable Supplier<char[]> password) {
        this.kind = kind;
        this.host = host;
        this.port = port;
        this.username = username;
        this.password = password;
    }

    /**
     * {@return a SOCKS5 proxy that asks for no credentials}
     *
     * @param host the proxy's name or address literal
     * @param port 1 to 65535
     * @throws IllegalArgumentException if the port is out of range or the host is blank
     */
    public static ProxyServer socks5(String host, int port) {
        return of(Kind.SOCKS5, host, port);
    }

    /**
     * {@return an HTTP proxy that asks for no credentials}
     *
     * @param host the proxy's name or address literal
     * @param port 1 to 65535
     * @throws IllegalArgumentException if the port is out of range or the host is blank
     */
    public static ProxyServer httpConnect(String host, int port) {
        return of(Kind.HTTP_CONNECT, host, port);
    }

    private static ProxyServer of(Kind kind, String host, int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port out of range: " + port);
        }
        if (Objects.requireNonNull(host, "host").isBlank()) {
            throw new IllegalArgumentException("host is blank");
        }
        return new ProxyServer(kind, host, port, null, null);
    }

    /**
     * Gives credentials. A SOCKS5 proxy gets them only if it asks for them; an HTTP proxy gets them with the first request,
     * without having asked.
     *
     * @param username who asks: 1 to 255 bytes of UTF-8 without control characters, and no colon for an HTTP proxy
     * @param password gives a fresh array for each connection, 1 to 255 bytes in UTF-8 and without control characters; the
     *     array is wiped after use. It is called off the event loop, by one of the threads that TLS uses, so other
     *     connections' handshakes may wait while it blocks. If it throws, connecting fails
     * @return the proxy with these credentials
     * @throws IllegalArgumentException if the username cannot be one
     */
    public ProxyServer withCredentials(String username, Supplier<char[]> password) {
        Objects.requireNonNull(password, "password");
        int length = Objects.requireNonNull(username, "username").getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length > MAX_NAME_BYTES || username.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a proxy's username has 1 to 255 bytes and no control characters");
        }
        if (kind == Kind.HTTP_CONNECT && username.indexOf(':') >= 0) {
            throw new IllegalArgumentException("a username for an HTTP proxy has no colon (RFC 7617 section 2)");
        }
        return new ProxyServer(kind, host, port, username, password);
    }

    /** {@return how the proxy is spoken to} */
    public Kind kind() {
        return kind;
    }

    /** {@return the proxy's name or address literal} */
    public String host() {
        return host;
    }

    /** {@return the proxy's port} */
    public int port() {
        return port;
    }

    /** {@return the username, or null without credentials} */
    public @Nullable String username() {
        return username;
    }

    /**
     * {@return the password in a fresh array, for the caller to wipe}
     *
     * @throws IllegalStateException if there are no credentials
     */
    public char[] readPassword() {
        if (password == null) {
            throw new IllegalStateException("no credentials for " + this);
        }
        return password.get();
    }

    /** {@return kind, host and port, such as {@code SOCKS5 proxy.example:1080}; no credentials} */
    @Override
    public String toString() {
        boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
        return kind + " " + (bare ? "[" + host + "]" : host) + ":" + port;
    }
}
