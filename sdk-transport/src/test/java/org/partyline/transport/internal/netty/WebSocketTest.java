package org.partyline.transport.internal.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.internal.testing.ConnectFixture;
import org.partyline.transport.internal.testing.Recorder;
import org.partyline.transport.internal.testing.ScriptedServer;
import org.partyline.transport.internal.testing.ScriptedServer.Peer;
import org.partyline.transport.internal.testing.TestAuthority.Identity;
import org.partyline.transport.internal.testing.TestAuthority.Spec;
import org.partyline.transport.xml.XmlElement;

/** RFC 7395 against a server whose frames are made by hand. */
class WebSocketTest {
    private static final String OPEN = "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' version='1.0' id='w1'/>";
    private static final String CLOSE = "<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>";

    private final ConnectFixture fixture = new ConnectFixture();
    private final Identity identity = fixture.authority.issue(new Spec().dns("localhost"));
    private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    private TransportOptions options(ScriptedServer server) {
        return fixture.options()
                .endpoints(Endpoint.webSocket(URI.create("wss://localhost:" + server.port() + "/xmpp?x=1")))
                .build();
    }

    private String upgrade(Peer peer, String protocol) throws Exception {
        peer.tls(identity.context()).startHandshake();
        String request = peer.readUntil("\r\n\r\n");
        Matcher key = Pattern.compile("Sec-WebSocket-Key: (\\S+)").matcher(request);
        assertTrue(key.find());
        byte[] digest = MessageDigest.getInstance("SHA-1")
                .digest((key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
        peer.send("HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest) + protocol + "\r\n\r\n");
        return request;
    }

    private static void frame(Peer peer, int first, String payload) throws IOException {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(bytes.length + 4).put((byte) first);
        if (bytes.length < 126) {
            frame.put((byte) bytes.length);
        } else {
            frame.put((byte) 126).putShort((short) bytes.length);
        }
        frame.put(bytes);
        peer.out().write(frame.array(), 0, frame.position());
        peer.out().flush();
    }

    /** Reads one frame of the client's, as its opcode and text; insists on a mask. */
    private static String read(Peer peer) throws IOException {
        DataInputStream in = new DataInputStream(peer.in());
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        assertTrue((second & 0x80) != 0, "a client's frames are masked");
        int length = second & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return (first & 0x0F) + ":" + new String(payload, StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("RFC 7395: opens, exchanges stanzas in fragments and bursts, answers a ping, and closes in order")
    void stream_wholeLife() throws Exception {
        CompletableFuture<String> request = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(peer -> {
            request.complete(upgrade(peer, "\r\nSec-WebSocket-Protocol: xmpp"));
            received.add(read(peer));
            frame(peer, 0x81, OPEN);
            frame(peer, 0x01, "<message xmlns='jabber:client'><body>one");
            frame(peer, 0x89, "are you there");
            received.add(read(peer));
            frame(peer, 0x80, "</body></message>");
            received.add(read(peer));
            received.add(read(peer));
            received.add(read(peer));
            frame(peer, 0x81, CLOSE);
            received.add(read(peer));
            peer.drain();
        })) {
            XmlConnection connection = fixture.connect(options(server));
            assertEquals("localhost", Objects.requireNonNull(connection.tls()).verifiedName());
            Recorder recorder = fixture.open(connection);
            assertEquals("w1", recorder.opened.join().id());
            assertTrue(request.join().startsWith("GET /xmpp?x=1 HTTP/1.1\r\nHost: localhost:" + server.port()));
            assertTrue(next().startsWith("1:<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='im.example.org'"));
            assertEquals("10:are you there", next());
            fixture.run(() -> {
                connection.write(XmlElement.of("jabber:client", "presence"));
                connection.write(XmlElement.builder("urn:xmpp:sm:3", "r").build());
                connection.flush();
            });
            assertEquals("1:<presence xmlns='jabber:client'/>", next());
            assertEquals("1:<r xmlns='urn:xmpp:sm:3'/>", next());
            fixture.run(connection::close);
            assertEquals("1:" + CLOSE, next());
            assertTrue(next().startsWith("8:"));
            assertEquals(List.of(), ConnectFixture.await(recorder.ended()));
            assertEquals(List.of("opened", "element", "streamClosed", "disconnected"), recorder.calls);
            assertEquals("one", recorder.elements.get(0).childText("body"));
        }
    }

    private String next() throws InterruptedException {
        return String.valueOf(received.poll(20, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("RFC 7395 section 3.1: a server that does not choose the subprotocol xmpp is not spoken to")
    void noSubprotocol_fails() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
            upgrade(peer, "");
            peer.drain();
        })) {
            TransportException failure = fixture.connectFails(options(server));
            assertEquals(
                    Reason.NOT_XMPP, failure.reason(), () -> failure.attempts().toString());
        }
    }

    @Test
    @DisplayName("WebSocket: a web server that knows nothing of it is not XMPP")
    void plainWebServer_fails() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.tls(identity.context()).startHandshake();
            peer.readUntil("\r\n\r\n");
            peer.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
            peer.drain();
        })) {
            TransportException failure = fixture.connectFails(options(server));
            assertEquals(Reason.NOT_XMPP, failure.reason());
            assertTrue(String.valueOf(failure.getMessage()).contains("404"), failure::getMessage);
        }
    }

    @Test
    @DisplayName("WebSocket: the certificate must be for the URI's host")
    void otherHost_isRejected() throws Exception {
        Identity other = fixture.authority.issue(new Spec().dns(ConnectFixture.DOMAIN));
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.tls(other.context()).startHandshake();
            peer.drain();
        })) {
            assertEquals(
                    Reason.CERTIFICATE_REJECTED,
                    fixture.connectFails(options(server)).reason());
        }
    }

    @Test
    @DisplayName("WebSocket: a binary frame ends the connection")
    void binaryFrame_isViolation() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
            upgrade(peer, "\r\nSec-WebSocket-Protocol: xmpp");
            read(peer);
            frame(peer, 0x82, OPEN);
            peer.drain();
        })) {
            Recorder recorder = new Recorder();
            fixture.open(fixture.connect(options(server)), recorder);
            assertEquals(
                    Reason.PROTOCOL_VIOLATION,
                    ConnectFixture.await(recorder.ended()).get(0).reason());
        }
    }
}
