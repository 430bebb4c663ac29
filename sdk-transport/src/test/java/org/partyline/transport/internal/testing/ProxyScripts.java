package org.partyline.transport.internal.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.partyline.transport.internal.testing.ScriptedServer.Peer;

/** The proxy's side of SOCKS5 and of CONNECT, step by step and strictly, for scripts that then play the server, too. */
public final class ProxyScripts {
    /** A success that tells an IPv4 address. */
    public static final String SUCCEEDED = "05 00 00 01 7f000001 1466";

    private ProxyScripts() {}

    /** Sends bytes that are written as hexadecimal digits, with spaces for the reader. */
    public static void hex(Peer peer, String bytes) throws IOException {
        peer.out().write(HexFormat.of().parseHex(bytes.replace(" ", "")));
        peer.out().flush();
    }

    /** The same, each byte by itself. */
    public static void hexByByte(Peer peer, String bytes) throws IOException {
        for (byte each : HexFormat.of().parseHex(bytes.replace(" ", ""))) {
            peer.out().write(each);
            peer.out().flush();
        }
    }

    /** Reads the greeting, and gives the methods offered, as hexadecimal digits. */
    public static String methods(Peer peer) throws IOException {
        DataInputStream in = new DataInputStream(peer.in());
        require(in.readUnsignedByte() == 5, "the version is 5");
        return HexFormat.of().formatHex(in.readNBytes(in.readUnsignedByte()));
    }

    /** Reads what RFC 1929 asks for, and gives it as {@code username:password}. */
    public static String credentials(Peer peer) throws IOException {
        DataInputStream in = new DataInputStream(peer.in());
        require(in.readUnsignedByte() == 1, "the version is 1");
        byte[] username = in.readNBytes(in.readUnsignedByte());
        byte[] password = in.readNBytes(in.readUnsignedByte());
        return new String(username, StandardCharsets.UTF_8) + ":" + new String(password, StandardCharsets.UTF_8);
    }

    /** Reads the request, and gives it as {@code kind host:port}. */
    public static String request(Peer peer) throws IOException {
        DataInputStream in = new DataInputStream(peer.in());
        byte[] head = in.readNBytes(4);
        require(Arrays.equals(head, 0, 3, new byte[] {5, 1, 0}, 0, 3), "it is CONNECT");
        String host = switch (head[3]) {
            case 1 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
            case 3 -> new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
            case 4 -> InetAddress.getByAddress(in.readNBytes(16)).getHostAddress();
            default -> throw new IOException("a kind of address that there is not: " + head[3]);
        };
        return head[3] + " " + host + ":" + in.readUnsignedShort();
    }

    /** Agrees on no authentication, reads the request and grants it. */
    public static String socks5(Peer peer) throws IOException {
        methods(peer);
        hex(peer, "05 00");
        String request = request(peer);
        hex(peer, SUCCEEDED);
        return request;
    }

    /** Reads a CONNECT request with all of its head. */
    public static String connect(Peer peer) throws IOException {
        String head = peer.readUntil("\r\n\r\n");
        require(head.startsWith("CONNECT "), "it is CONNECT");
        return head;
    }

    private static void require(boolean holds, String what) throws IOException {
        if (!holds) {
            throw new IOException("not so: " + what);
        }
    }
}
