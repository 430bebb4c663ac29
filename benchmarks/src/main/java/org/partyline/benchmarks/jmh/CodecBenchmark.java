package org.partyline.benchmarks.jmh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smack.util.XmlStringBuilder;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jivesoftware.smack.xml.stax.StaxXmlPullParserFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlLimits;
import org.partyline.transport.xml.XmlStreamDecoder;
import org.partyline.transport.xml.XmlStreamException;
import org.partyline.transport.xml.XmlStreamSink;
import org.partyline.transport.xml.XmlWriter;

/** Bytes to stanza and back, with time and, under {@code -prof gc}, allocation. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(value = 1, jvmArgsAppend = "-Djavax.xml.stream.XMLInputFactory=com.sun.xml.internal.stream.XMLInputFactoryImpl")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
    private static final XmlEnvironment STREAM =
            XmlEnvironment.builder().withNamespace("jabber:client").build();

    /** Which stanza. */
    @Param({"message", "presence"})
    public String stanza = "message";

    private byte[] bytes = {};
    private String text = "";
    private Last last = new Last();
    private XmlStreamDecoder decoder = new XmlStreamDecoder(XmlStreamDecoder.Framing.STREAM, XmlLimits.DEFAULT, last);
    private XmlElement element = XmlElement.of("", "none");
    private Stanza smack = emptyStanza();
    private XmlPullParser smackParser = endless("");
    private final ByteArrayOutputStream smackBytes = new ByteArrayOutputStream();
    private final Writer smackWriter = new OutputStreamWriter(smackBytes, StandardCharsets.UTF_8);

    /**
     * Prepares one open stream.
     *
     * @throws Exception if the samples do not parse
     */
    @Setup
    public void open() throws Exception {
        text = stanza.equals("message") ? Samples.MESSAGE : Samples.PRESENCE;
        bytes = Samples.bytes(text);
        last = new Last();
        decoder = new XmlStreamDecoder(XmlStreamDecoder.Framing.STREAM, XmlLimits.DEFAULT, last);
        byte[] header = Samples.bytes(Samples.HEADER);
        decoder.feed(header, 0, header.length);
        decoder.authenticated();
        element = partylineDecode();
        smackParser = endless(text);
        smackParser.next();
        smack = smackDecode();
    }

    /**
     * {@return what the guard, the parser and the tree builder make of the bytes}
     *
     * @throws XmlStreamException if the sample is refused
     */
    @Benchmark
    public XmlElement partylineDecode() throws XmlStreamException {
        decoder.feed(bytes, 0, bytes.length);
        return last.element;
    }

    /**
     * {@return what Smack's parser makes of the bytes}
     *
     * @throws Exception if the sample is refused
     */
    @Benchmark
    public Stanza smackDecode() throws Exception {
        XmlPullParser parser = smackParser;
        while (parser.next() != XmlPullParser.Event.START_ELEMENT) {
            // Only the start of the next stanza matters.
        }
        return PacketParserUtils.parseStanza(parser, XmlEnvironment.EMPTY);
    }

    /** {@return the element as bytes for the wire} */
    @Benchmark
    public byte[] partylineEncode() {
        return XmlWriter.encode(element);
    }

    /**
     * {@return how many bytes the stanza has on the wire} Written as Smack's own writer does it.
     *
     * @throws IOException never
     */
    @Benchmark
    public int smackEncode() throws IOException {
        smackBytes.reset();
        CharSequence xml = smack.toXML(STREAM);
        if (xml instanceof XmlStringBuilder builder) {
            builder.write(smackWriter, STREAM);
        } else {
            smackWriter.write(xml.toString());
        }
        smackWriter.flush();
        return smackBytes.size();
    }

    /** One open stream, as Smack reads it: the header, then the same stanza over and over. */
    private static XmlPullParser endless(String stanza) {
        try {
            return new StaxXmlPullParserFactory()
                    .newXmlPullParser(new InputStreamReader(
                            new EndlessStream(Samples.bytes(Samples.HEADER), Samples.bytes(stanza)),
                            StandardCharsets.UTF_8));
        } catch (XmlPullParserException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stanza emptyStanza() {
        return StanzaBuilder.buildMessage().build();
    }

    /** Gives a head once, then other bytes over and over without end. */
    private static final class EndlessStream extends InputStream {
        private final byte[] repeated;
        private byte[] current;
        private int position;

        EndlessStream(byte[] head, byte[] repeated) {
            this.current = head;
            this.repeated = repeated;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (position == current.length) {
                current = repeated;
                position = 0;
            }
            int count = Math.min(length, current.length - position);
            System.arraycopy(current, position, buffer, offset, count);
            position += count;
            return count == 0 ? -1 : count;
        }
    }

    private static final class Last implements XmlStreamSink {
        private XmlElement element = XmlElement.of("", "none");

        @Override
        public void onHeader(XmlElement root) {}

        @Override
        public void onElement(XmlElement found) {
            element = found;
        }

        @Override
        public void onFooter() {}
    }
}
