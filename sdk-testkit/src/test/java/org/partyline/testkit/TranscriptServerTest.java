package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that are played as bytes. */
class TranscriptServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String STREAM = "<?xml version='1.0'?><stream:stream xmlns='jabber:client'"
            + " xmlns:stream='http://etherx.jabber.org/streams' id='s' version='1.0' from='chat.test'>";

    /** A whole sign-in of an independent client, told byte by byte what a server says. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void signInOfSmack_isPlayed_inWholeChunks_andByteByByte(boolean byteByByte) throws Exception {
        Transcript begin = byteByByte ? Transcript.begin().byteByByte() : Transcript.begin();
        Transcript signIn = begin.expect("<stream:stream")
                .expect(">")
                .send(STREAM + "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
                        + "<mechanism>PLAIN</mechanism></mechanisms></stream:features>")
                .expect("</auth>")
                .send("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>")
                .expect("<stream:stream")
                .expect(">")
                .send(STREAM + "<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></stream:features>")
                .expect(Pattern.compile("<iq [^>]*id=['\"](?<id>[^'\"]+).*?</iq>"))
                .send("<iq type='result' id='{id}'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                        + "<jid>juliet@chat.test/ü\uD83C\uDF39</jid></bind></iq>")
                .expect("<presence")
                .expect("</stream:stream>")
                .send("</stream:stream>");
        try (TranscriptServer server = TranscriptServer.play("chat.test", signIn)) {
            XMPPTCPConnection client = new XMPPTCPConnection(XMPPTCPConnectionConfiguration.builder()
                    .setXmppDomain("chat.test")
                    .setHost("127.0.0.1")
                    .setPort(server.startTlsEndpoint().port())
                    .setSecurityMode(SecurityMode.disabled)
                    .setUsernameAndPassword("juliet", "secret")
                    .build());
            client.connect().login();
            assertEquals("juliet@chat.test/ü\uD83C\uDF39", client.getUser().toString());
            client.disconnect();

            server.awaitPlayed(PATIENCE);
        }
    }

    @Test
    void byteByByte_writesEachByteByItself_fromThereOn() throws Exception {
        Transcript transcript = Transcript.begin()
                .startTls()
                .send("whole")
                .expect("1")
                .byteByByte()
                .send("split")
                .send("ü".getBytes(StandardCharsets.UTF_8));
        try (TranscriptServer server = TranscriptServer.play("chat.test", transcript);
                SSLSocket client = tls(server)) {
            byte[] buffer = new byte[100];

            assertEquals(5, client.getInputStream().read(buffer));
            client.getOutputStream().write('1');
            for (byte expected : "splitü".getBytes(StandardCharsets.UTF_8)) {
                assertEquals(1, client.getInputStream().read(buffer));
                assertEquals(expected, buffer[0]);
            }
            assertEquals(-1, client.getInputStream().read(buffer));
            server.awaitPlayed(PATIENCE);
        }
    }

    @Test
    void transcripts_arePlayedOnePerConnection_andWhatCameIsKept() throws Exception {
        Transcript first = Transcript.begin().expect("one").send(new byte[] {0, (byte) 0xff});
        Transcript second = Transcript.begin().startTls().expect("two").expectEnd();
        try (TranscriptServer server = TranscriptServer.play("chat.test", first, second)) {
            try (Socket client = socket(server)) {
                client.getOutputStream().write("zero one".getBytes(StandardCharsets.UTF_8));
                assertArrayEquals(
                        new byte[] {0, (byte) 0xff}, client.getInputStream().readAllBytes());
            }
            try (SSLSocket client = tls(server)) {
                client.getOutputStream().write("two and more".getBytes(StandardCharsets.UTF_8));
            }

            server.awaitPlayed(PATIENCE);

            assertEquals("zero onetwo and more", new String(server.received(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void reset_resetsTheConnection() throws Exception {
        try (TranscriptServer server = TranscriptServer.play(
                        "chat.test", Transcript.begin().expect("x").reset());
                Socket client = socket(server)) {
            client.getOutputStream().write('x');

            assertThrows(SocketException.class, () -> client.getInputStream().read());
            server.awaitPlayed(PATIENCE);
        }
    }

    @Test
    void step_thatCannotBePlayed_namesItself() throws Exception {
        Transcript transcript = Transcript.begin().expect("one").send("two").expect("never said");
        try (TranscriptServer server = TranscriptServer.play("chat.test", transcript)) {
            try (Socket client = socket(server)) {
                client.getOutputStream().write("one".getBytes(StandardCharsets.UTF_8));
                client.getInputStream().readNBytes(3);
            }

            IllegalStateException stuck = assertThrows(IllegalStateException.class, () -> server.awaitPlayed(PATIENCE));
            assertTrue(
                    String.valueOf(stuck.getMessage()).contains("connection 1: expect never said"), stuck.getMessage());
        }
    }

    @Test
    void step_thatDoesNotCome_isNamedWhenTheTimeIsUp() throws Exception {
        try (TranscriptServer server =
                        TranscriptServer.play("chat.test", Transcript.begin().expect(Pattern.compile("ne+ver")));
                Socket client = socket(server)) {
            client.getOutputStream().write('n');

            IllegalStateException late =
                    assertThrows(IllegalStateException.class, () -> server.awaitPlayed(Duration.ofMillis(200)));
            assertTrue(String.valueOf(late.getMessage()).contains("expect match of ne+ver"), late.getMessage());
        }
    }

    @Test
    void startTls_afterBytesThatAreTooMany_getsStuck() throws Exception {
        try (TranscriptServer server = TranscriptServer.play(
                        "chat.test", Transcript.begin().expect("x").startTls());
                Socket client = socket(server)) {
            client.getOutputStream().write("xyz".getBytes(StandardCharsets.UTF_8));

            IllegalStateException stuck = assertThrows(IllegalStateException.class, () -> server.awaitPlayed(PATIENCE));
            assertTrue(String.valueOf(stuck.getMessage()).contains("start TLS"), stuck.getMessage());
        }
    }

    @Test
    void close_inTheMiddle_endsConnectionAndThread() throws Exception {
        TranscriptServer server =
                TranscriptServer.play("chat.test", Transcript.begin().expectEnd());
        try (Socket client = socket(server)) {
            client.getOutputStream().write('x');

            server.close();

            assertFalse(Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread -> thread.getName().startsWith("partyline-testkit-script-")));
            assertThrows(IllegalStateException.class, () -> server.awaitPlayed(PATIENCE));
        }
    }

    private static Socket socket(TranscriptServer server) throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), server.startTlsEndpoint().port());
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static SSLSocket tls(TranscriptServer server) throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("anchor", server.trustAnchor());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        Socket socket = socket(server);
        return (SSLSocket) context.getSocketFactory().createSocket(socket, "chat.test", socket.getPort(), true);
    }
}
