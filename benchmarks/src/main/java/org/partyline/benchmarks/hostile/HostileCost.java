package org.partyline.benchmarks.hostile;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlLimits;
import org.partyline.transport.xml.XmlStreamDecoder;
import org.partyline.transport.xml.XmlStreamException;
import org.partyline.transport.xml.XmlStreamSink;

/** What it costs to decode one stanza that comes in pieces, as it does from TLS, on a stream that is open. */
public final class HostileCost implements XmlStreamSink {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** The most that one record of TLS holds. */
    private static final int PIECE = 16 * 1024;
    /** Runs that are not counted, so that the compiler is not what is measured; and those that are. */
    private static final int RUNS = 20;

    private static final int KEPT = 8;
    private static final byte[] HEADER =
            "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final XmlElement NONE = XmlElement.of("", "none");

    private XmlElement last = NONE;
    private int decoded;

    private HostileCost() {}

    /**
     * What decoding one stanza costs.
     *
     * @param cpuNanos of the thread that decodes; the least of some runs, because what else the machine does adds alone
     * @param allocated bytes for each byte on the wire
     * @param retained bytes of heap, of the element alone, for each byte on the wire
     */
    public record Cost(double cpuNanos, double allocated, double retained) {}

    /**
     * Measures every shape.
     *
     * @return the costs by shape, the benign one first
     * @throws XmlStreamException if one is refused: then it is no measure of decoding
     */
    public static Map<String, Cost> all() throws XmlStreamException {
        Map<String, Cost> costs = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> shape : HostileShapes.all().entrySet()) {
            costs.put(shape.getKey(), new HostileCost().measure(shape.getValue()));
        }
        return costs;
    }

    /**
     * Prints a table in Markdown.
     *
     * @param arguments none
     * @throws XmlStreamException if a shape is refused
     */
    public static void main(String[] arguments) throws XmlStreamException {
        Map<String, Cost> costs = all();
        double benign = costs.values().iterator().next().cpuNanos();
        System.out.println("| 512 KiB of | ms of CPU | times a roster | B allocated a byte | B kept a byte |");
        System.out.println("|---|--:|--:|--:|--:|");
        costs.forEach((shape, cost) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %.1f |%n",
                shape,
                cost.cpuNanos() / 1e6,
                cost.cpuNanos() / benign,
                cost.allocated(),
                cost.retained()));
    }

    private Cost measure(byte[] stanza) throws XmlStreamException {
        long[] cpu = new long[2 * RUNS];
        long allocated = 0;
        for (int run = 0; run < cpu.length; run++) {
            XmlStreamDecoder decoder = open();
            long bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            long nanos = THREADS.getCurrentThreadCpuTime();
            feed(decoder, stanza);
            cpu[run] = THREADS.getCurrentThreadCpuTime() - nanos;
            allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - bytes;
        }
        long least = LongStream.of(cpu).skip(RUNS).min().orElseThrow();
        return new Cost(least, (double) allocated / stanza.length, retained(stanza));
    }

    private double retained(byte[] stanza) throws XmlStreamException {
        List<XmlElement> kept = new ArrayList<>(KEPT);
        last = NONE;
        long before = used();
        for (int i = 0; i < KEPT; i++) {
            feed(open(), stanza);
            kept.add(last);
        }
        last = NONE;
        return (double) Math.max(0, used() - before) / kept.size() / stanza.length;
    }

    private static long used() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private XmlStreamDecoder open() throws XmlStreamException {
        XmlStreamDecoder decoder = new XmlStreamDecoder(XmlStreamDecoder.Framing.STREAM, XmlLimits.DEFAULT, this);
        decoder.feed(HEADER, 0, HEADER.length);
        decoder.authenticated();
        return decoder;
    }

    private void feed(XmlStreamDecoder decoder, byte[] stanza) throws XmlStreamException {
        decoded = 0;
        for (int at = 0; at < stanza.length; at += PIECE) {
            decoder.feed(stanza, at, Math.min(PIECE, stanza.length - at));
        }
        if (decoded != 1) {
            throw new IllegalStateException("nothing was decoded");
        }
    }

    @Override
    public void onHeader(XmlElement root) {
        // Only the stanza counts.
    }

    @Override
    public void onElement(XmlElement element) {
        last = element;
        decoded++;
    }

    @Override
    public void onFooter() {
        // There is none.
    }
}
