package org.partyline.transport.internal.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.internal.dns.DomainName;
import org.partyline.transport.internal.http.HttpHead;
import org.partyline.transport.proxy.ProxyServer;

/**
 * HTTP's method CONNECT (RFC 9110 section 9.3.6). Credentials go with the request, by Basic (RFC 7617): to wait for the
 * challenge would cost a connection, and hide them from nobody.
 */
final class HttpConnectDialog extends ProxyDialog {
    private static final byte[] START = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int AUTHENTICATION_REQUIRED = 407;

    private final @Nullable String username;
    private final String authority;
    private final byte[] head = new byte[HttpHead.MAX_BYTES];
    private int length;
    /** The bytes of heads that were only interim. */
    private int before;

    private boolean open;

    HttpConnectDialog(ProxyServer proxy, DomainName host, int port, byte @Nullable [] password) {
        super(proxy, authority(host, port), password);
        this.username = proxy.username();
        this.authority = authority(host, port);
    }

    @Override
    public byte[] begin() {
        byte[] start = ascii("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n");
        byte[] password = password();
        if (username == null || password == null) {
            return joined(start, ascii("\r\n"));
        }
        byte[] pair = joined((username + ":").getBytes(StandardCharsets.UTF_8), password);
        byte[] token = Base64.getEncoder().encode(pair);
        byte[] request = joined(start, ascii("Proxy-Authorization: Basic "), token, ascii("\r\n\r\n"));
        Arrays.fill(pair, (byte) 0);
        Arrays.fill(token, (byte) 0);
        return request;
    }

    @Override
    public byte[] take(byte next) throws TransportException {
        if (before + length == head.length) {
            throw failed("answers with a head of more than " + HttpHead.MAX_BYTES + " bytes");
        }
        head[length++] = next;
        if (length <= START.length && next != START[length - 1]) {
            throw failed("does not speak HTTP");
        }
        if (HttpHead.end(head, length, length - 4) > 0) {
            judge();
        }
        return NOTHING;
    }

    private void judge() throws TransportException {
        HttpHead response = HttpHead.parse(head, length);
        if (response == null) {
            throw failed("does not speak HTTP");
        }
        int status = response.status();
        if (status == AUTHENTICATION_REQUIRED) {
            throw notAuthenticated();
        }
        // RFC 9110 section 9.3.6: whatever a success says about a body, there is none.
        open = status / 100 == 2;
        if (!open && (status / 100 != 1 || status == SWITCHING_PROTOCOLS)) {
            throw refused("HTTP status " + status);
        }
        before += length;
        length = 0;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isAsked() {
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
