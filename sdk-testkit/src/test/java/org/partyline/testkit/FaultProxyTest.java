package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault, on real sockets, before a server that says what it hears. */
class FaultProxyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private ServerSocket echo;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = echoServer();
        proxy = FaultProxy.to(echo.getLocalPort());
    }

    private static ServerSocket echoServer() throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    Thread talk = new Thread(() -> {
                        try (socket) {
                            socket.getInputStream().transferTo(socket.getOutputStream());
                        } catch (IOException e) {
                            // The proxy has cut it.
                            return;
                        }
                    });
                    talk.setDaemon(true);
                    talk.start();
                } catch (IOException e) {
                    return;
                }
            }
        });
        acceptor.setDaemon(true);
        acceptor.start();
        return server;
    }

    @AfterEach
    void end() throws IOException {
        proxy.close();
        echo.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static void say(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String hear(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
    }

    private void awaitFaults(int count) throws InterruptedException {
        assertTrue(proxy.awaitFaults(count, PATIENCE), proxy::toString);
    }

    @Test
    void withoutFaults_everythingPasses() throws Exception {
        byte[] sent = new byte[1_000_000];
        new Random(1).nextBytes(sent);
        try (Socket socket = connect()) {
            Thread writer = new Thread(() -> {
                try {
                    socket.getOutputStream().write(sent);
                    socket.shutdownOutput();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            writer.start();
            assertArrayEquals(sent, socket.getInputStream().readAllBytes());
            writer.join();
        }
        assertEquals(1, proxy.connections());
        assertEquals(0, proxy.faults());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void end_comesBehindTheByteThatItIsSetFor(boolean inOrder) throws Exception {
        try (Socket socket = connect()) {
            say(socket, "hello");
            assertEquals("hello", hear(socket, 5));
            Fault fault = inOrder ? Fault.finish() : Fault.reset();
            proxy.inject(fault.towardsClient().after(3));
            say(socket, "good night");
            awaitFaults(1);
            if (inOrder) {
                assertEquals("goo", new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            } else {
                assertThrows(SocketException.class, () -> hear(socket, 10));
            }
        }
        try (Socket socket = connect()) {
            say(socket, "again");
            assertEquals("again", hear(socket, 5), "it happens once");
        }
    }

    @Test
    void silence_swallows_oneWayOrBoth_untilItIsHealed() throws Exception {
        try (Socket socket = connect()) {
            proxy.inject(Fault.silence().towardsClient());
            say(socket, "hello");
            awaitFaults(1);
            socket.setSoTimeout(200);
            assertThrows(SocketTimeoutException.class, () -> hear(socket, 1));
            proxy.heal();
            socket.setSoTimeout(30_000);
            assertThrows(SocketException.class, () -> {
                int heard = socket.getInputStream().read();
                throw new SocketException("heard " + heard);
            });
        }
        try (Socket socket = connect()) {
            say(socket, "again");
            assertEquals("again", hear(socket, 5));
        }
    }

    @Test
    void stall_losesNothing() throws Exception {
        try (Socket socket = connect()) {
            proxy.inject(Fault.stall());
            say(socket, "hello");
            awaitFaults(1);
            socket.setSoTimeout(200);
            assertThrows(SocketTimeoutException.class, () -> hear(socket, 1));
            proxy.heal();
            socket.setSoTimeout(30_000);
            assertEquals("hello", hear(socket, 5));
        }
    }

    @Test
    void slicesAndSlowness_loseNothing() throws Exception {
        try (Socket socket = connect()) {
            proxy.inject(Fault.slices());
            say(socket, "hello");
            assertEquals("hello", hear(socket, 5));
            proxy.inject(Fault.slow(200));
            say(socket, "good night");
            assertEquals("good night", hear(socket, 10));
            assertTrue(proxy.faults() >= 2, proxy::toString);
        }
    }

    @Test
    void refusal_lastsUntilItIsHealed() throws Exception {
        proxy.refuse();
        try (Socket socket = connect()) {
            assertThrows(IOException.class, () -> {
                say(socket, "hello");
                if (hear(socket, 5).isEmpty()) {
                    throw new IOException("closed");
                }
            });
        }
        proxy.heal();
        try (Socket socket = connect()) {
            say(socket, "hello");
            assertEquals("hello", hear(socket, 5));
        }
    }

    @Test
    void connections_areBounded() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < FaultProxy.MOST_CONNECTIONS; i++) {
                Socket socket = connect();
                sockets.add(socket);
                say(socket, "x");
                assertEquals("x", hear(socket, 1));
            }
            Socket tooMany = connect();
            sockets.add(tooMany);
            assertThrows(IOException.class, () -> {
                say(tooMany, "x");
                if (hear(tooMany, 1).isEmpty()) {
                    throw new IOException("closed");
                }
            });
            assertEquals(FaultProxy.MOST_CONNECTIONS, proxy.open());
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void target_canBeAnother() throws Exception {
        try (ServerSocket other = echoServer()) {
            echo.close();
            proxy.target(other.getLocalPort());
            try (Socket socket = connect()) {
                say(socket, "hello");
                assertEquals("hello", hear(socket, 5));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLIENT_HELLO", "SERVER_HELLO", "CLIENT_FINISHED", "FIRST_DATA"})
    void tls_isBrokenWhereItIsSetFor(String where) throws Exception {
        try (TestNetwork network = TestNetwork.start();
                FaultProxy tls = FaultProxy.to(network.directTlsEndpoint().port())) {
            Fault reset = Fault.reset();
            tls.inject(
                    switch (where) {
                        case "CLIENT_HELLO" -> reset.atClientHello();
                        case "SERVER_HELLO" -> reset.atServerHello();
                        case "CLIENT_FINISHED" -> reset.atClientFinished();
                        default -> reset.atFirstData();
                    });
            assertThrows(IOException.class, () -> talk(network, tls.port()));
            assertTrue(tls.awaitFaults(1, PATIENCE));
            assertTrue(talk(network, tls.port()) > 0, "once");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            message  | inside | <?xml version='1.0'?><stream:stream to='a'><r/><message
            r        | inside | <?xml version='1.0'?><stream:stream to='a'><r
            r        | behind | <?xml version='1.0'?><stream:stream to='a'><r/>
            message  | behind | <?xml version='1.0'?><stream:stream to='a'><r/><message to="b>'"><body>&lt;<![CDATA[</message>]]></body></message>
            iq       | inside | <?xml version='1.0'?><stream:stream to='a'><r/><message to="b>'"><body>&lt;<![CDATA[</message>]]></body></message><stream:stream> <iq
            """)
    void elements_areBrokenWhereItIsSetFor(String element, String place, String before) throws Exception {
        String all =
                "<?xml version='1.0'?><stream:stream to='a'><r/><message to=\"b>'\"><body>&lt;<![CDATA[</message>]]>"
                        + "</body></message><stream:stream> <iq id='1'><iq/></iq><c:presence/>";
        Fault finish = Fault.finish().towardsClient();
        proxy.inject(place.equals("inside") ? finish.inside(element) : finish.behind(element));
        try (Socket socket = connect()) {
            say(socket, all);
            String heard = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // Behind a name comes the byte that ends it.
            assertEquals(before, place.equals("inside") ? heard.substring(0, heard.length() - 1) : heard);
        }
        try (Socket socket = connect()) {
            say(socket, all);
            assertEquals(all, hear(socket, all.length()), "once");
        }
    }

    @Test
    void elementsBelowStanzas_areNotLookedAt() throws Exception {
        proxy.inject(Fault.reset().inside("body"));
        proxy.inject(Fault.reset().behind("presence"));
        try (Socket socket = connect()) {
            String all = "<stream><message><body/><presence></presence></message>\u0016<body/><presence/>";
            say(socket, all);
            assertEquals(all, hear(socket, all.length()));
        }
        assertEquals(0, proxy.faults());
    }

    @Test
    void stallBehindAnElement_holdsWhatFollowsAlone() throws Exception {
        proxy.inject(Fault.stall().towardsClient().behind("resume"));
        try (Socket socket = connect()) {
            say(socket, "<stream><resume/><r/>");
            assertEquals("<stream><resume/>", hear(socket, 17));
            awaitFaults(1);
            socket.setSoTimeout(200);
            assertThrows(SocketTimeoutException.class, () -> hear(socket, 1));
            proxy.heal();
            socket.setSoTimeout(30_000);
            assertEquals("<r/>", hear(socket, 4));
        }
    }

    @Test
    void faultsDrawnByLot_areThoseOfTheSeed() {
        List<String> first = drawn(7);
        assertEquals(first, drawn(7));
        assertNotEquals(first, drawn(8));
        // All kinds, and some at every time.
        for (String word : List.of(
                "FINISH", "RESET", "SILENCE", "STALL", "SLICE", "SLOW", "TO_SERVER", "TO_CLIENT", "after", "at ")) {
            assertTrue(first.stream().anyMatch(fault -> fault.contains(word)), word);
        }
    }

    private static List<String> drawn(long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> Fault.drawn(random).toString()).limit(200).toList();
    }

    private static int talk(TestNetwork network, int port) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry("root", network.trustAnchor());
        trust.init(roots);
        TrustManager[] managers = trust.getTrustManagers();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, null);
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.startHandshake();
            say(
                    socket,
                    "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='"
                            + network.domain() + "' version='1.0'>");
            InputStream in = socket.getInputStream();
            int first = in.read();
            if (first < 0) {
                throw new SSLException("closed");
            }
            return first;
        }
    }

    @Test
    void close_leavesNoThreads() throws Exception {
        Socket socket = connect();
        say(socket, "hello");
        assertEquals("hello", hear(socket, 5));
        proxy.close();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (threads() > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals(0, threads());
        socket.close();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("fault-proxy-"))
                .count();
    }
}
