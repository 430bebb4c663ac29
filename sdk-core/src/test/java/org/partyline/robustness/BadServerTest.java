package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.partyline.error.ConnectionException;
import org.partyline.error.ConnectionException.Reason;
import org.partyline.error.ImException;
import org.partyline.error.ProtocolViolationException;
import org.partyline.error.ServerClosedException;
import org.partyline.session.ConnectionState;
import org.partyline.session.StateChange;
import org.partyline.testkit.TranscriptServer;
import org.slf4j.event.Level;

/**
 * Every misbehavior at every stage of connecting: a typed error within its deadline, a client that is disconnected, and a
 * message that waits through it and is delivered once by the next connection.
 */
class BadServerTest {
    private static Patience patience;
    private static LogCapture log;

    @BeforeAll
    static void start() {
        log = LogCapture.from(Level.WARN);
        patience = new Patience("bad-server");
    }

    @AfterAll
    static void end() {
        patience.close();
        log.close();
        List<String> alarming = log.lines().stream()
                .filter(line -> line.contains("LEAK") || line.startsWith("ERROR"))
                .toList();
        assertEquals(List.of(), alarming);
    }

    static Stream<Arguments> everything() {
        return Arrays.stream(Stage.values())
                .flatMap(stage -> Arrays.stream(Misbehavior.values()).map(how -> Arguments.of(stage, how)));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void misbehavior_isATypedError_andTheMessageIsNotLost(Stage stage, Misbehavior how) throws Exception {
        try (TranscriptServer bad = TranscriptServer.play("chat.test", how.at(stage));
                Patience.Try attempt = patience.begin(
                        stage.isDirect(),
                        (stage.isDirect() ? bad.directTlsEndpoint() : bad.startTlsEndpoint()).port())) {
            ImException failure = attempt.failure();
            check(stage, how, failure, attempt.port());
            assertEquals(ConnectionState.DISCONNECTED, attempt.client().state());
            StateChange last = attempt.lastChange();
            assertEquals(ConnectionState.DISCONNECTED, last.to());
            assertSame(failure, last.failure());
            attempt.assertNothingSettled();
            attempt.succeed();
        }
    }

    private static void check(Stage stage, Misbehavior how, ImException failure, int port) {
        assertFalse(String.valueOf(failure.getMessage()).isBlank());
        if (failure instanceof ConnectionException refused) {
            assertTrue(
                    refused.attempts().stream().anyMatch(each -> each.endpoint().contains(":" + port)),
                    () -> "does not name what was tried: " + refused.attempts());
        }
        boolean handshake = stage == Stage.PROCEEDED;
        switch (how) {
            case FALLS_SILENT -> assertReason(Reason.TIMED_OUT, failure);
            case CLOSES, RESETS -> assertReason(handshake ? Reason.TLS_FAILED : Reason.UNREACHABLE, failure);
            case SENDS_STREAM_ERROR -> {
                if (handshake) {
                    assertInstanceOf(ProtocolViolationException.class, failure);
                } else {
                    ServerClosedException closed = assertInstanceOf(ServerClosedException.class, failure);
                    assertEquals("system-shutdown", closed.condition());
                    assertTrue(closed.isRetryable());
                }
            }
            case SENDS_GARBAGE, SENDS_DOCTYPE, SENDS_TOO_MUCH -> assertForeign(failure);
            case ANSWERS_IN_HTTP -> {
                if (stage == Stage.ACCEPTED) {
                    assertReason(Reason.WRONG_PROTOCOL, failure);
                } else {
                    assertForeign(failure);
                }
            }
        }
    }

    private static void assertReason(Reason reason, ImException failure) {
        assertEquals(
                reason, assertInstanceOf(ConnectionException.class, failure).reason(), failure::getMessage);
    }

    private static void assertForeign(ImException failure) {
        if (failure instanceof ConnectionException refused) {
            assertEquals(Reason.WRONG_PROTOCOL, refused.reason(), refused::getMessage);
        } else {
            assertInstanceOf(ProtocolViolationException.class, failure);
        }
    }
}
