package org.partyline.transport.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What hostile shapes cost, as ratios of sizes and as counts. */
class DecoderCostTest {
    private static final int SMALL = 64 * 1024;
    private static final int LARGE = 4 * SMALL;
    private static final int SLICE = 4 * 1024;
    private static final int RUNS = 9;
    private static final XmlLimits WIDE =
            new XmlLimits(1 << 20, 1 << 20, 1 << 20, 64, 64, 16, 128, 1 << 20, 8192, 256, 1 << 20);

    static Stream<String> shapes() {
        return Stream.of("<m a='%s'/>", "<m>%s</m>", "<m><![CDATA[%s]]></m>");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    @DisplayName("T-XML-3 what comes byte by byte is read once: four times the bytes cost about four times the work")
    void feed_byteByByte_costsInProportion(String shape) throws XmlStreamException {
        byte[] small = String.format(shape, "x".repeat(SMALL)).getBytes(StandardCharsets.UTF_8);
        byte[] large = String.format(shape, "x".repeat(LARGE)).getBytes(StandardCharsets.UTF_8);
        cost(small);
        cost(large);
        long smallest = cost(small);
        long largest = cost(large);
        // Reading again what was read before would make it 16.
        assertTrue(largest < 10 * smallest, largest + " against " + smallest);
        assertEquals(
                new Recorder(XmlStreamDecoder.Framing.DOCUMENTS, WIDE).feed(large).elements,
                new Recorder(XmlStreamDecoder.Framing.DOCUMENTS, WIDE).drip(large).elements);
    }

    /** The least time of each slice over many runs, summed: other work on the machine interrupts some of them, not all. */
    private static long cost(byte[] bytes) throws XmlStreamException {
        long[] least = new long[(bytes.length + SLICE - 1) / SLICE];
        Arrays.fill(least, Long.MAX_VALUE);
        for (int run = 0; run < RUNS; run++) {
            Recorder recorder = new Recorder(XmlStreamDecoder.Framing.DOCUMENTS, WIDE);
            for (int i = 0; i < least.length; i++) {
                byte[] slice = Arrays.copyOfRange(bytes, i * SLICE, Math.min(bytes.length, (i + 1) * SLICE));
                long before = System.nanoTime();
                recorder.drip(slice);
                least[i] = Math.min(least[i], System.nanoTime() - before);
            }
        }
        return LongStream.of(least).sum();
    }

    @Test
    void feed_manyElements_goesOnWithinTheSameStream() throws XmlStreamException {
        Recorder heard = new Recorder();
        heard.feed("<s:stream xmlns='jabber:client' xmlns:s='t'>");
        String element = "<s:e a='1'><m>" + "x".repeat(1000) + "</m></s:e>";
        int count = 400;
        for (int i = 0; i < count; i++) {
            heard.feed(element);
        }
        heard.feed("</s:stream>");
        assertEquals(count, heard.elements.size());
        assertEquals(1, heard.elements.stream().distinct().count());
        assertEquals(1, heard.footers);
    }
}
