package org.partyline.transport.internal.proxy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.internal.dns.DomainName;
import org.partyline.transport.proxy.ProxyServer;

/** SOCKS version 5: a method is agreed on, credentials are given if that is asked, then the request (RFC 1928, RFC 1929). */
final class Socks5Dialog extends ProxyDialog {
    private static final int VERSION = 5;
    private static final int NO_AUTHENTICATION = 0;
    private static final int USERNAME_PASSWORD = 2;
    private static final int NO_METHOD = 0xFF;
    private static final int PASSWORD_VERSION = 1;
    private static final int CONNECT = 1;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;
    /** Version, reply, a reserved byte, the kind of address. */
    private static final int HEAD = 4;

    private static final int PORT = 2;
    /** The longest reply: a name of 255 bytes, after its length. */
    private static final int LONGEST = HEAD + 1 + 255 + PORT;

    private static final List<String> REPLIES = List.of(
            "general failure",
            "its rules do not allow it",
            "network unreachable",
            "host unreachable",
            "connection refused",
            "time to live expired",
            "it does not know the command CONNECT",
            "it does not support this kind of address");

    private enum Phase {
        METHOD,
        PASSWORD,
        REPLY,
        OPEN
    }

    private final @Nullable String username;
    private final DomainName host;
    private final int port;
    private final byte[] answer = new byte[LONGEST];
    private int length;
    private Phase phase = Phase.METHOD;

    Socks5Dialog(ProxyServer proxy, DomainName host, int port, byte @Nullable [] password) {
        super(proxy, authority(host, port), password);
        this.username = proxy.username();
        this.host = host;
        this.port = port;
    }

    @Override
    public byte[] begin() {
        return username == null
                ? new byte[] {VERSION, 1, NO_AUTHENTICATION}
                : new byte[] {VERSION, 2, NO_AUTHENTICATION, USERNAME_PASSWORD};
    }

    @Override
    public byte[] take(byte next) throws TransportException {
        answer[length++] = next;
        if (phase != Phase.PASSWORD && answer[0] != VERSION) {
            throw failed("does not speak SOCKS5");
        }
        if (length < 2) {
            return NOTHING;
        }
        return switch (phase) {
            case METHOD -> methodChosen(Byte.toUnsignedInt(answer[1]));
            case PASSWORD -> passwordJudged();
            case REPLY -> replied();
            case OPEN -> throw new IllegalStateException("the tunnel is open");
        };
    }

    private byte[] methodChosen(int method) throws TransportException {
        if (method == NO_AUTHENTICATION) {
            return request();
        }
        if (method == NO_METHOD) {
            throw notAuthenticated();
        }
        if (method != USERNAME_PASSWORD || username == null) {
            throw failed("chose a method of authentication that was not offered: " + method);
        }
        byte[] name = username.getBytes(StandardCharsets.UTF_8);
        byte[] password = Objects.requireNonNull(password());
        await(Phase.PASSWORD);
        return ByteBuffer.allocate(3 + name.length + password.length)
                .put((byte) PASSWORD_VERSION)
                .put((byte) name.length)
                .put(name)
                .put((byte) password.length)
                .put(password)
                .array();
    }

    private byte[] passwordJudged() throws TransportException {
        // Some proxies put SOCKS's version where RFC 1929 says 1; the second byte decides.
        if (answer[0] != PASSWORD_VERSION && answer[0] != VERSION) {
            throw failed("does not speak SOCKS5");
        }
        if (answer[1] != 0) {
            throw notAuthenticated();
        }
        return request();
    }

    private byte[] request() {
        InetAddress literal = host.literal();
        byte[] address = literal == null ? host.ascii().getBytes(StandardCharsets.US_ASCII) : literal.getAddress();
        ByteBuffer request = ByteBuffer.allocate(HEAD + 1 + address.length + PORT)
                .put((byte) VERSION)
                .put((byte) CONNECT)
                .put((byte) 0);
        if (literal == null) {
            request.put((byte) NAME).put((byte) address.length);
        } else {
            request.put((byte) (address.length == 4 ? IPV4 : IPV6));
        }
        request.put(address).putShort((short) port).flip();
        byte[] bytes = new byte[request.remaining()];
        request.get(bytes);
        await(Phase.REPLY);
        return bytes;
    }

    private byte[] replied() throws TransportException {
        int reply = Byte.toUnsignedInt(answer[1]);
        if (reply != 0) {
            String why = reply <= REPLIES.size() ? REPLIES.get(reply - 1) : "for a reason that SOCKS5 does not know";
            throw refused(why + " (SOCKS5 reply " + reply + ")");
        }
        // The address that the proxy uses is of no interest, but must be gone before the server's bytes come.
        if (length > HEAD && length == HEAD + boundLength() + PORT) {
            phase = Phase.OPEN;
        }
        return NOTHING;
    }

    private int boundLength() throws TransportException {
        return switch (answer[HEAD - 1]) {
            case IPV4 -> 4;
            case IPV6 -> 16;
            case NAME -> 1 + Byte.toUnsignedInt(answer[HEAD]);
            default -> throw failed("tells an address of a kind that SOCKS5 does not know");
        };
    }

    private void await(Phase next) {
        phase = next;
        length = 0;
    }

    @Override
    public boolean isOpen() {
        return phase == Phase.OPEN;
    }

    @Override
    public boolean isAsked() {
        return phase == Phase.REPLY || phase == Phase.OPEN;
    }
}
