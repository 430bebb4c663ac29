package org.partyline.transport.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.partyline.transport.xml.XmlStreamDecoder.Framing;
import org.partyline.transport.xml.XmlStreamException.Condition;

class StreamLimitsTest {
    private static final String OPEN = "<s:stream xmlns='jabber:client' xmlns:s='http://etherx.jabber.org/streams'>";
    private static final XmlLimits LIMITS = XmlLimits.DEFAULT;

    /** Makes an element that has {@code n} of what is limited. */
    record Limit(String name, int limit, boolean authenticated, IntFunction<String> element) {
        byte[] bytes(int n) {
            return (OPEN + element.apply(n)).getBytes(StandardCharsets.UTF_8);
        }

        Recorder recorder() {
            Recorder recorder = new Recorder();
            if (authenticated) {
                recorder.decoder.authenticated();
            }
            return recorder;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Limit> limits() {
        return Stream.of(
                new Limit("L1 stanzaBytes", LIMITS.stanzaBytes(), true, n -> "<m>" + "x".repeat(n - 7) + "</m>"),
                new Limit("L2 preAuthBytes", LIMITS.preAuthBytes(), false, n -> "<m>" + "x".repeat(n - 7) + "</m>"),
                new Limit("L4 depth", LIMITS.depth(), true, n -> "<a>".repeat(n) + "</a>".repeat(n)),
                new Limit("L5 attributes", LIMITS.attributes(), true, n -> "<m" + each(n, " a%d=''") + "/>"),
                new Limit("L6 namespaces", LIMITS.namespaces(), true, n -> "<m" + each(n, " xmlns:p%d='u'") + "/>"),
                new Limit("L6 namespacesInScope", LIMITS.namespacesInScope(), true, n -> {
                    // The root of the stream declares two.
                    StringBuilder nested = new StringBuilder();
                    int elements = 0;
                    for (int left = n - 2; left > 0; left -= 16, elements++) {
                        nested.append("<m")
                                .append(each(Math.min(left, 16), " xmlns:p%d='u'"))
                                .append('>');
                        if (elements == 60) {
                            break;
                        }
                    }
                    return nested + "</m>".repeat(elements);
                }),
                new Limit("L7 tagBytes", LIMITS.tagBytes(), true, n -> {
                    String half = "x".repeat(8000);
                    String start = "<m a='" + half + "' b='" + half + "'";
                    return start + " ".repeat(n - start.length() - 2) + "/>";
                }),
                new Limit("L8 elements", LIMITS.elements(), true, n -> "<m>" + "<a/>".repeat(n - 1) + "</m>"),
                new Limit("L9 nameLength of an element", LIMITS.nameLength(), true, n -> "<" + "n".repeat(n) + "/>"),
                new Limit(
                        "L9 nameLength of an attribute",
                        LIMITS.nameLength(),
                        true,
                        n -> "<m " + "n".repeat(n) + "=''/>"),
                new Limit("L9 valueBytes", LIMITS.valueBytes(), true, n -> "<m a='" + "v".repeat(n) + "'/>"),
                new Limit(
                        "L10 text, as L1",
                        LIMITS.stanzaBytes(),
                        true,
                        n -> "<m><![CDATA[" + "x".repeat(n - 19) + "]]></m>"));
    }

    private static String each(int n, String form) {
        StringBuilder all = new StringBuilder();
        IntStream.range(0, n).forEach(i -> all.append(String.format(form, i)));
        return all.toString();
    }

    @ParameterizedTest
    @MethodSource("limits")
    void feed_atTheLimit_isAccepted(Limit limit) throws XmlStreamException {
        byte[] bytes = limit.bytes(limit.limit);
        assertEquals(1, limit.recorder().feed(bytes).elements.size());
        assertEquals(1, limit.recorder().drip(bytes).elements.size());
    }

    @ParameterizedTest
    @MethodSource("limits")
    void feed_oneOverTheLimit_isRefused(Limit limit) {
        byte[] bytes = limit.bytes(limit.limit + 1);
        Recorder whole = limit.recorder();
        assertEquals(Condition.POLICY_VIOLATION, whole.failureOf(bytes));
        Recorder dripped = limit.recorder();
        XmlStreamException failure = assertThrows(XmlStreamException.class, () -> dripped.drip(bytes));
        assertEquals(Condition.POLICY_VIOLATION, failure.condition());
        String setting =
                limit.name().startsWith("L10") ? "stanzaBytes" : limit.name().replaceAll("^\\S+ (\\S+).*", "$1");
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.endsWith(" over the limit " + setting + " = " + limit.limit()), message);
        assertTrue(whole.elements.isEmpty() && dripped.elements.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("limits")
    void feed_tenTimesTheLimit_isRefusedAtTheFirstByteTooMuch(Limit limit) {
        int once = refusedAt(limit, limit.bytes(limit.limit + 1));
        int tenTimes = refusedAt(limit, limit.bytes(limit.limit * 10));
        // Where the excess is counted, and not its length, decides: the parser never sees more of the one than of the
        // other.
        assertEquals(once, tenTimes, 1000);
    }

    /** {@return the position of the byte that was refused, found by feeding byte by byte} */
    private static int refusedAt(Limit limit, byte[] bytes) {
        Recorder recorder = limit.recorder();
        for (int i = 0; i < bytes.length; i++) {
            if (recorder.failureOf(Arrays.copyOfRange(bytes, i, i + 1)) != null) {
                return i;
            }
        }
        return bytes.length;
    }

    @Test
    @DisplayName("L7 the stream's own header is limited as any tag is")
    void feed_endlessHeader_isRefused() {
        Recorder recorder = new Recorder();
        recorder.decoder.authenticated();
        byte[] header = ("<s" + " ".repeat(LIMITS.tagBytes())).getBytes(StandardCharsets.UTF_8);
        assertEquals(Condition.POLICY_VIOLATION, recorder.failureOf(header));
    }

    @Test
    void feed_endlessDeclaration_isRefused() {
        byte[] declaration = ("<?xml version='1.0'" + " ".repeat(200)).getBytes(StandardCharsets.UTF_8);
        assertEquals(Condition.POLICY_VIOLATION, new Recorder().failureOf(declaration));
    }

    @Test
    void feed_manyElements_areLimitedEachByItself() throws XmlStreamException {
        Recorder recorder = new Recorder();
        recorder.decoder.authenticated();
        recorder.feed(OPEN);
        String element = "<m xmlns:a='u' xmlns:b='u'>" + "<a/>".repeat(4000) + "</m>";
        for (int i = 0; i < 100; i++) {
            recorder.feed(element);
        }
        assertEquals(100, recorder.elements.size());
    }

    @Test
    void feed_documents_areLimitedToo() throws XmlStreamException {
        Recorder recorder = new Recorder(Framing.DOCUMENTS, LIMITS);
        recorder.feed("<a>".repeat(64) + "</a>".repeat(64));
        assertEquals(1, recorder.elements.size());
        assertEquals(
                Condition.POLICY_VIOLATION, recorder.failureOf("<a>".repeat(65).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void feed_whiteSpaceBetweenElements_isNotCounted() throws XmlStreamException {
        Recorder recorder = new Recorder().feed(OPEN);
        for (int i = 0; i < 100; i++) {
            recorder.feed(" \n".repeat(LIMITS.preAuthBytes()));
        }
        assertNull(recorder.failureOf("<m/>".getBytes(StandardCharsets.UTF_8)));
    }
}
