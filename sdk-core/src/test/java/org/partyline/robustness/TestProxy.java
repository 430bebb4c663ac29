package org.partyline.robustness;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.proxy.ProxyServer;

/** An honest proxy on loopback, by blocking sockets. It connects to nothing but the names that it was told. */
final class TestProxy implements AutoCloseable {
    private static final byte[] NO_ADDRESS = {0, 1, 0, 0, 0, 0, 0, 0};

    private final ProxyServer.Kind kind;
    private final @Nullable String credentials;
    private final Map<String, Integer> routes;
    private final ServerSocket listener;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> presented = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Serves whoever presents these credentials, as {@code name:password}; null for anybody. */
    TestProxy(ProxyServer.Kind kind, @Nullable String credentials, Map<String, Integer> routes) {
        this.kind = kind;
        this.credentials = credentials;
        this.routes = routes;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    ProxyServer address() {
        return kind == ProxyServer.Kind.SOCKS5
                ? ProxyServer.socks5("127.0.0.1", listener.getLocalPort())
                : ProxyServer.httpConnect("127.0.0.1", listener.getLocalPort());
    }

    /** The targets asked for, in order: {@code host:port}, where the host came as a name, else marked by its kind. */
    List<String> requests() {
        return requests;
    }

    /** The credentials that were presented, in order. */
    List<String> presented() {
        return presented;
    }

    /** Ends every connection through it. */
    void cut() {
        open.forEach(this::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                daemon(() -> serve(client));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket client) {
        try {
            client.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(client.getInputStream());
            String target = kind == ProxyServer.Kind.SOCKS5 ? socks(in, client) : http(in, client);
            if (target == null) {
                close(client);
                return;
            }
            Socket server = new Socket(InetAddress.getLoopbackAddress(), routes.get(target));
            open.add(server);
            server.setTcpNoDelay(true);
            client.getOutputStream()
                    .write(
                            kind == ProxyServer.Kind.SOCKS5
                                    ? new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0}
                                    : ascii("HTTP/1.1 200 Connection established\r\n\r\n"));
            daemon(() -> pump(server, client));
            pump(client, server);
        } catch (IOException e) {
            close(client);
        }
    }

    /** {@return the target, or null if it was refused} */
    private @Nullable String socks(DataInputStream in, Socket client) throws IOException {
        in.readUnsignedByte();
        byte[] methods = in.readNBytes(in.readUnsignedByte());
        int wanted = credentials == null ? 0 : 2;
        boolean offered = new String(methods, StandardCharsets.ISO_8859_1).indexOf(wanted) >= 0;
        client.getOutputStream().write(new byte[] {5, (byte) (offered ? wanted : 0xFF)});
        if (!offered) {
            return null;
        }
        if (credentials != null) {
            in.readUnsignedByte();
            String name = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
            String given = name + ":" + new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
            presented.add(given);
            client.getOutputStream().write(new byte[] {1, (byte) (given.equals(credentials) ? 0 : 1)});
            if (!given.equals(credentials)) {
                return null;
            }
        }
        int type = in.readNBytes(4)[3];
        int length = type == 3 ? in.readUnsignedByte() : type == 4 ? 16 : 4;
        byte[] address = in.readNBytes(length);
        String host = type == 3
                ? new String(address, StandardCharsets.US_ASCII)
                : "kind " + type + " " + InetAddress.getByAddress(address).getHostAddress();
        String target = host + ":" + in.readUnsignedShort();
        requests.add(target);
        if (!routes.containsKey(target)) {
            ByteArrayOutputStream reply = new ByteArrayOutputStream();
            reply.writeBytes(new byte[] {5, 4});
            reply.writeBytes(NO_ADDRESS);
            client.getOutputStream().write(reply.toByteArray());
            return null;
        }
        return target;
    }

    private @Nullable String http(DataInputStream in, Socket client) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        List<String> lines = head.toString().lines().toList();
        String sent = lines.stream()
                .filter(line -> line.startsWith("Proxy-Authorization: Basic "))
                .map(line -> new String(Base64.getDecoder().decode(line.substring(27)), StandardCharsets.UTF_8))
                .findFirst()
                .orElse(null);
        if (sent != null) {
            presented.add(sent);
        }
        if (credentials != null && !credentials.equals(sent)) {
            client.getOutputStream()
                    .write(
                            ascii(
                                    "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n"));
            return null;
        }
        String target = lines.get(0).split(" ", -1)[1];
        requests.add(target);
        if (!routes.containsKey(target)) {
            client.getOutputStream().write(ascii("HTTP/1.1 502 Bad Gateway\r\n\r\n"));
            return null;
        }
        return target;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                to.getOutputStream().write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private void close(Closeable socket) {
        try {
            open.remove(socket);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "test-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        close(listener);
        cut();
    }
}
