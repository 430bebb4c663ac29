package org.partyline.xmpp.internal.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.internal.engine.ManualLoop;
import org.partyline.trace.WireTrace.Kind;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlWriter;

/** The bounds of what is kept. */
class TraceRingTest {
    private static final int FEW = 50;
    private static final int LARGE = 512 * 1024;
    private final EncodedReader reader = new EncodedReader();

    private static XmlElement message(String body) {
        return XmlElement.builder("jabber:client", "message")
                .textChild("body", body)
                .build();
    }

    private static Kept kept(XmlElement element) {
        return Kept.element(0, 0, Kind.RECEIVED, 1, element);
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW - 1, FEW, FEW + 1, 10 * FEW})
    void newest_areKept_inOrder(int count) {
        TraceRing ring = new TraceRing(FEW);
        for (int i = 0; i < count; i++) {
            ring.add(Kept.event(0, i, 1, "event " + i));
        }
        TraceRing.Snapshot snapshot = ring.snapshot();

        int expected = Math.min(count, FEW);
        assertEquals(expected, snapshot.kept().size());
        assertEquals(count - expected, snapshot.dropped());
        for (int i = 0; i < expected; i++) {
            assertEquals(
                    "event " + (count - expected + i), snapshot.kept().get(i).content());
        }
        assertEquals(snapshot.kept().stream().mapToInt(Kept::weight).sum(), ring.bytes());
    }

    @Test
    void sumOfBytes_isBounded_whateverTheCount() {
        TraceRing ring = new TraceRing(10_000);
        XmlElement most = message("b".repeat(15 * 1024));
        for (int i = 0; i < 1_000; i++) {
            ring.add(kept(most));
            assertTrue(ring.bytes() <= TraceRing.MAX_BYTES);
        }
        int size = ring.snapshot().kept().size();
        assertTrue(size > 250 && size < 280, () -> "kept " + size);
        assertEquals(1_000 - size, ring.snapshot().dropped());
    }

    @Test
    void snapshot_doesNotChangeWithLaterTraffic() {
        TraceRing ring = new TraceRing(2);
        ring.add(Kept.event(0, 0, 1, "first"));
        TraceRing.Snapshot before = ring.snapshot();
        ring.add(Kept.event(0, 0, 1, "second"));
        ring.add(Kept.event(0, 0, 1, "third"));

        assertEquals(1, before.kept().size());
        assertEquals("first", before.kept().get(0).content());
    }

    @Test
    void largestBody_isKeptByItsLengthAlone() {
        Kept kept = kept(message("b".repeat(LARGE)));

        assertTrue(kept.weight() < 1_024);
        assertEquals(
                "<message xmlns='jabber:client'>\n  <body>[524288 characters]</body>\n</message>",
                kept.text(true, reader));
    }

    @Test
    void largestOwnMessage_isKeptByItsLengthAlone() {
        Kept kept = Kept.encoded(0, 0, 1, XmlWriter.encode(message("b".repeat(LARGE))), reader);

        assertTrue(kept.weight() < 1_024);
        assertTrue(kept.text(true, reader).contains("[524288 characters]"));
    }

    @Test
    void manyElements_areCutOff() {
        XmlElement.Builder many = XmlElement.builder("jabber:client", "message");
        for (int i = 0; i < 8_191; i++) {
            many.child(XmlElement.builder("some:thing", "item")
                    .attribute("a", "v".repeat(i % 64))
                    .build());
        }
        Kept kept = kept(many.build());

        assertTrue(kept.weight() <= 2 * Kept.MAX_BYTES, () -> "weighs " + kept.weight());
        assertTrue(((XmlElement) kept.content()).nodeCount() < 400);
        assertTrue(kept.text(true, reader).length() <= Kept.MAX_BYTES + 16);
        assertTrue(kept.text(true, reader).contains("[cut]"));
    }

    @Test
    void oneHugeTag_isCutOff() {
        XmlElement.Builder huge = XmlElement.builder("jabber:client", "message");
        for (int i = 0; i < 64; i++) {
            huge.attribute("some:" + "n".repeat(8_000), "a" + i, "v".repeat(8_000));
        }
        Kept kept = kept(huge.child(message("c4nary")).build());

        String text = kept.text(true, reader);
        assertTrue(text.length() <= Kept.MAX_BYTES + 16);
        assertTrue(kept.weight() <= 2 * Kept.MAX_BYTES + 64);
        assertFalse(text.contains("vvvv"));
    }

    @Test
    void deepest_isCutOff_andItsSecretsWithIt() {
        XmlElement deep = XmlElement.builder("urn:ietf:params:xml:ns:xmpp-sasl", "auth")
                .text("c4nary")
                .build();
        for (int i = 0; i < 5_000; i++) {
            deep = XmlElement.builder("x", "x").child(deep).build();
        }
        Kept kept = kept(deep);

        assertFalse(((XmlElement) kept.content()).toXml().contains("c4nary"));
        assertTrue(kept.text(true, reader).contains("[cut]"));
    }

    @Test
    @DisplayName("T-LOG-2: peers' text cannot break lines, hide, or turn text around")
    void hostileText_isMadePrintable() {
        String hostile =
                "${jndi:ldap://x}\r\n2026-11-26T00:00:00Z +0.000 s #1 sent\n\u009b2J\u202Egnp.exe\u2028\u2066\uFEFF"
                        + "</body><x/>'\"&\u200B\uE000\uDB40\uDC41\uD83D\uDE00";
        XmlElement element = XmlElement.builder("x\u202Ey", "m")
                .attribute("from", hostile)
                .child(message(hostile))
                .build();
        String text = kept(XmlElement.builder("jabber:client", "message")
                        .attribute("from", hostile)
                        .textChild("body", hostile)
                        .child(element)
                        .build())
                .text(true, reader);

        assertTrue(text.codePoints().allMatch(c -> c == '\n' || !Printable.isInvisible(c)), text);
        assertEquals(8, text.lines().count(), text);
        assertTrue(text.contains("&#x202E;gnp.exe&#x2028;"), text);
        assertTrue(text.contains("&lt;/body&gt;&lt;x/&gt;&apos;\"&amp;"), text);
        assertTrue(text.contains("\uD83D\uDE00"), text);
        assertTrue(text.lines().noneMatch(line -> line.startsWith("2026")), text);

        Kept event = Kept.event(0, 0, 1, "lost: " + hostile);
        assertTrue(event.text(true, reader).codePoints().noneMatch(Printable::isInvisible));
    }

    @Test
    void bytesThatAreNoElement_areSaidToBe() {
        byte[] noElement = "<iq ".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "[4 bytes that are no element]",
                Kept.encoded(0, 0, 1, noElement, reader).text(true, reader));
        assertTrue(Kept.encoded(0, 0, 1, XmlWriter.encode(message("b")), reader)
                .text(true, reader)
                .contains("<body>b</body>"));
    }

    @Test
    void size_isChecked() {
        ManualLoop loop = new ManualLoop();
        for (int wrong : List.of(-1, 10_001)) {
            assertThrows(IllegalArgumentException.class, () -> WireTap.of(wrong, loop));
        }
        assertNull(WireTap.of(0, loop));
        assertNotNull(WireTap.of(10_000, loop));
    }
}
