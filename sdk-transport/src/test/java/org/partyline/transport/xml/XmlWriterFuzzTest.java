package org.partyline.transport.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.partyline.transport.xml.XmlStreamDecoder.Framing;

/**
 * An element is refused where it is built, or comes back as it was from every way of writing it, and is XML to the JDK's
 * reader too. An input is a row of instructions to a builder.
 */
class XmlWriterFuzzTest {
    private static final String OPEN = "<s:stream xmlns='jabber:client' xmlns:s='http://etherx.jabber.org/streams'>";
    private static final String[] NAMESPACES = {"", "jabber:client", "urn:a", "urn:b'\"&<", XmlElement.XML_NAMESPACE};
    /** Well within {@link XmlLimits}, which the reader holds everybody to. */
    private static final int MOST_NODES = 60;

    private static final int DEEPEST = 12;
    private static final int MOST_ATTRIBUTES = 8;
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_TEXT = 200;

    @DictionaryFile(resourcePath = "xml.dict")
    @FuzzTest
    void write(FuzzedDataProvider data) throws XmlStreamException {
        XmlElement element = new Source(data).element(DEEPEST);
        byte[] encoded = XmlWriter.encode(element);
        String xml = element.toXml();
        assertEquals(element, throughStream(encoded));
        assertEquals(element, throughDocument(XmlWriter.encodeDocument(element)));
        assertEquals(element, throughDocument(XmlWriter.toDocument(encoded)));
        assertEquals(element, StaxOracle.read(xml.getBytes(StandardCharsets.UTF_8)));
        assertEquals(xml, throughStream(encoded).toXml());
        assertEquals(element, element.toBuilder().build());
        assertEquals(element.hashCode(), throughStream(encoded).hashCode());
    }

    private static XmlElement throughStream(byte[] encoded) throws XmlStreamException {
        Recorder heard = new Recorder();
        heard.decoder.authenticated();
        return heard.feed(OPEN).feed(encoded).elements.get(0);
    }

    private static XmlElement throughDocument(byte[] document) throws XmlStreamException {
        return new Recorder(Framing.DOCUMENTS, XmlLimits.DEFAULT)
                .feed(document)
                .elements
                .get(0);
    }

    /** Builds what the input says. What the builder refuses is left out, and must have changed nothing. */
    private static final class Source {
        private final FuzzedDataProvider data;
        private int nodes;

        Source(FuzzedDataProvider data) {
            this.data = data;
        }

        XmlElement element(int depth) {
            XmlElement.Builder builder = started();
            for (int i = data.consumeInt(0, MOST_ATTRIBUTES); i > 0; i--) {
                XmlElement before = builder.build();
                try {
                    builder.attribute(namespace(), name(), data.consumeString(LONGEST_TEXT));
                } catch (IllegalArgumentException refused) {
                    assertEquals(before, builder.build());
                }
            }
            while (data.remainingBytes() > 0 && nodes++ < MOST_NODES && data.consumeBoolean()) {
                if (depth > 0 && data.consumeBoolean()) {
                    builder.child(element(depth - 1));
                } else {
                    XmlElement before = builder.build();
                    try {
                        builder.text(data.consumeString(LONGEST_TEXT));
                    } catch (IllegalArgumentException refused) {
                        assertEquals(before, builder.build());
                    }
                }
            }
            return builder.build();
        }

        private XmlElement.Builder started() {
            try {
                return XmlElement.builder(namespace(), name());
            } catch (IllegalArgumentException refused) {
                return XmlElement.builder("", "refused");
            }
        }

        private String namespace() {
            int which = data.consumeInt(0, NAMESPACES.length);
            return which < NAMESPACES.length ? NAMESPACES[which] : data.consumeString(LONGEST_TEXT);
        }

        private String name() {
            return data.consumeBoolean() ? "a" : data.consumeString(LONGEST_NAME);
        }
    }
}
