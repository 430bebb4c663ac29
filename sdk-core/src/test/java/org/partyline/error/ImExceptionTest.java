package org.partyline.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.error.ConnectionException.Attempt;
import org.partyline.error.ConnectionException.Reason;

class ImExceptionTest {

    static Stream<ImException> all() {
        IOException cause = new IOException("reset");
        return Stream.of(
                new NotConnectedException("load roster"),
                new ConnectionException(
                        "no endpoint of capulet.example answered",
                        Reason.UNREACHABLE,
                        List.of(new Attempt("tls://a.example:5223", "refused")),
                        cause,
                        true),
                new ConnectionLostException("load roster", "load roster: the connection was lost", cause, true),
                new AuthenticationFailedException("SCRAM-SHA-256", "not-authorized", "refused", null, false),
                new RequestRejectedException(
                        "load roster", "item-not-found", "text", "capulet.example", true, Duration.ofSeconds(3)),
                new RequestTimeoutException("load roster", "answer from capulet.example", Duration.ofSeconds(30)),
                new UnsupportedFeatureException("block", "urn:xmpp:blocking", "capulet.example"),
                new ProtocolViolationException("sign in", "a challenge after success", cause),
                new LimitExceededException("send message", "outboxMessages", 10_000),
                new ServerClosedException("conflict", "Replaced by new connection", false),
                new StreamOverflowException(1_000));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyOne_saysWhatWasAttempted_andCopiesWhole(ImException original) throws IOException {
        assertFalse(original.operation().isBlank());
        String message = String.valueOf(original.getMessage());
        assertFalse(message.isBlank());
        assertTrue(message.length() > 5, message);

        ImException copy = original.atCaller();
        assertNotSame(original, copy);
        assertSame(original.getClass(), copy.getClass());
        assertEquals(original.getMessage(), copy.getMessage());
        assertSame(original.getCause(), copy.getCause());
        assertEquals(original.isRetryable(), copy.isRetryable());
        assertEquals(original.retryAfter(), copy.retryAfter());
        assertSame(original, copy.getSuppressed()[0]);
        assertEquals(0, original.getSuppressed().length);

        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            out.writeObject(original); // throws where a field cannot be written
        }
    }

    @Test
    void copyOfACopy_leavesBothAsTheyAre() {
        ImException original = new NotConnectedException("load roster");
        ImException first = original.atCaller();
        ImException second = first.atCaller();
        assertEquals(0, original.getSuppressed().length);
        assertEquals(List.of(original), List.of(first.getSuppressed()));
        assertEquals(List.of(original), List.of(second.getSuppressed()), "what is suppressed stays");
    }

    @ParameterizedTest
    @CsvSource({
        "item-not-found, item-not-found",
        "911, 911",
        "'', undefined-condition",
        "'a b', undefined-condition",
        "'x\r\nFAKE LOG LINE', undefined-condition",
        "'\u202egnp', undefined-condition",
        "'${jndi:ldap://a}', undefined-condition",
        "'b\u00f6se', undefined-condition"
    })
    @DisplayName("T-LOG-2 a condition that could be none is undefined-condition, in the field and in the message")
    void conditions_areTokensOrUndefined(String given, String kept) {
        RequestRejectedException rejected = new RequestRejectedException("ask", given, null, null, false, null);
        assertEquals(kept, rejected.condition());
        assertEquals("ask: " + kept, rejected.getMessage());
        assertEquals(kept, new ServerClosedException(given, null, true).condition());
        assertEquals(kept, new AuthenticationFailedException(null, given, "refused", null, false).condition());
    }

    @Test
    void conditionThatIsTooLong_isUndefined() {
        assertEquals("a".repeat(64), new ServerClosedException("a".repeat(64), null, true).condition());
        assertEquals("undefined-condition", new ServerClosedException("a".repeat(65), null, true).condition());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb", "\u001b[2J", "a\u202eb", "\u200b", "\ud800", "\u2028", "\u0000", "\udb40\udc41"})
    @DisplayName("T-LOG-2 messages are one line, whatever foreign text goes in")
    void messages_holdNothingInvisible(String foreign) {
        Stream.of(
                        new RequestRejectedException("ask", "conflict", foreign, foreign, false, null),
                        new UnsupportedFeatureException("ask", foreign, foreign),
                        new RequestTimeoutException("ask", foreign, Duration.ofSeconds(1)),
                        new ProtocolViolationException("ask", foreign, null),
                        new ConnectionException(foreign, Reason.WRONG_PROTOCOL, List.of(), null, true))
                .forEach(failure -> {
                    String message = String.valueOf(failure.getMessage());
                    assertTrue(message.contains("<U+"), message);
                    assertTrue(
                            message.codePoints()
                                    .noneMatch(c -> Character.isISOControl(c)
                                            || Character.getType(c) == Character.FORMAT
                                            || Character.getType(c) == Character.SURROGATE
                                            || Character.getType(c) == Character.LINE_SEPARATOR),
                            message);
                });
    }

    @ParameterizedTest
    @DisplayName("L40 what a peer says takes 256 characters of a message, and no more")
    @CsvSource({"256, 256, false", "257, 256, true", "2560, 256, true"})
    void foreignText_isCut(int length, int kept, boolean cut) {
        String message = String.valueOf(
                new RequestRejectedException("ask", "conflict", null, "x".repeat(length), false, null).getMessage());
        assertEquals("ask: conflict by " + "x".repeat(kept) + (cut ? "..." : ""), message);
    }

    @Test
    void messageThatIsTooLong_isCut() {
        String message =
                String.valueOf(new ProtocolViolationException("ask", "x".repeat(1_000_000), null).getMessage());
        assertEquals("x".repeat(512) + "...", message);
    }

    @Test
    void messages_nameWhatAndWhere() {
        assertEquals(
                List.of(
                        "load roster: not connected",
                        "load roster: item-not-found by capulet.example",
                        "load roster: no answer from capulet.example within 30000 ms",
                        "block: capulet.example does not offer urn:xmpp:blocking",
                        "send message: over the limit outboxMessages = 10000",
                        "the subscriber fell 1000 events behind"),
                all().filter(failure -> failure instanceof NotConnectedException
                                || failure instanceof RequestRejectedException
                                || failure instanceof RequestTimeoutException
                                || failure instanceof UnsupportedFeatureException
                                || failure instanceof LimitExceededException
                                || failure instanceof StreamOverflowException)
                        .map(Throwable::getMessage)
                        .toList());
    }

    @Test
    void accessors_giveWhatWasPutIn() {
        RequestRejectedException rejected = assertInstanceOf(
                RequestRejectedException.class,
                all().filter(RequestRejectedException.class::isInstance)
                        .findFirst()
                        .orElseThrow());
        assertEquals(Optional.of("text"), rejected.text());
        assertEquals(Optional.of("capulet.example"), rejected.by());
        assertEquals(Optional.of(Duration.ofSeconds(3)), rejected.retryAfter());
        assertTrue(rejected.isRetryable());
    }
}
