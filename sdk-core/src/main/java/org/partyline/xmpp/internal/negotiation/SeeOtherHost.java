package org.partyline.xmpp.internal.negotiation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.xml.XmlElement;

/**
 * The server sends this client to another host (RFC 6120 section 4.9.3.19). Only ever made of what came under verified
 * TLS; the other host must show a certificate for the same domain. A way for control flow: it has no stack trace.
 */
public final class SeeOtherHost extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int DEFAULT_PORT = 5222;

    private final transient Endpoint endpoint;

    private SeeOtherHost(Endpoint endpoint) {
        super("see-other-host: " + endpoint, null, false, false);
        this.endpoint = endpoint;
    }

    /** {@return where to go} */
    public Endpoint endpoint() {
        return endpoint;
    }

    /**
     * {@return the redirection that a stream error holds, or null if it holds none, or one that is not followed: to this
     * machine or its own network link while the server is elsewhere, to no valid host, or on a WebSocket}
     *
     * @param error the stream error
     * @param current what sent it
     */
    static @Nullable SeeOtherHost read(XmlElement error, Endpoint current) {
        XmlElement condition = StreamErrors.condition(error);
        if (condition == null
                || !condition.name().equals("see-other-host")
                || current.kind() == Endpoint.Kind.WEBSOCKET) {
            return null;
        }
        String target = condition.text().strip();
        int bracket = target.lastIndexOf(']');
        int colon = target.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? target : target.substring(0, colon);
        if (target.startsWith("[") && bracket > 0 && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = colon < 0 ? DEFAULT_PORT : port(target.substring(colon + 1));
        if (!isHost(host) || port < 1 || (isLocal(host) && !isLocal(current.host()))) {
            return null;
        }
        return new SeeOtherHost(new Endpoint(current.kind(), host, port, null));
    }

    private static int port(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = digits ? Integer.parseInt(text) : -1;
        return port <= 65_535 ? port : -1;
    }

    /** ASCII alone, as in a URI (RFC 3986 section 3.2.2): other letters would be mapped later, to {@code localhost} even. */
    private static boolean isHost(String host) {
        return !host.isEmpty()
                && host.length() <= 255
                && host.chars()
                        .allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == ':'));
    }

    /** Whether it names this machine or its own link, where services listen that trust whoever can reach them. */
    private static boolean isLocal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return true;
        }
        boolean literal = name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        if (!literal) {
            return false;
        }
        try {
            InetAddress address = InetAddress.getByName(name);
            return address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isAnyLocalAddress();
        } catch (UnknownHostException e) {
            // Digits and dots that are no address: nothing that could be connected to.
            return true;
        }
    }
}
