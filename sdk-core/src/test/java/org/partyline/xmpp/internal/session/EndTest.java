package org.partyline.xmpp.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.error.ConnectionLostException;
import org.partyline.error.NotConnectedException;
import org.partyline.error.ServerClosedException;
import org.partyline.session.ConnectionState;
import org.partyline.session.StateChange;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.negotiation.StreamErrors;

/** How sessions end: by the application, by the server, by silence. */
class EndTest {
    private final Bench bench = new Bench();
    private FakeConnection server = bench.online();

    private StateChange lastChange() {
        return bench.changes.get(bench.changes.size() - 1);
    }

    private void streamError(String condition) {
        server.receive(XmlElement.builder(StreamErrors.STREAMS, "error")
                .child(XmlElement.of(StreamErrors.NS, condition))
                .build());
        server.lose(null);
    }

    @Test
    void disconnect_acknowledgesAndClosesInOrder() {
        server.receive(Bench.incoming("hi"));
        CompletableFuture<Void> done = bench.engine.lifecycle().disconnect();
        bench.loop.run();
        assertTrue(done.isDone());
        assertEquals(List.of("<a xmlns='urn:xmpp:sm:3' h='1'/>", "</stream>"), server.sent());
        assertEquals(ConnectionState.DISCONNECTED, lastChange().to());
        assertEquals(0, bench.loop.timers());
    }

    @Test
    void disconnect_keepsTheOutboxForTheNextConnection() {
        Bench.Progress written = bench.message("m1");
        bench.engine.lifecycle().disconnect();
        bench.loop.run();
        bench.message("m2");
        assertEquals(0, written.dropped);
        bench.engine.lifecycle().connect();
        server = bench.signIn();
        bench.bind(server, "sm2");
        List<String> wire = server.sent();
        assertEquals(
                List.of("m1", "m2"),
                wire.stream()
                        .filter(each -> each.startsWith("<message"))
                        .map(Bench::idOf)
                        .toList());
    }

    @Test
    void close_dropsWhatWaitsAndLeavesNothing() {
        Bench.Progress message = bench.message("m1");
        CompletableFuture<XmlElement> query =
                bench.engine.core().query("ask", "get", null, XmlElement.of("urn:xmpp:ping", "ping"), null);
        bench.loop.run();
        CompletableFuture<Void> closed = bench.engine.lifecycle().close();
        bench.loop.run();
        assertTrue(closed.isDone());
        assertEquals(1, message.dropped);
        assertInstanceOf(ConnectionLostException.class, Bench.failure(query));
        assertEquals(0, bench.loop.timers());
        Bench.Progress late = bench.message("m2");
        assertInstanceOf(NotConnectedException.class, Bench.failure(late.queued));
        assertEquals(ConnectionState.CLOSED, bench.engine.lifecycle().state());
    }

    @Test
    void close_whileConnecting_leavesNothing() {
        Bench fresh = new Bench();
        CompletableFuture<Void> connected = fresh.engine.lifecycle().connect();
        FakeConnection connection = fresh.transport.last();
        fresh.engine.lifecycle().close();
        fresh.loop.run();
        assertInstanceOf(NotConnectedException.class, Bench.failure(connected));
        assertTrue(connection.aborted);
        assertEquals(0, fresh.loop.timers());
    }

    @Test
    void conflict_isFinal() {
        streamError("conflict");
        assertEquals(ConnectionState.DISCONNECTED, lastChange().to());
        ServerClosedException failure =
                assertInstanceOf(ServerClosedException.class, lastChange().failure());
        assertEquals("conflict", failure.condition());
        assertEquals(0, bench.loop.timers());
    }

    @Test
    void systemShutdown_comesBackWithin30Seconds() {
        streamError("system-shutdown");
        assertEquals(ConnectionState.WAITING, lastChange().to());
        assertTrue(lastChange().delay() != null);
        bench.loop.advance(Duration.ofSeconds(30));
        assertEquals(2, bench.transport.connections.size());
    }

    @Test
    @DisplayName("R11: a server that vanished is found out 45 s after the first unanswered write")
    void silence_endsTheConnection() {
        bench.message("m1");
        bench.loop.advance(Duration.ofSeconds(44));
        assertEquals(ConnectionState.ONLINE, bench.engine.lifecycle().state());
        bench.loop.advance(Duration.ofSeconds(1));
        assertEquals(ConnectionState.WAITING, bench.engine.lifecycle().state());
        assertTrue(server.aborted);
        assertEquals(1, bench.loop.timers(), "only the next attempt");
    }

    @Test
    void anIdleServerThatAnswersProbes_isKept() {
        for (int i = 0; i < 20; i++) {
            bench.loop.advance(Duration.ofSeconds(133));
            if (server.sent().contains("<r xmlns='urn:xmpp:sm:3'/>")) {
                server.receive(Bench.ack(0));
            }
        }
        assertEquals(ConnectionState.ONLINE, bench.engine.lifecycle().state());
    }

    @Test
    void offline_requestsFailAndMessagesWait() {
        server.lose();
        assertFalse(bench.engine.core().isOnline());
        assertInstanceOf(
                NotConnectedException.class,
                Bench.failure(bench.engine.core().send("send presence", XmlElement.of("jabber:client", "presence"))));
        Bench.Progress message = bench.message("m1");
        assertTrue(message.queued.isDone());
        assertEquals(0, message.written);
    }

    @Test
    void aTransportThatStopsTaking_isWaitedFor() {
        server.writable = false;
        Bench.Progress message = bench.message("m1");
        assertEquals(0, message.written);
        server.turnWritable();
        assertEquals(1, message.written);
    }
}
