package org.partyline.xmpp.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.partyline.error.ConnectionException;
import org.partyline.spi.SessionLimits;
import org.partyline.trace.WireTrace;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.trace.WireTap;

/** What a whole session leaves in the trace, in order and direction. */
class TraceTest {
    private static final String SM_ID = "c4nary-of-the-session";
    private final Bench bench = new Bench(SessionLimits.DEFAULT, 1_000);

    private WireTrace trace() {
        return WireTap.trace(bench.engine.tap());
    }

    /** Direction, connection and the first line of each entry. */
    private List<String> lines() {
        return trace().entries().stream()
                .map(entry -> entry.kind().name().charAt(0) + "" + entry.connection() + " "
                        + entry.text().lines().findFirst().orElseThrow())
                .toList();
    }

    @Test
    void lossAndResumption_areTraced_withoutTheSessionsId() {
        bench.engine.lifecycle().connect();
        FakeConnection first = bench.signIn();
        bench.bind(first, SM_ID);
        bench.message("m1");
        first.receive(Bench.ack(1));
        first.receive(Bench.incoming("Wherefore?"));
        int before = lines().size();
        first.lose();
        bench.engine.lifecycle().reconnectNow();
        FakeConnection second = bench.signIn();
        second.offer(Bench.BINDING, Bench.MANAGEMENT);
        second.receive(XmlElement.builder(Bench.SM, "resumed")
                .attribute("previd", SM_ID)
                .attribute("h", "1")
                .build());

        List<String> lines = lines();
        assertEquals(
                List.of(
                        "E1 connecting to capulet.example",
                        "E1 connected to STARTTLS capulet.example:5222",
                        "S1 <stream xmlns='http://etherx.jabber.org/streams' to='capulet.example' version='1.0' xml:lang='en'/>"),
                lines.subList(0, 3));
        assertTrue(
                lines.contains("S1 <auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='TEST'>[secret]</auth>"));
        assertTrue(lines.contains("R1 <success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>[secret]</success>"));
        assertTrue(lines.contains("R1 <enabled xmlns='urn:xmpp:sm:3' id='[secret]' resume='true' max='300'/>"));
        int sent = lines.indexOf("S1 <message xmlns='jabber:client' id='m1' to='romeo@montague.example'>");
        assertEquals(
                List.of(
                        "S1 <r xmlns='urn:xmpp:sm:3'/>",
                        "R1 <a xmlns='urn:xmpp:sm:3' h='1'/>",
                        "R1 <message xmlns='jabber:client' from='romeo@montague.example/orchard'>"),
                lines.subList(sent + 1, sent + 4));
        assertEquals("E1 the connection ended, CONNECTION_LOST: connection reset", lines.get(before), lines::toString);
        assertTrue(lines.get(before + 1).startsWith("E1 ConnectionLostException: "), lines::toString);
        assertEquals("E2 connecting to capulet.example", lines.get(before + 2));
        assertEquals("R2 <resumed xmlns='urn:xmpp:sm:3' previd='[secret]' h='1'/>", lines.get(lines.size() - 1));
        assertTrue(lines.contains("S2 <resume xmlns='urn:xmpp:sm:3' h='1' previd='[secret]'/>"), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("E2 TLS established with STARTTLS capulet")));
        assertFalse(trace().withBodies(true).text().contains(SM_ID));
        assertFalse(trace().text().contains("Wherefore"));
        assertTrue(trace().withBodies(true).text().contains("<body>Wherefore?</body>"));
    }

    @Test
    void handshakeThatFails_isTraced_andFailsAsWithoutATrace() {
        CompletableFuture<Void> connected = bench.engine.lifecycle().connect();
        FakeConnection server = bench.transport.last();
        server.handshakeFailure =
                new TransportException(TransportException.Reason.CERTIFICATE_REJECTED, "not trusted", null);
        server.offer(Bench.STARTTLS);
        server.receive(XmlElement.of("urn:ietf:params:xml:ns:xmpp-tls", "proceed"));

        ConnectionException failure = assertInstanceOf(ConnectionException.class, Bench.failure(connected));
        assertEquals(ConnectionException.Reason.CERTIFICATE_REJECTED, failure.reason());
        assertTrue(lines().contains("E1 TLS failed: not trusted"), () -> lines().toString());
    }

    @Test
    void connectionThatIsNotMade_isTraced() {
        bench.transport.failure =
                new TransportException(TransportException.Reason.CONNECT_FAILED, "nobody there", null);
        CompletableFuture<Void> connected = bench.engine.lifecycle().connect();
        bench.loop.run();

        Bench.failure(connected);
        assertEquals("E1 connecting to capulet.example", lines().get(0));
        assertTrue(lines().get(1).startsWith("E1 ConnectionException: "), () -> lines().toString());
    }

    @Test
    void newestElements_areKept_overAllConnections() {
        Bench small = new Bench(SessionLimits.DEFAULT, 3);
        FakeConnection server = small.online();
        for (int i = 0; i < 30; i++) {
            server.receive(Bench.incoming("text " + i));
        }
        List<WireTrace.Entry> entries = WireTap.trace(Objects.requireNonNull(small.engine.tap()))
                .withBodies(true)
                .entries();

        assertEquals(3, entries.size());
        for (int i = 0; i < 3; i++) {
            assertTrue(entries.get(i).text().contains("<body>text " + (27 + i) + "</body>"));
        }
    }

    @Test
    void withoutATrace_theConnectionIsTheTransportsOwn() {
        Bench plain = new Bench();
        plain.online();

        assertNull(plain.engine.tap());
        assertInstanceOf(LiveStream.class, plain.transport.last().listener());
        bench.online();
        assertFalse(bench.transport.last().listener() instanceof LiveStream);
        assertEquals(List.of(), WireTap.trace(null).entries());
    }
}
