package org.partyline.examples.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.testkit.TestNetworkExtension;
import org.partyline.testkit.Username;

/** Signing in through a proxy, with a password out of the environment. */
@ExtendWith(TestNetworkExtension.class)
@Timeout(120)
class ProxyOptionTest {
    @TempDir
    private Path directory;

    @Test
    void httpProxy_isGoneThroughToTheDomain(TestNetwork network, @Username("juliet") TestAccount juliet)
            throws Exception {
        try (HttpProxy proxy = new HttpProxy(network.startTlsEndpoint().port())) {
            Chat chat = Chat.in(
                    Map.of("PARTYLINE_PASSWORD", juliet.password(), "PARTYLINE_PROXY_PASSWORD", "s3cret"),
                    "chat",
                    "--account",
                    juliet.jid(),
                    "--proxy",
                    "http://romeo@127.0.0.1:" + proxy.port(),
                    "--trust",
                    TwoChatsTest.writePem(directory, network.trustAnchor()).toString());

            assertEquals(0, chat.await("online as " + juliet.jid()).end().exitCode(), chat::text);
            assertEquals(
                    List.of("CONNECT " + network.domain() + ":5222 HTTP/1.1|Host: " + network.domain()
                            + ":5222|Proxy-Authorization: Basic cm9tZW86czNjcmV0"),
                    proxy.heads);
            assertEquals(0, chat.count("s3cret"));
        }
    }

    /** Connects whatever is asked for to one port on loopback. */
    private static final class HttpProxy implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final int target;
        private final List<String> heads = new CopyOnWriteArrayList<>();

        HttpProxy(int target) throws IOException {
            this.target = target;
            daemon(this::serve);
        }

        int port() {
            return socket.getLocalPort();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try {
                    Socket client = socket.accept();
                    StringBuilder head = new StringBuilder();
                    while (head.indexOf("\r\n\r\n") < 0) {
                        head.append((char) client.getInputStream().read());
                    }
                    heads.add(head.toString().strip().replace("\r\n", "|"));
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    daemon(() -> pump(client, server));
                    daemon(() -> pump(server, client));
                } catch (IOException e) {
                    // The client hung up, or the test is over.
                }
            }
        }

        private static void pump(Socket from, Socket to) {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // One side ended it; both are closed.
            }
        }

        private static void daemon(Runnable task) {
            Thread thread = new Thread(task, "http-proxy");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
