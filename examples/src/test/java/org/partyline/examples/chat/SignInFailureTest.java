package org.partyline.examples.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.testkit.Faults;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.testkit.TestNetworkExtension;
import org.partyline.testkit.Username;
import org.partyline.transport.connection.Endpoint;

/** What cannot work: one line that says what was tried and what to do next, an exit code, no stack trace, no hang. */
@ExtendWith(TestNetworkExtension.class)
@Timeout(120)
class SignInFailureTest {
    private static final TestAccount NOBODY = new TestAccount("nobody", "localhost", "");

    @TempDir
    private Path directory;

    private static void assertFails(Chat chat, int code, String... parts) throws Exception {
        assertEquals(code, chat.exitCode(), chat::text);
        String text = chat.text();
        assertEquals(1, text.lines().filter(line -> line.startsWith("error: ")).count(), text);
        String last = text.lines().reduce("", (before, line) -> line);
        assertTrue(last.startsWith("error: "), text);
        for (String part : parts) {
            assertTrue(last.contains(part), text);
        }
        assertTrue(!text.contains("Exception") && !text.contains("\tat "), text);
    }

    private static String at(Endpoint endpoint) {
        return endpoint.host() + ":" + endpoint.port();
    }

    @Test
    void wrongPassword_isToldWithTheMechanism(TestNetwork network, @Username("juliet") TestAccount juliet)
            throws Exception {
        Chat chat = Chat.as(
                juliet,
                "not this one",
                "--server",
                at(network.startTlsEndpoint()),
                "--trust",
                TwoChatsTest.writePem(directory, network.trustAnchor()).toString());

        assertFails(chat, 1, "cannot sign in by SCRAM-SHA-512", "not-authorized", "Check the account's name");
        assertEquals(0, chat.count("not this one"));
    }

    @Test
    void untrustedCertificate_isToldWithWhatWouldTrustIt(TestNetwork network, @Username("juliet") TestAccount juliet)
            throws Exception {
        Chat chat = Chat.as(juliet, juliet.password(), "--server", at(network.directTlsEndpoint()), "--direct-tls");

        assertFails(chat, 1, at(network.directTlsEndpoint()), "--trust FILE.pem");
    }

    @Test
    void unknownHost_isToldByItsName() throws Exception {
        Chat chat = Chat.as(new TestAccount("juliet", "nowhere.invalid", ""), "secret", "--timeout", "20");

        assertFails(chat, 1, "cannot connect", "nowhere.invalid", "--server");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--starttls", "--direct-tls"})
    void refusedPort_isToldWithTheEndpoint(String kind) throws Exception {
        int port;
        try (ServerSocket closedAgain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closedAgain.getLocalPort();
        }
        Chat chat = Chat.as(NOBODY, "secret", "--server", "127.0.0.1:" + port, kind);

        assertFails(chat, 1, "cannot connect", "127.0.0.1:" + port, "refused", "Check that the server runs there");
    }

    @Test
    void refusedProxy_isToldAsSuch() throws Exception {
        int port;
        try (ServerSocket closedAgain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closedAgain.getLocalPort();
        }
        Chat chat = Chat.as(NOBODY, "secret", "--proxy", "socks5://127.0.0.1:" + port);

        assertFails(chat, 1, "cannot connect", "the proxy SOCKS5 127.0.0.1:" + port, "--proxy socks5://HOST:PORT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--starttls", "--direct-tls"})
    void httpServer_isToldToSpeakAnotherProtocol(String kind) throws Exception {
        try (Listener http = new Listener("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")) {
            Chat chat = Chat.as(NOBODY, "secret", "--server", "127.0.0.1:" + http.port(), kind);

            assertFails(chat, 1, "127.0.0.1:" + http.port(), "Check the port");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--starttls", "--direct-tls"})
    void serverThatSaysNothing_isGivenUpInTime(String kind) throws Exception {
        try (Listener silent = new Listener("")) {
            Chat chat = Chat.as(NOBODY, "secret", "--server", "127.0.0.1:" + silent.port(), kind, "--timeout", "2");

            assertFails(chat, 1, "127.0.0.1:" + silent.port(), "--timeout SECONDS");
        }
    }

    @Test
    void serverThatFallsSilentInSignIn_isGivenUpInTime(TestNetwork network, @Username("juliet") TestAccount juliet)
            throws Exception {
        network.faults().stopAt(Faults.Stage.SASL_CHALLENGE);
        Chat chat = Chat.as(
                juliet,
                juliet.password(),
                "--server",
                at(network.startTlsEndpoint()),
                "--timeout",
                "2",
                "--trust",
                TwoChatsTest.writePem(directory, network.trustAnchor()).toString());

        assertFails(chat, 1, "--timeout SECONDS");
    }

    @ParameterizedTest
    @CsvSource({
        "'chat --account a@@b', not an address",
        "'chat --account a@b..c', not an address",
        "'chat --account chat.test', lacks the name",
        "'chat', '--account you@server, or --embedded'",
        "'chat --embedded --account a@b.example', leave --account",
        "'chat --account a@b.example --server host:99999', a port is 1 to 65535",
        "'chat --account a@b.example --server ::1', brackets",
        "'chat --account a@b.example --direct-tls', go with --server",
        "'chat --account a@b.example --direct-tls --starttls', mutually exclusive",
        "'chat --account a@b.example --websocket http://b.example/ws', not a wss URI",
        "'chat --account a@b.example --trust /does/not/exist.pem', there is no file",
        "'chat --account a@b.example --timeout 0', 1 to 300",
        "'chat --account a@b.example --password secret', Unknown option",
        "'chat --account a@b.example', --password-file",
        "'chat --account a@b.example --password-file /does/not/exist', cannot read",
        "'chat --account a@b.example --proxy proxy.example:1080', --proxy is socks5://",
        "'chat --account a@b.example --proxy socks5://proxy.example:0', a port is 1 to 65535",
        "'chat --account a@b.example --proxy socks5://me:secret@proxy.example', PARTYLINE_PROXY_PASSWORD",
        "'chat --account a@b.example --proxy http://me@proxy.example', PARTYLINE_PROXY_PASSWORD",
        "'chat --embedded --proxy http://proxy.example', leave --account",
        "'demo --messages 1', 2 to 2000",
        "'demo --messages many', many",
        "'dance', dance",
        "'', which command"
    })
    void commandLine_thatCannotBeUsed_exitsWithTwo(String line, String part) throws Exception {
        Chat chat = Chat.with(line.isEmpty() ? new String[0] : line.split(" "));

        assertFails(chat, 2, part, "--help");
    }

    /** Accepts connections, reads what comes, and says the same to all. */
    private static final class Listener implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final byte[] answer;

        Listener(String answer) throws IOException {
            this.answer = answer.getBytes(StandardCharsets.US_ASCII);
            Thread thread = new Thread(this::serve, "listener");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return socket.getLocalPort();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket accepted = socket.accept()) {
                    if (accepted.getInputStream().read() >= 0 && answer.length > 0) {
                        accepted.getOutputStream().write(answer);
                    } else {
                        accepted.getInputStream().transferTo(OutputStream.nullOutputStream());
                    }
                } catch (IOException e) {
                    // The client hung up, or the test is over.
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
