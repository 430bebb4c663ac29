package org.partyline.transport.internal.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
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
import org.partyline.transport.proxy.ProxyServer;

/** CONNECT (RFC 9110 section 9.3.6, RFC 7617) against proxies whose bytes are written by hand, honest ones and others. */
class HttpProxyTest {
    private static final Endpoint TARGET = Endpoint.directTls("hidden.invalid", 5223);
    private static final String OK = "HTTP/1.1 200 Connection established\r\n\r\n";

    private final ConnectFixture fixture = new ConnectFixture();
    /** Issued before any deadline runs. */
    private final Identity identity = fixture.identity();

    private final ScriptedDns dns;
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    HttpProxyTest() throws Exception {
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
                .proxy(ProxyServer.httpConnect("127.0.0.1", proxy.port()))
                .endpoints(TARGET);
    }

    private ProxyServer withCredentials(ScriptedServer proxy) {
        return ProxyServer.httpConnect("127.0.0.1", proxy.port()).withCredentials("r\u00f6meo", "s3cret:"::toCharArray);
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
        assertTrue(message.contains("HTTP_CONNECT 127.0.0.1:" + proxy.port()), message);
    }

    @ParameterizedTest
    @CsvSource({
        "hidden.invalid, hidden.invalid:5223",
        "192.0.2.7, 192.0.2.7:5223",
        "2001:db8::7, [2001:db8::7]:5223",
        "B\u00dcCHER.invalid, xn--bcher-kva.invalid:5223"
    })
    @DisplayName("CONNECT: the whole request; the host is told as a name, and nobody else is asked about it")
    void request_wholeText(String host, String authority) throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            seen.add(ProxyScripts.connect(peer));
            peer.send(OK);
            serve(peer);
        })) {
            connects(options(proxy).endpoints(Endpoint.directTls(host, 5223)).build());
            assertEquals("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n", next());
            assertEquals(List.of(), dns.questions());
        }
    }

    @Test
    @DisplayName("CONNECT: credentials go with the first request, by Basic in UTF-8, and bytes may come one by one")
    void credentials_areSentAtOnce() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            seen.add(ProxyScripts.connect(peer));
            for (int i = 0; i < OK.length(); i++) {
                peer.send(OK.substring(i, i + 1));
            }
            serve(peer);
        })) {
            connects(options(proxy).proxy(withCredentials(proxy)).build());
            Matcher sent = Pattern.compile("\r\nProxy-Authorization: Basic (\\S+)\r\n\r\n$")
                    .matcher(next());
            assertTrue(sent.find());
            byte[] pair = Base64.getDecoder().decode(sent.group(1));
            assertEquals("r\u00f6meo:s3cret:", new String(pair, StandardCharsets.UTF_8));
            assertEquals(1, proxy.accepted());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\n\r\n",
                "HTTP/1.1 200\r\n\r\n",
                "HTTP/1.1 299 Fine\r\nX: y\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nConnection: close\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
            })
    @DisplayName("CONNECT: every 2xx opens the tunnel, whatever it says about a body, after interim answers if need be")
    void success_opensTheTunnel(String answer) throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            ProxyScripts.connect(peer);
            peer.send(answer);
            serve(peer);
        })) {
            connects(options(proxy).build());
        }
    }

    @ParameterizedTest
    @CsvSource({"false, none are set", "true, does not accept"})
    @DisplayName("CONNECT: 407 ends the search at once, with or without credentials, which are in no message")
    void authenticationRequired_endsTheSearch(boolean given, String told) throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            seen.add(ProxyScripts.connect(peer));
            peer.send("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                    + "Content-Length: 5\r\n\r\nsorry");
            peer.drain();
        })) {
            TransportOptions.Builder options = options(proxy).endpoints(TARGET, TARGET);
            if (given) {
                options.proxy(withCredentials(proxy));
            }
            TransportException failure = fixture.connectFails(options.build());
            assertEquals(Reason.PROXY_AUTHENTICATION_FAILED, failure.reason(), failure::getMessage);
            assertEquals(1, proxy.accepted());
            assertTrue(String.valueOf(failure.getMessage()).contains(told), failure::getMessage);
            assertNames(proxy, failure);
            assertEquals(given, next().contains("Authorization"));
            assertFalse(failure.toString().contains("s3cret"), failure::toString);
        }
    }

    private static Arguments row(String name, Reason reason, String answer) {
        return Arguments.of(
                Named.of(name, (Script) peer -> {
                    ProxyScripts.connect(peer);
                    peer.send(answer);
                    if (reason != Reason.CONNECTION_LOST) {
                        peer.drain();
                    }
                }),
                reason);
    }

    private static Arguments endless(String name, Reason reason, String piece) {
        return Arguments.of(
                Named.of(name, (Script) peer -> {
                    ProxyScripts.connect(peer);
                    peer.send("HTTP/1.1 200 OK\r\n");
                    CountDownLatch never = new CountDownLatch(1);
                    while (!never.await(piece.length() > 1 ? 0 : 20, TimeUnit.MILLISECONDS)) {
                        peer.send(piece);
                    }
                }),
                reason);
    }

    static Stream<Arguments> misbehavior() {
        return Stream.of(
                row("silent", Reason.TIMED_OUT, ""),
                row("silent in mid-head", Reason.TIMED_OUT, "HTTP/1.1 200 OK\r\nA: b\r\n"),
                row("interim answer alone", Reason.TIMED_OUT, "HTTP/1.1 100 Continue\r\n\r\n"),
                row("closes when asked", Reason.CONNECTION_LOST, ""),
                row("closes in mid-head", Reason.CONNECTION_LOST, "HTTP/1.1 200 OK\r\nA: b"),
                row("forbids", Reason.CONNECT_FAILED, "HTTP/1.1 403 Forbidden\r\n\r\n<html></html>"),
                row("cannot reach it", Reason.CONNECT_FAILED, "HTTP/1.1 502 Bad Gateway\r\n\r\n"),
                row("redirects", Reason.CONNECT_FAILED, "HTTP/1.1 302 Found\r\nLocation: http://evil.invalid/\r\n\r\n"),
                row("switches protocols", Reason.CONNECT_FAILED, "HTTP/1.1 101 Switching Protocols\r\n\r\n"),
                row("speaks SOCKS5", Reason.PROXY_FAILED, "\u0005\u0000"),
                row("speaks XMPP", Reason.PROXY_FAILED, "<stream:stream>"),
                row("speaks HTTP/2", Reason.PROXY_FAILED, "HTTP/2 200\r\n\r\n"),
                row("no number for a status", Reason.PROXY_FAILED, "HTTP/1.1 2OO OK\r\n\r\n"),
                row("bytes before the server could speak", Reason.PROTOCOL_VIOLATION, OK + "\u0016"),
                row("a body after all", Reason.PROTOCOL_VIOLATION, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"),
                row("features in the clear", Reason.PROTOCOL_VIOLATION, OK + "<stream:features/>"),
                endless("a head without end", Reason.PROXY_FAILED, "A: " + "b".repeat(1000) + "\r\n"),
                endless("a line without end", Reason.PROXY_FAILED, "b".repeat(1000)),
                endless("drips", Reason.TIMED_OUT, "b"));
    }

    @ParameterizedTest
    @MethodSource("misbehavior")
    @DisplayName(
            "CONNECT: a proxy that refuses, lies, stops, hangs up or drips is a typed failure that names it, in time")
    void badProxy_isTold(Script script, Reason reason) throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(script)) {
            TransportException failure = fixture.connectFails(options(proxy)
                    .proxy(withCredentials(proxy))
                    .connectTimeout(Duration.ofMillis(500))
                    .build());
            assertEquals(reason, failure.reason(), failure::getMessage);
            assertNames(proxy, failure);
            assertFalse(failure.toString().contains("s3cret"), failure::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({"8192, true", "8193, false", "81920, false"})
    @DisplayName("CONNECT: a head of 8 KiB, interim answers included, and one byte more")
    void head_bound(int length, boolean accepted) throws Exception {
        String interim = "HTTP/1.1 100 Continue\r\n\r\n";
        String start = "HTTP/1.1 200 OK\r\nA: ";
        String answer = interim + start + "b".repeat(length - interim.length() - start.length() - 4) + "\r\n\r\n";
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            ProxyScripts.connect(peer);
            peer.send(answer);
            serve(peer);
        })) {
            if (accepted) {
                connects(options(proxy).build());
            } else {
                assertEquals(
                        Reason.PROXY_FAILED,
                        fixture.connectFails(options(proxy).build()).reason());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("T-NET-4: host-meta without end is read up to its bound, and one in gzip is not unpacked")
    void hostMeta_bomb(boolean endless) throws Exception {
        BlockingQueue<Integer> swallowed = new LinkedBlockingQueue<>();
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            if (!ProxyScripts.connect(peer).contains(":443 ")) {
                peer.send("HTTP/1.1 403 Forbidden\r\n\r\n");
                return;
            }
            peer.send(OK);
            peer.tls(identity.context()).startHandshake();
            seen.add(peer.readUntil("\r\n\r\n"));
            peer.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n");
            byte[] piece = gzip(1 << 20);
            if (!endless) {
                peer.out().write(piece);
                return;
            }
            // 64 GiB would come out of 64 MiB; what is taken of it is 64 KiB, and the buffers on the way hold some
            // more.
            try {
                for (int i = 0; i < 64 * 1024; i++) {
                    peer.out().write(piece);
                    peer.out().flush();
                }
                swallowed.add(64 * 1024);
            } catch (IOException hungUp) {
                swallowed.add(0);
            }
        })) {
            TransportException failure = fixture.connectFails(
                    options(proxy).endpoints().webSocketDiscovery(true).build());
            assertEquals(Reason.CONNECT_FAILED, failure.reason());
            assertEquals(2, failure.attempts().size(), "host-meta named no endpoint");
            assertFalse(next().contains("Accept-Encoding"));
            if (endless) {
                assertEquals(0, swallowed.poll(20, TimeUnit.SECONDS), "this side hung up");
            }
        }
    }

    private static byte[] gzip(int zeros) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(new byte[zeros]);
        }
        return bytes.toByteArray();
    }

    @Test
    @DisplayName("CONNECT: a proxy that lets port 443 pass alone: host-meta, then the WebSocket, both through it")
    void onlyHttps_findsTheWebSocket() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(peer -> {
            String target = ProxyScripts.connect(peer).split(" ", 3)[1];
            seen.add(target);
            if (!target.endsWith(":443")) {
                peer.send("HTTP/1.1 403 Forbidden\r\n\r\n");
                return;
            }
            peer.send(OK);
            peer.tls(identity.context()).startHandshake();
            String request = peer.readUntil("\r\n\r\n");
            if (request.startsWith("GET /.well-known/host-meta")) {
                String body = "<XRD xmlns='http://docs.oasis-open.org/ns/xri/xrd-1.0'>"
                        + "<Link rel='urn:xmpp:alt-connections:websocket' href='wss://im.example.org/ws'/></XRD>";
                peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body);
                return;
            }
            Matcher key = Pattern.compile("Sec-WebSocket-Key: (\\S+)").matcher(request);
            assertTrue(key.find());
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                            .getBytes(StandardCharsets.US_ASCII));
            peer.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest)
                    + "\r\nSec-WebSocket-Protocol: xmpp\r\n\r\n");
            peer.drain();
        })) {
            XmlConnection connection = fixture.connect(
                    options(proxy).endpoints().webSocketDiscovery(true).build());
            assertEquals(Endpoint.webSocket(URI.create("wss://im.example.org/ws")), connection.endpoint());
            fixture.run(connection::abort);
            assertEquals(
                    List.of("im.example.org:5222", "im.example.org:5223", "im.example.org:443", "im.example.org:443"),
                    List.copyOf(seen));
            assertEquals(List.of(), dns.questions());
        }
    }
}
