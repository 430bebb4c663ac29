package org.partyline.xmpp.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partyline.error.ConnectionLostException;
import org.partyline.error.NotConnectedException;
import org.partyline.error.ProtocolViolationException;
import org.partyline.session.ConnectionState;
import org.partyline.session.StateChange;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.sm.SmSession;

class ResumptionTest {
    private final Bench bench = new Bench();
    private FakeConnection server = bench.online();

    private static XmlElement resumed(int h) {
        return XmlElement.builder(Bench.SM, "resumed")
                .attribute("previd", "sm1")
                .attribute("h", Integer.toUnsignedString(h))
                .build();
    }

    private static XmlElement failed(@Nullable Integer h) {
        return XmlElement.builder(Bench.SM, "failed")
                .attribute("h", h == null ? null : h.toString())
                .child(XmlElement.of("urn:ietf:params:xml:ns:xmpp-stanzas", "item-not-found"))
                .build();
    }

    /** Cuts the connection, and comes back up to the features after sign-in; gives what the client says then. */
    private String comeBack() {
        server.lose();
        bench.engine.lifecycle().reconnectNow();
        server = bench.signIn();
        server.offer(Bench.BINDING, Bench.MANAGEMENT);
        return server.sent().get(0);
    }

    private StateChange lastChange() {
        return bench.changes.get(bench.changes.size() - 1);
    }

    private List<String> messages(List<String> wire) {
        List<String> ids = new ArrayList<>();
        for (String each : wire) {
            if (each.startsWith("<message")) {
                ids.add(Bench.idOf(each));
            }
        }
        return ids;
    }

    @Test
    void resumption_comesBeforeBinding_andNothingIsSentTwiceThatTheServerHas() {
        Bench.Progress one = bench.message("m1");
        Bench.Progress two = bench.message("m2");
        server.receive(Bench.incoming("hi"));
        assertEquals("<resume xmlns='urn:xmpp:sm:3' h='1' previd='sm1'/>", comeBack());
        Bench.Progress three = bench.message("m3");
        assertEquals(0, three.written);
        server.receive(resumed(1));
        assertEquals(List.of("m2", "m3"), messages(server.sent()));
        assertEquals(1, one.acknowledged);
        assertEquals(2, two.written);
        assertEquals(ConnectionState.ONLINE, lastChange().to());
        assertTrue(lastChange().resumed());
        server.receive(Bench.ack(3));
        assertEquals(1, two.acknowledged);
        assertEquals(1, three.acknowledged);
    }

    @Test
    @DisplayName("R7: 50 resumptions in a row, the counters of both sides equal each time")
    void fiftyResumptions_keepTheCount() {
        int sent = 0;
        int received = 0;
        List<Bench.Progress> all = new ArrayList<>();
        List<String> arrived = new ArrayList<>();
        for (int round = 0; round < 50; round++) {
            int lost = round % 4;
            for (int i = 0; i < 5; i++) {
                all.add(bench.message("m" + round + "-" + i));
            }
            for (int i = 0; i < round % 3; i++) {
                server.receive(Bench.incoming("in"));
                received++;
            }
            List<String> wire = messages(server.sent());
            arrived.addAll(wire.subList(0, wire.size() - lost));
            sent += wire.size() - lost;
            String resume = comeBack();
            assertTrue(resume.contains("h='" + received + "'"), resume);
            server.receive(resumed(sent));
        }
        arrived.addAll(messages(server.sent()));
        server.receive(Bench.ack(250));
        List<String> expected = new ArrayList<>();
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < 5; i++) {
                expected.add("m" + round + "-" + i);
            }
        }
        assertEquals(expected, arrived, "each once, in order");
        assertTrue(all.stream().allMatch(each -> each.acknowledged == 1));
        assertEquals(1, bench.signIns - 50);
    }

    @Test
    @DisplayName("R8: both counters pass 2^32 over a resumption")
    void countersWrap() {
        bench.engine.core().outbox().inFlight().reset(-3);
        List<Bench.Progress> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(bench.message("m" + i));
        }
        server.sent();
        server.receive(Bench.ack(-1));
        assertEquals(2, all.stream().filter(each -> each.acknowledged == 1).count());
        comeBack();
        server.receive(resumed(4));
        assertEquals(List.of("m7", "m8", "m9"), messages(server.sent()));
        server.receive(Bench.ack(7));
        assertTrue(all.stream().allMatch(each -> each.acknowledged == 1));
    }

    @Test
    void failedWithoutCount_sendsAllAgainUnderTheirIds_beforeNewOnes() {
        bench.message("m1");
        bench.message("m2");
        comeBack();
        Bench.Progress three = bench.message("m3");
        server.receive(failed(null));
        bench.answerBind(server);
        bench.enabled(server, "sm2");
        assertEquals(List.of("m1", "m2", "m3"), messages(server.sent()));
        assertFalse(lastChange().resumed());
        assertEquals(ConnectionState.ONLINE, lastChange().to());
        server.receive(Bench.ack(3));
        assertEquals(1, three.acknowledged);
    }

    @Test
    void failedWithCount_doesNotSendAgainWhatTheServerHas() {
        Bench.Progress one = bench.message("m1");
        bench.message("m2");
        comeBack();
        server.receive(failed(1));
        bench.answerBind(server);
        bench.enabled(server, "sm2");
        assertEquals(1, one.acknowledged);
        assertEquals(List.of("m2"), messages(server.sent()));
    }

    @Test
    void failedWithCount_isRememberedOverAnAttemptThatBreaks() {
        Bench.Progress one = bench.message("m1");
        bench.message("m2");
        comeBack();
        server.receive(failed(1));
        server.lose();
        bench.engine.lifecycle().reconnectNow();
        server = bench.signIn();
        bench.bind(server, "sm2"); // refused once, resumption is not asked for again
        assertEquals(1, one.acknowledged);
        assertEquals(List.of("m2"), messages(server.sent()));
    }

    @Test
    void failedWithoutCount_doesNotSendAgainWhatWasAnswered() {
        bench.message("m1");
        Bench.Progress two = bench.message("m2");
        two.answered = true;
        comeBack();
        server.receive(failed(null));
        bench.answerBind(server);
        bench.enabled(server, "sm2");
        assertEquals(List.of("m1"), messages(server.sent()));
        assertEquals(1, two.acknowledged);
        assertEquals(0, two.dropped);
    }

    @Test
    void requestsLiveOverAResumption_andFailWithTheSession() {
        CompletableFuture<XmlElement> answered = query();
        CompletableFuture<XmlElement> lost = query();
        String first = server.sent().get(0);
        comeBack();
        server.receive(resumed(2));
        assertFalse(answered.isDone());
        server.receive(XmlElement.builder("jabber:client", "iq")
                .attribute("type", "result")
                .attribute("id", Bench.idOf(first))
                .build());
        assertTrue(answered.isDone());
        comeBack();
        CompletableFuture<XmlElement> offline = query();
        assertInstanceOf(NotConnectedException.class, Bench.failure(offline));
        server.receive(failed(null));
        bench.answerBind(server);
        bench.enabled(server, "sm2");
        ConnectionLostException failure = assertInstanceOf(ConnectionLostException.class, Bench.failure(lost));
        assertTrue(failure.outcomeUnknown());
    }

    private CompletableFuture<XmlElement> query() {
        CompletableFuture<XmlElement> result = bench.engine
                .core()
                .query("ask", "get", null, XmlElement.of("urn:xmpp:ping", "ping"), Duration.ofMinutes(5));
        bench.loop.run();
        return result;
    }

    @Test
    void aSessionOlderThanTheServerKeepsIt_isNotAskedFor() {
        server.lose();
        bench.transport.failure = new TransportException(TransportException.Reason.CONNECT_FAILED, "refused", null);
        bench.loop.advance(Duration.ofSeconds(301));
        bench.transport.failure = null;
        bench.engine.lifecycle().reconnectNow();
        server = bench.signIn();
        server.offer(Bench.BINDING, Bench.MANAGEMENT);
        assertTrue(server.sent().get(0).contains("<bind"));
    }

    @Test
    void tooHighACount_endsTheStreamAndKeepsTheOutbox() {
        bench.message("m1");
        server.sent();
        server.receive(Bench.ack(2));
        List<String> said = server.sent();
        assertTrue(said.get(0).contains("undefined-condition"), said.get(0));
        assertTrue(said.get(0).contains("<handled-count-too-high xmlns='urn:xmpp:sm:3' send-count='1' h='2'/>"));
        assertInstanceOf(ProtocolViolationException.class, lastChange().failure());
        assertEquals(ConnectionState.WAITING, lastChange().to());
        bench.engine.lifecycle().reconnectNow();
        server = bench.signIn();
        bench.bind(server, "sm2");
        assertEquals(List.of("m1"), messages(server.sent()), "a new session, and the message in it");
    }

    @Test
    void aCountGoingBackwards_endsTheStream() {
        bench.message("m1");
        server.receive(Bench.ack(1));
        server.receive(Bench.ack(0));
        assertEquals(ConnectionState.WAITING, bench.engine.lifecycle().state());
        assertTrue(server.closed);
    }

    @Test
    void aCountThatIsNone_endsTheStream() {
        server.receive(XmlElement.builder(Bench.SM, "a").attribute("h", "-1").build());
        assertEquals(ConnectionState.WAITING, bench.engine.lifecycle().state());
    }

    @Test
    void resumedWithTooHighACount_startsANewSessionNextTime() {
        bench.message("m1");
        comeBack();
        server.receive(resumed(9));
        assertTrue(server.closed);
        bench.engine.lifecycle().reconnectNow();
        server = bench.signIn();
        bench.bind(server, "sm2");
        assertEquals(List.of("m1"), messages(server.sent()));
    }

    @Test
    void withoutStreamManagement_aPingTellsWhatTheServerHas() {
        Bench plain = new Bench();
        plain.engine.lifecycle().connect();
        FakeConnection connection = plain.signIn();
        plain.bind(connection, null);
        Bench.Progress progress = plain.message("m1");
        List<String> wire = connection.sent();
        assertTrue(wire.get(1).contains("<ping xmlns='urn:xmpp:ping'/>"), wire.get(1));
        XmlElement.Builder pong = XmlElement.builder("jabber:client", "iq")
                .attribute("type", "result")
                .attribute("id", Bench.idOf(wire.get(1)));
        connection.receive(pong.attribute("from", "mallory@capulet.example").build());
        assertEquals(0, progress.acknowledged);
        connection.receive(pong.attribute("from", "capulet.example").build());
        assertEquals(1, progress.acknowledged);
    }

    @Test
    void withoutStreamManagement_whatHasNoAnswerIsSentAgainInTheNextSession() {
        Bench plain = new Bench();
        plain.engine.lifecycle().connect();
        FakeConnection connection = plain.signIn();
        plain.bind(connection, null);
        plain.message("m1");
        connection.lose();
        plain.engine.lifecycle().reconnectNow();
        connection = plain.signIn();
        plain.bind(connection, null);
        assertEquals(List.of("m1"), messages(connection.sent()));
    }

    @ParameterizedTest
    @CsvSource({"4000, true", "4001, false", "40000, false"})
    void aSessionIdOverTheProtocolsBound_isOneThatCannotBeResumed(int length, boolean resumable) {
        SmSession begun = SmSession.begun(
                XmlElement.builder(Bench.SM, "enabled")
                        .attribute("id", "x".repeat(length))
                        .attribute("resume", "1")
                        .build(),
                0);
        assertEquals(resumable, begun.resumable(0));
    }

    @Test
    void theSessionIdIsNotShown() {
        assertFalse(SmSession.begun(
                        XmlElement.builder(Bench.SM, "enabled")
                                .attribute("id", "very-secret")
                                .attribute("resume", "1")
                                .build(),
                        0)
                .toString()
                .contains("very-secret"));
    }
}
