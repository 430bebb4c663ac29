package org.partyline.transport.internal.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.internal.testing.ConnectFixture;
import org.partyline.transport.internal.testing.ProxyScripts;
import org.partyline.transport.internal.testing.ScriptedDns;
import org.partyline.transport.internal.testing.ScriptedServer;
import org.partyline.transport.internal.testing.ScriptedServer.Peer;
import org.partyline.transport.internal.testing.ScriptedServer.Script;
import org.partyline.transport.internal.testing.TestAuthority.Identity;
import org.partyline.transport.internal.testing.TestAuthority.Spec;
import org.partyline.transport.proxy.ProxyServer;

/** SOCKS5 (RFC 1928, RFC 1929) against proxies whose bytes are written by hand, honest ones and others. */
class Socks5ProxyTest {
    private static final Endpoint TARGET = Endpoint.directTls("hidden.invalid", 5223);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final ConnectFixture fixture = new ConnectFixture();
    /** Issued before any deadline runs. */
    private final Identity identity = fixture.identity();

    private final ScriptedDns dns;
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    Socks5ProxyTest() throws Exception {
        dns = new ScriptedDns();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
        dns.close();
    }

    private TransportOptions.Builder options(ScriptedServer proxy) {
        return fixture.options()
                .nameServers(dns.address())
                .proxy(ProxyServer.socks5("127.0.0.1", proxy.port()))
                .endpoints(TARGET);
    }

    private ProxyServer withCredentials(ScriptedServer proxy) {
        return ProxyServer.socks5("127.0.0.1", proxy.port()).withCredentials("romeo", "s3cret"::toCharArray);
    }

    private void serve(Peer peer) throws Exception {
        peer.tls(identity.context()).startHandshake();
        peer.drain();
    }

    private void connects(TransportOptions options) throws Exception {
        XmlConnection connection = fixture.connect(options);
        assertEquals(
                ConnectFixture.DOMAIN, Objects.requireNonNull(connection.tls()).verifiedName());
        fixture.run(connection::abort);
    }

    private String next() throws InterruptedException {
        return String.valueOf(seen.poll(20, TimeUnit.SECONDS));
    }

    private static void assertNames(ScriptedServer proxy, TransportException failure) {
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains("SOCKS5 127.0.0.1:" + proxy.port()), message);
    }

    @Test
    @DisplayName("SOCKS5: the host goes to the proxy as a name, and nobody else is asked about it")
    void name_isResolvedByTheProxyAlone() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            seen.add(ProxyScripts.socks5(peer));
            serve(peer);
        })) {
            connects(options(proxy).build());
            assertEquals("3 hidden.invalid:5223", next());
            assertEquals(List.of(), dns.questions());
        }
    }

    @Test
    @DisplayName("SOCKS5: without endpoints the domain itself is tried, at 5222 and 5223, without any look-up")
    void noEndpoints_triesTheDomain() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            ProxyScripts.methods(peer);
            ProxyScripts.hex(peer, "05 00");
            String request = ProxyScripts.request(peer);
            seen.add(request);
            if (request.endsWith(":5222")) {
                ProxyScripts.hex(peer, "05 05 00 01 00000000 0000");
            } else {
                ProxyScripts.hex(peer, ProxyScripts.SUCCEEDED);
                serve(peer);
            }
        })) {
            XmlConnection connection =
                    fixture.connect(options(proxy).endpoints().build());
            assertEquals(Endpoint.directTls(ConnectFixture.DOMAIN, 5223), connection.endpoint());
            fixture.run(connection::abort);
            assertEquals("3 im.example.org:5222", next());
            assertEquals("3 im.example.org:5223", next());
            assertEquals(List.of(), dns.questions());
        }
    }

    @Test
    @DisplayName(
            "SOCKS5: SRV records are looked up from here on request alone, and their targets go to the proxy as names")
    void localServiceLookup_asksForSrvAlone() throws Exception {
        dns.srv("_xmpps-client._tcp.im.example.org", 1, 0, 443, "node.invalid");
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            seen.add(ProxyScripts.socks5(peer));
            serve(peer);
        })) {
            connects(options(proxy).endpoints().localServiceLookup(true).build());
            assertEquals("3 node.invalid:443", next());
            assertEquals(2, dns.questions().size());
            assertTrue(dns.questions().stream().allMatch(question -> question.endsWith("/33")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 1 192.0.2.7:5223",
        "2001:db8::7, 4 2001:db8:0:0:0:0:0:7:5223",
        "[2001:db8::7], 4 2001:db8:0:0:0:0:0:7:5223",
        "B\u00dcCHER.invalid, 3 xn--bcher-kva.invalid:5223"
    })
    @DisplayName("SOCKS5: literals go as addresses, names as A-labels")
    void target_form(String host, String expected) throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            seen.add(ProxyScripts.socks5(peer));
            serve(peer);
        })) {
            connects(options(proxy).endpoints(Endpoint.directTls(host, 5223)).build());
            assertEquals(expected, next());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ProxyScripts.SUCCEEDED,
                "05 00 00 04 00000000000000000000000000000001 1466",
                "05 00 00 03 04 686f7374 1466",
                "05 00 00 03 00 0000"
            })
    @DisplayName("SOCKS5: answers byte by byte, with every kind of bound address, and credentials")
    void bytesOneByOne_areUnderstood(String reply) throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            seen.add(ProxyScripts.methods(peer));
            ProxyScripts.hexByByte(peer, "05 02");
            seen.add(ProxyScripts.credentials(peer));
            ProxyScripts.hexByByte(peer, "01 00");
            ProxyScripts.request(peer);
            ProxyScripts.hexByByte(peer, reply);
            serve(peer);
        })) {
            connects(options(proxy).proxy(withCredentials(proxy)).build());
            assertEquals("0002", next());
            assertEquals("romeo:s3cret", next());
        }
    }

    @Test
    @DisplayName("SOCKS5: a name of 255 bytes as bound address is no part of the server's bytes")
    void longestBoundName_isSkipped() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            ProxyScripts.methods(peer);
            ProxyScripts.hex(peer, "05 00");
            ProxyScripts.request(peer);
            ProxyScripts.hex(peer, "05 00 00 03 ff" + "61".repeat(255) + "1466");
            serve(peer);
        })) {
            connects(options(proxy).build());
        }
    }

    @Test
    @DisplayName("SOCKS5: a proxy that asks for no credentials gets none, although they are set")
    void credentials_areSentOnlyWhenAskedFor() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            seen.add(ProxyScripts.methods(peer));
            ProxyScripts.hex(peer, "05 00");
            seen.add(ProxyScripts.request(peer));
            ProxyScripts.hex(peer, ProxyScripts.SUCCEEDED);
            serve(peer);
        })) {
            connects(options(proxy).proxy(withCredentials(proxy)).build());
            assertEquals("0002", next());
            assertEquals("3 hidden.invalid:5223", next());
        }
    }

    @Test
    @DisplayName("SOCKS5: the password's array is wiped, and asked for off the loop, for each connection anew")
    void password_isWiped() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            ProxyScripts.methods(peer);
            ProxyScripts.hex(peer, "05 02");
            ProxyScripts.credentials(peer);
            ProxyScripts.hex(peer, "01 00");
            ProxyScripts.request(peer);
            ProxyScripts.hex(peer, ProxyScripts.SUCCEEDED);
            serve(peer);
        })) {
            BlockingQueue<Map.Entry<String, char[]>> given = new LinkedBlockingQueue<>();
            ProxyServer server = ProxyServer.socks5("127.0.0.1", proxy.port()).withCredentials("romeo", () -> {
                char[] password = "s3cret".toCharArray();
                given.add(Map.entry(Thread.currentThread().getName(), password));
                return password;
            });
            connects(options(proxy).proxy(server).build());
            connects(options(proxy).proxy(server).build());
            assertEquals(2, given.size());
            for (Map.Entry<String, char[]> each : given) {
                assertArrayEquals(new char[6], each.getValue());
                assertTrue(each.getKey().startsWith("fixture-tls-"), each::getKey);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"01 01", "01 ff", "05 01"})
    @DisplayName("SOCKS5: refused credentials end the search at once, and are in no message")
    void wrongCredentials_endTheSearch(String status) throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            ProxyScripts.methods(peer);
            ProxyScripts.hex(peer, "05 02");
            ProxyScripts.credentials(peer);
            ProxyScripts.hex(peer, status);
            peer.drain();
        })) {
            TransportException failure = fixture.connectFails(options(proxy)
                    .proxy(withCredentials(proxy))
                    .endpoints(TARGET, TARGET)
                    .build());
            assertEquals(Reason.PROXY_AUTHENTICATION_FAILED, failure.reason());
            assertEquals(1, failure.attempts().size());
            assertEquals(1, proxy.accepted());
            assertNames(proxy, failure);
            assertFalse(failure.toString().contains("s3cret"), failure::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ff, PROXY_AUTHENTICATION_FAILED, none are set",
        "02, PROXY_FAILED, not offered: 2",
        "01, PROXY_FAILED, not offered: 1"
    })
    @DisplayName("SOCKS5: a proxy that insists on a method that was not offered")
    void method_notOffered(String method, Reason reason, String told) throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            seen.add(ProxyScripts.methods(peer));
            ProxyScripts.hex(peer, "05" + method);
            peer.drain();
        })) {
            TransportException failure = fixture.connectFails(options(proxy).build());
            assertEquals("00", next(), "without credentials there is nothing else to offer");
            assertEquals(reason, failure.reason());
            assertTrue(String.valueOf(failure.getMessage()).contains(told), failure::getMessage);
            assertNames(proxy, failure);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, general failure",
        "2, rules do not allow",
        "3, network unreachable",
        "4, host unreachable",
        "5, connection refused",
        "6, time to live expired",
        "7, command",
        "8, kind of address",
        "9, not know (SOCKS5 reply 9)",
        "255, not know (SOCKS5 reply 255)"
    })
    @DisplayName("SOCKS5: every reply is told in words, and the next endpoint is tried")
    void replies_areTold(int code, String told) throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            ProxyScripts.methods(peer);
            ProxyScripts.hex(peer, "05 00");
            ProxyScripts.request(peer);
            // Some proxies hang up without the address.
            ProxyScripts.hex(peer, String.format("05%02x", code));
        })) {
            TransportException failure = fixture.connectFails(
                    options(proxy).endpoints(TARGET, TARGET).build());
            assertEquals(Reason.CONNECT_FAILED, failure.reason());
            assertEquals(2, failure.attempts().size());
            assertTrue(String.valueOf(failure.getMessage()).contains(told), failure::getMessage);
            assertTrue(String.valueOf(failure.getMessage()).contains("hidden.invalid:5223"), failure::getMessage);
            assertNames(proxy, failure);
        }
    }

    private static Arguments row(String name, Reason reason, Script script) {
        return Arguments.of(Named.of(name, script), reason);
    }

    private static Script answers(String... answers) {
        return peer -> {
            for (int i = 0; i < answers.length; i++) {
                switch (i) {
                    case 0 -> ProxyScripts.methods(peer);
                    case 1 -> ProxyScripts.credentials(peer);
                    default -> ProxyScripts.request(peer);
                }
                ProxyScripts.hex(peer, answers[i]);
            }
        };
    }

    private static Script then(Script first, Script second) {
        return peer -> {
            first.run(peer);
            second.run(peer);
        };
    }

    /** Keeps sending a byte now and then, long past every deadline. */
    private static Script drip(String bytes) {
        return peer -> {
            CountDownLatch never = new CountDownLatch(1);
            for (int at = 0; !never.await(20, TimeUnit.MILLISECONDS); at += 2) {
                ProxyScripts.hex(peer, at < bytes.length() ? bytes.substring(at, at + 2) : "00");
            }
        };
    }

    static Stream<Arguments> misbehavior() {
        Script silent = Peer::drain;
        Script close = peer -> {};
        Script reset = peer -> peer.socket().setSoLinger(true, 0);
        Script greeted = answers("0502");
        Script signedIn = answers("0502", "0100");
        Script asked = then(signedIn, ProxyScripts::request);
        return Stream.of(
                row("silent from the start", Reason.PROXY_FAILED, silent),
                row("silent after the method", Reason.PROXY_FAILED, then(greeted, silent)),
                row("silent after the credentials", Reason.TIMED_OUT, then(asked, silent)),
                row("silent in mid-reply", Reason.TIMED_OUT, then(answers("0502", "0100", "050000"), silent)),
                row("closes at once", Reason.PROXY_FAILED, close),
                row("resets at once", Reason.PROXY_FAILED, then(ProxyScripts::methods, reset)),
                row("closes after the method", Reason.PROXY_FAILED, then(greeted, ProxyScripts::credentials)),
                row("closes after half a status", Reason.PROXY_FAILED, answers("0502", "01")),
                row("closes when asked", Reason.CONNECTION_LOST, asked),
                row("closes in mid-reply", Reason.CONNECTION_LOST, answers("0502", "0100", "0500000104")),
                row("speaks HTTP", Reason.PROXY_FAILED, peer -> peer.send("HTTP/1.1 400 Bad Request\r\n\r\n")),
                row("speaks SOCKS4", Reason.PROXY_FAILED, answers("005a")),
                row("speaks XMPP", Reason.PROXY_FAILED, peer -> peer.send("<stream:stream>")),
                row("wrong version of the status", Reason.PROXY_FAILED, answers("0502", "0200")),
                row("wrong version of the reply", Reason.PROXY_FAILED, answers("0502", "0100", "0400")),
                row("address of no kind", Reason.PROXY_FAILED, answers("0502", "0100", "0500000700")),
                row(
                        "a reply before the request",
                        Reason.PROTOCOL_VIOLATION,
                        answers("0502", "0100 05000001000000000000")),
                row(
                        "bytes before the server could speak",
                        Reason.PROTOCOL_VIOLATION,
                        answers("0502", "0100", ProxyScripts.SUCCEEDED + "16")),
                row("drips a method", Reason.PROXY_FAILED, then(ProxyScripts::methods, drip("05"))),
                row("drips an address", Reason.TIMED_OUT, then(asked, drip("05000003ff"))));
    }

    @ParameterizedTest
    @MethodSource("misbehavior")
    @DisplayName(
            "SOCKS5: a proxy that lies, stops, hangs up or drips is a typed failure that names it, within its deadline")
    void badProxy_isTold(Script script, Reason reason) throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(script)) {
            TransportException failure = fixture.connectFails(options(proxy)
                    .proxy(withCredentials(proxy))
                    .connectTimeout(SHORT)
                    .build());
            assertEquals(reason, failure.reason(), failure::getMessage);
            assertNames(proxy, failure);
            assertFalse(failure.toString().contains("s3cret"), failure::toString);
        }
    }

    @Test
    @DisplayName("Proxy: one that nobody listens at is told once, whatever endpoints there are")
    void refusedProxy_isTold() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        TransportException failure = fixture.connectFails(fixture.options()
                .proxy(ProxyServer.socks5("localhost", port))
                .endpoints(TARGET, TARGET)
                .build());
        assertEquals(Reason.PROXY_FAILED, failure.reason());
        assertTrue(String.valueOf(failure.getMessage()).contains("SOCKS5 localhost:" + port), failure::getMessage);
        assertTrue(failure.attempts().stream()
                .allMatch(attempt -> attempt.endpoint().equals(TARGET)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.test", "not a host"})
    @DisplayName("Proxy: one whose own name does not exist, or cannot be a name")
    void unknownProxy_isTold(String host) {
        TransportException failure = fixture.connectFails(fixture.options()
                .nameServers(dns.address())
                .proxy(ProxyServer.socks5(host, 1080))
                .build());
        assertEquals(Reason.PROXY_FAILED, failure.reason());
        assertTrue(String.valueOf(failure.getMessage()).contains("SOCKS5 " + host + ":1080"), failure::getMessage);
        assertTrue(
                dns.questions().stream().allMatch(question -> question.startsWith(host)),
                () -> dns.questions().toString());
    }

    @Test
    @DisplayName("Proxy: an address of its own that refuses does not count if another takes the connection")
    void secondAddressOfTheProxy_isTried() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            ProxyScripts.methods(peer);
            ProxyScripts.hex(peer, "05 00");
            ProxyScripts.request(peer);
            ProxyScripts.hex(peer, "05 05");
        })) {
            // The script listens on IPv4 alone, and localhost is tried with IPv6 first.
            TransportException failure = fixture.connectFails(options(proxy)
                    .proxy(ProxyServer.socks5("localhost", proxy.port()))
                    .build());
            assertEquals(Reason.CONNECT_FAILED, failure.reason(), failure::getMessage);
            assertEquals(1, failure.attempts().size());
        }
    }

    @Test
    @DisplayName("Proxy: the certificate is checked for the domain, whoever the proxy connects to")
    void otherCertificate_isRejected() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            ProxyScripts.socks5(peer);
            peer.tls(fixture.authority.issue(new Spec().dns("hidden.invalid")).context())
                    .startHandshake();
            peer.drain();
        })) {
            assertEquals(
                    Reason.CERTIFICATE_REJECTED,
                    fixture.connectFails(options(proxy).build()).reason());
        }
    }

    @Test
    @DisplayName("Proxy: bytes that are smuggled in before TLS break the handshake")
    void smuggledBytes_breakTls() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            ProxyScripts.socks5(peer);
            peer.in().read();
            peer.send("<stream:features/>");
            peer.drain();
        })) {
            assertEquals(
                    Reason.NOT_XMPP,
                    fixture.connectFails(options(proxy).build()).reason());
        }
    }

    @Test
    @DisplayName("Proxy: a password that cannot be had fails the connection")
    void password_throws() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(Peer::drain)) {
            TransportException failure = fixture.connectFails(options(proxy)
                    .proxy(ProxyServer.socks5("127.0.0.1", proxy.port()).withCredentials("romeo", () -> {
                        throw new IllegalStateException("the key ring is locked");
                    }))
                    .build());
            assertEquals(Reason.PROXY_AUTHENTICATION_FAILED, failure.reason());
            assertNames(proxy, failure);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"silent", "password"})
    @DisplayName("Proxy: cancelling a connect hangs up, whatever the proxy or the password is doing")
    void cancel_hangsUp(String where) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        char[] password = "s3cret".toCharArray();
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            if (where.equals("silent")) {
                ProxyScripts.methods(peer);
                reached.countDown();
            }
            peer.drain();
        })) {
            ProxyServer server = ProxyServer.socks5("127.0.0.1", proxy.port()).withCredentials("romeo", () -> {
                if (where.equals("password")) {
                    reached.countDown();
                    try {
                        assertTrue(released.await(20, TimeUnit.SECONDS));
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }
                return password;
            });
            CompletableFuture<XmlConnection> connecting = fixture.transport.connect(
                    ConnectFixture.DOMAIN, options(proxy).proxy(server).build(), fixture.loop);
            assertTrue(reached.await(20, TimeUnit.SECONDS));
            connecting.cancel(false);
            Throwable end = Objects.requireNonNull(proxy.ends().poll(20, TimeUnit.SECONDS));
            assertEquals("done", end.getMessage(), "the script saw the end of the stream");
            released.countDown();
            fixture.run(() -> {});
        }
    }
}
