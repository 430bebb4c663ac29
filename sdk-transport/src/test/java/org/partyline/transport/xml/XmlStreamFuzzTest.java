package org.partyline.transport.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlStreamDecoder.Framing;
import org.partyline.transport.xml.XmlStreamException.Condition;

/**
 * X-DIFF: of any bytes, whatever is delivered is XML to the JDK's reader too, and the same; and how they are cut makes no
 * difference. An input is the bytes of a stream, then how it is framed and where it is cut.
 */
class XmlStreamFuzzTest {
    private static final int MOST_CUTS = 4;
    /** Small ones, so that a short input can come to each of them. */
    private static final XmlLimits LIMITS = new XmlLimits(10_000, 600, 10_000, 16, 8, 4, 12, 200, 24, 32, 100);

    @DictionaryFile(resourcePath = "xml.dict")
    @FuzzTest
    void decode(FuzzedDataProvider data) {
        int[] cuts = new int[data.consumeInt(0, MOST_CUTS)];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = data.consumeInt(0, 0xFFFF);
        }
        Framing framing = data.consumeBoolean() ? Framing.DOCUMENTS : Framing.STREAM;
        byte[] bytes = data.consumeRemainingAsBytes();
        Positions whole = new Positions(framing);
        Condition condition = whole.failureOf(bytes);
        Recorder parts = new Recorder(framing, LIMITS);
        // Of two faults in one element, how it is cut decides which is found first; that one is found is certain.
        assertEquals(condition == null, parts.failureOf(cut(bytes, cuts)) == null, "cut otherwise, another outcome");
        assertEquals(whole.heard(), parts.heard(), "cut otherwise, other elements");
        if (framing == Framing.STREAM) {
            checkStream(bytes, whole, condition);
        } else {
            checkDocuments(bytes, whole);
        }
    }

    private static byte[][] cut(byte[] bytes, int... cuts) {
        int[] at = Arrays.stream(cuts)
                .map(cut -> cut % (bytes.length + 1))
                .sorted()
                .toArray();
        byte[][] parts = new byte[at.length + 1][];
        int from = 0;
        for (int i = 0; i < at.length; i++) {
            parts[i] = Arrays.copyOfRange(bytes, from, at[i]);
            from = at[i];
        }
        parts[at.length] = Arrays.copyOfRange(bytes, from, bytes.length);
        return parts;
    }

    /** Up to the last element that was delivered, with its root closed, the stream is a document. */
    private static void checkStream(byte[] bytes, Positions heard, @Nullable Condition condition) {
        if (heard.headers.isEmpty()) {
            assertEquals(List.of(), heard.elements);
            assertEquals(0, heard.footers);
            return;
        }
        boolean complete = condition == null && heard.footers == 1;
        byte[] document = complete ? bytes : Arrays.copyOf(bytes, heard.ends.get(heard.ends.size() - 1));
        XmlElement root = StaxOracle.read(heard.footers == 1 ? document : closed(document, heard.ends.get(0)));
        assertTrue(root.text().isBlank(), "text between elements");
        assertEquals(StaxOracle.withoutChildren(root), heard.headers.get(0));
        assertEquals(root.children(), heard.elements);
        assertEquals(
                root.children().stream().map(XmlElement::toXml).toList(),
                heard.elements.stream().map(XmlElement::toXml).toList());
    }

    /** The root's tag is the last in the header: there is none before it, and no value may hold a {@code <}. */
    private static byte[] closed(byte[] stream, int headerEnd) {
        int from = headerEnd;
        while (stream[from - 1] != '<') {
            from--;
        }
        int to = from;
        while (" \t\r\n/>".indexOf(stream[to]) < 0) {
            to++;
        }
        String name = new String(stream, from, to - from, StandardCharsets.UTF_8);
        byte[] end = ("</" + name + ">").getBytes(StandardCharsets.UTF_8);
        byte[] closed = Arrays.copyOf(stream, stream.length + end.length);
        System.arraycopy(end, 0, closed, stream.length, end.length);
        return closed;
    }

    private static void checkDocuments(byte[] bytes, Positions heard) {
        assertEquals(List.of(), heard.headers);
        assertEquals(0, heard.footers);
        int from = 0;
        for (int i = 0; i < heard.ends.size(); i++) {
            while (" \t\r\n".indexOf(bytes[from]) >= 0) {
                from++;
            }
            XmlElement document = StaxOracle.read(Arrays.copyOfRange(bytes, from, heard.ends.get(i)));
            assertEquals(document, heard.elements.get(i));
            from = heard.ends.get(i);
        }
    }

    /** Notes where each thing that it heard of ended, of bytes that come in one piece. */
    private static final class Positions extends Recorder {
        final List<Integer> ends = new ArrayList<>();
        private int total;

        Positions(Framing framing) {
            super(framing, LIMITS);
        }

        @Override
        Recorder feed(byte[]... chunks) throws XmlStreamException {
            total = chunks[0].length;
            return super.feed(chunks);
        }

        @Override
        public void onHeader(XmlElement root) {
            super.onHeader(root);
            ends.add(total - decoder.unread());
        }

        @Override
        public void onElement(XmlElement element) {
            super.onElement(element);
            ends.add(total - decoder.unread());
        }

        @Override
        public void onFooter() {
            super.onFooter();
            ends.add(total - decoder.unread());
        }
    }
}
