package org.partyline.xmpp.internal.trace;

import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlLimits;
import org.partyline.transport.xml.XmlStreamDecoder;
import org.partyline.transport.xml.XmlStreamException;
import org.partyline.transport.xml.XmlStreamSink;
import org.partyline.transport.xml.XmlWriter;

/** Reads back what this client encoded. Not safe for use by several threads at once. */
final class EncodedReader {
    private static final int MUCH = 64 * 1024 * 1024;
    private static final int MANY = 4 * 1024 * 1024;
    private static final int SOME = 4096;
    /** The widest there are: they are this side's own bytes, and were bounded before they were sent. */
    private static final XmlLimits LIMITS =
            new XmlLimits(MUCH, MUCH, MUCH, 1024, SOME, SOME, SOME, MUCH, MANY, 64 * 1024, MUCH);

    private @Nullable XmlElement found;
    private XmlStreamDecoder decoder = decoder();

    private XmlStreamDecoder decoder() {
        return new XmlStreamDecoder(XmlStreamDecoder.Framing.DOCUMENTS, LIMITS, new XmlStreamSink() {
            @Override
            public void onHeader(XmlElement root) {}

            @Override
            public void onElement(XmlElement element) {
                found = element;
            }

            @Override
            public void onFooter() {}
        });
    }

    /** {@return the element, or null if the bytes are not one} */
    @Nullable
    XmlElement read(byte[] encoded) {
        found = null;
        try {
            byte[] document = XmlWriter.toDocument(encoded);
            decoder.feed(document, 0, document.length);
        } catch (XmlStreamException e) {
            found = null;
        }
        if (found == null || !decoder.isBetweenElements()) {
            decoder = decoder(); // what is half-read must not be read on with the next
            return null;
        }
        if (encoded.length > Kept.MAX_BYTES) {
            decoder.idle(); // gives back what a large one needed
        }
        return found;
    }
}
