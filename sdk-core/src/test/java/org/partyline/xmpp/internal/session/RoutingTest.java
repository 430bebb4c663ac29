package org.partyline.xmpp.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import org.partyline.address.Jid;
import org.partyline.error.LimitExceededException;
import org.partyline.error.RequestRejectedException;
import org.partyline.error.RequestTimeoutException;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlWriter;
import org.partyline.xmpp.internal.stanza.Stanzas;

class RoutingTest {
    private static final XmlElement PING = XmlElement.of("urn:xmpp:ping", "ping");

    private final Bench bench = new Bench();
    private final FakeConnection server = bench.online();

    private CompletableFuture<XmlElement> query(@Nullable String to) {
        CompletableFuture<XmlElement> result =
                bench.engine.core().query("ask", "get", to == null ? null : Jid.parse(to), PING, null);
        bench.loop.run();
        return result;
    }

    private static XmlElement.Builder iq(String type, String id, @Nullable String from) {
        return XmlElement.builder(Stanzas.CLIENT, "iq")
                .attribute("type", type)
                .attribute("id", id)
                .attribute("from", from);
    }

    @ParameterizedTest
    @DisplayName("T-ORG-3: an answer counts only from where the request went (RFC 6120 section 8.1.2.1)")
    @CsvSource(
            nullValues = "-",
            value = {
                // request's to, answer's from, believed
                "-, -, true",
                "-, juliet@capulet.example, true",
                "-, JULIET@capulet.example, true",
                "-, juliet@capulet.example/balcony, true",
                "-, capulet.example, true",
                "-, juliet@capulet.example/other, false",
                "-, mallory@capulet.example, false",
                "-, montague.example, false",
                "juliet@capulet.example, -, true",
                "juliet@capulet.example, capulet.example, true",
                "juliet@capulet.example, mallory@capulet.example, false",
                "capulet.example, -, true",
                "capulet.example, capulet.example, true",
                "capulet.example, juliet@capulet.example, false",
                "capulet.example, capulet.example/node, false",
                "romeo@montague.example, -, false",
                "romeo@montague.example, romeo@montague.example, true",
                "romeo@montague.example, romeo@montague.example/orchard, false",
                "romeo@montague.example, montague.example, false",
                "romeo@montague.example, capulet.example, false",
                "romeo@montague.example/a, romeo@montague.example/b, false",
                "romeo@montague.example, @, false"
            })
    void answers(@Nullable String to, @Nullable String from, boolean believed) {
        CompletableFuture<XmlElement> result = query(to);
        String id = Bench.idOf(server.sent().get(0));
        server.receive(iq("result", id, from).build());
        assertEquals(believed, result.isDone());
    }

    @Test
    @DisplayName("T-ORG-3: a wrong id, a second answer, and a request that poses as an answer")
    void answersThatAreNone() {
        CompletableFuture<XmlElement> result = query(null);
        String id = Bench.idOf(server.sent().get(0));
        server.receive(iq("result", "guess", null).build());
        server.receive(iq("set", id, null).child(PING).build());
        assertFalse(result.isDone());
        server.receive(iq("result", id, null).build());
        server.receive(iq("error", id, null).build());
        assertEquals("result", result.join().attribute("type"));
    }

    @Test
    void anError_isToldWithItsCondition() {
        CompletableFuture<XmlElement> result = query("romeo@montague.example");
        String id = Bench.idOf(server.sent().get(0));
        server.receive(iq("error", id, "romeo@montague.example")
                .child(XmlElement.builder(Stanzas.CLIENT, "error")
                        .attribute("type", "wait")
                        .child(XmlElement.of(Stanzas.ERRORS, "recipient-unavailable"))
                        .child(XmlElement.builder(Stanzas.ERRORS, "text")
                                .text("gone fishing")
                                .build())
                        .build())
                .build());
        RequestRejectedException failure = assertInstanceOf(RequestRejectedException.class, Bench.failure(result));
        assertEquals("recipient-unavailable", failure.condition());
        assertEquals("gone fishing", failure.text().orElseThrow());
        assertEquals("romeo@montague.example", failure.by().orElseThrow());
        assertTrue(failure.isRetryable());
    }

    @Test
    @DisplayName("L13: a request without an answer fails after 30 s")
    void noAnswer_timesOut() {
        CompletableFuture<XmlElement> result = query(null);
        bench.loop.advance(Duration.ofSeconds(29));
        server.receive(Bench.incoming("alive"));
        assertFalse(result.isDone());
        bench.loop.advance(Duration.ofSeconds(1));
        assertInstanceOf(RequestTimeoutException.class, Bench.failure(result));
    }

    @Test
    @DisplayName("L12: 256 requests may wait, and neither one more nor ten times as many")
    void tooManyRequests_fail() {
        List<CompletableFuture<XmlElement>> all = new ArrayList<>();
        for (int i = 0; i < 2_560; i++) {
            all.add(query(null));
        }
        assertFalse(all.get(255).isDone());
        for (CompletableFuture<XmlElement> each : all.subList(256, all.size())) {
            LimitExceededException refused = assertInstanceOf(LimitExceededException.class, Bench.failure(each));
            assertEquals("pendingRequests", refused.limit());
            assertEquals(256, refused.value());
        }
        assertEquals(256, bench.engine.core().requests().size());
        all.get(0).cancel(false);
        bench.loop.run();
        assertFalse(query(null).isDone(), "a cancelled request makes room");
    }

    @ParameterizedTest
    @DisplayName("L3: a stanza of 256 KiB goes out, and neither one of a byte more nor of ten times as much")
    @CsvSource({"262144, true", "262145, false", "2621440, false"})
    void largeStanza_isRefusedByName(int bytes, boolean taken) {
        XmlElement.Builder message = XmlElement.builder(Stanzas.CLIENT, "message");
        int frame = XmlWriter.encode(message.text("x").build()).length - 1;
        XmlElement stanza = XmlElement.builder(Stanzas.CLIENT, "message")
                .text("x".repeat(bytes - frame))
                .build();
        assertEquals(bytes, XmlWriter.encode(stanza).length);
        CompletableFuture<Void> sent = bench.engine.core().send("send", stanza);
        bench.loop.run();
        if (taken) {
            assertTrue(sent.isDone() && !sent.isCompletedExceptionally());
        } else {
            LimitExceededException refused = assertInstanceOf(LimitExceededException.class, Bench.failure(sent));
            assertEquals("outboundBytes", refused.limit());
            assertEquals(262_144, refused.value());
        }
    }

    @Test
    void aRequestThatNobodyKnows_isAnsweredWithServiceUnavailable() {
        server.receive(iq("get", "q1", "romeo@montague.example/x").child(PING).build());
        String answer = server.sent().get(0);
        assertTrue(answer.contains("type='error'") && answer.contains("id='q1'"), answer);
        assertTrue(answer.contains("to='romeo@montague.example/x'"), answer);
        assertTrue(answer.contains("<service-unavailable"), answer);
    }

    @Test
    void aRequestWithoutPayload_isABadRequest() {
        server.receive(iq("get", "q1", null).build());
        assertTrue(server.sent().get(0).contains("<bad-request"));
    }

    @Test
    void aRequestWithoutId_cannotBeAnswered() {
        server.receive(XmlElement.builder(Stanzas.CLIENT, "iq")
                .attribute("type", "get")
                .child(PING)
                .build());
        assertEquals(List.of(), server.sent());
    }

    @Test
    void aHandlerThatFails_isAnsweredWithInternalServerError() {
        bench.engine.core().router().onIq("urn:xmpp:ping", "ping", iq -> {
            throw new IllegalStateException("for the test");
        });
        server.receive(iq("get", "q1", null).child(PING).build());
        assertTrue(server.sent().get(0).contains("<internal-server-error"));
        assertTrue(bench.engine.core().isOnline());
    }

    @Test
    void aNameHasOneHandler() {
        Runnable remove = bench.engine.core().router().onDeferredIq("urn:x", "x", (iq, answer) -> {});
        assertThrows(
                IllegalStateException.class,
                () -> bench.engine.core().router().onDeferredIq("urn:x", "x", (iq, answer) -> {}));
        remove.run();
        bench.engine.core().router().onDeferredIq("urn:x", "x", (iq, answer) -> {});
    }

    @Test
    void manyRequestsForACount_inOneRead_areAnsweredOnce_withAllThatWasRead() {
        XmlElement ask = XmlElement.of(Bench.SM, "r");
        XmlElement message = XmlElement.builder(Stanzas.CLIENT, "message").build();
        server.sent();

        server.receiveAtOnce(ask, message, ask, message, ask);

        List<String> sent = new ArrayList<>(server.sent());
        assertEquals(List.of("<a xmlns='urn:xmpp:sm:3' h='2'/>"), sent);
        server.receive(message);
        assertEquals(List.of(), new ArrayList<>(server.sent()));
    }

    @Test
    @DisplayName("L14: 20 requests of one sender are answered in a second, the next is refused, the rest dropped")
    void floodOfOneSender() {
        for (int i = 0; i < 200; i++) {
            server.receive(
                    iq("get", "q" + i, "mallory@montague.example/x").child(PING).build());
        }
        List<String> answers = server.sent();
        answers.removeIf(each -> each.startsWith("<r "));
        assertEquals(21, answers.size());
        assertTrue(answers.get(20).contains("<policy-violation"));
        bench.loop.advance(Duration.ofSeconds(1));
        server.receive(
                iq("get", "again", "mallory@montague.example/x").child(PING).build());
        assertTrue(server.sent().get(0).contains("<service-unavailable"));
    }

    @Test
    @DisplayName("L14: 100 requests of all senders are answered in a second; the own server's always are")
    void floodOfManySenders() {
        for (int i = 0; i < 1_000; i++) {
            server.receive(iq("get", "q" + i, "m" + i + "@montague.example")
                    .child(PING)
                    .build());
        }
        List<String> answers = server.sent();
        answers.removeIf(each -> each.startsWith("<r "));
        assertEquals(101, answers.size());
        server.receive(iq("set", "push", "juliet@capulet.example").child(PING).build());
        assertEquals(
                1,
                server.sent().stream()
                        .filter(each -> each.contains("id='push'"))
                        .count());
    }

    @Test
    void aMessageGoesToTheFirstThatConsumesIt_andAFailureToTheNext() {
        List<String> heard = new ArrayList<>();
        bench.engine.core().router().onMessage(message -> {
            heard.add("fails");
            throw new IllegalStateException("for the test");
        });
        bench.engine.core().router().onMessage(message -> heard.add("consumes"));
        bench.engine.core().router().onMessage(message -> heard.add("never"));
        server.receive(Bench.incoming("hi"));
        assertEquals(List.of("fails", "consumes"), heard);
    }

    @Test
    void unknownElements_areNotHeeded() {
        server.receive(XmlElement.of("urn:example:new", "thing"));
        server.receive(XmlElement.of("jabber:server", "message"));
        assertTrue(bench.engine.core().isOnline());
        server.receive(XmlElement.of(Bench.SM, "r"));
        assertEquals(List.of("<a xmlns='urn:xmpp:sm:3' h='0'/>"), server.sent());
    }
}
