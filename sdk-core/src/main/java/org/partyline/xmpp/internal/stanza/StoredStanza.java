package org.partyline.xmpp.internal.stanza;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlLimits;
import org.partyline.transport.xml.XmlStreamDecoder;
import org.partyline.transport.xml.XmlStreamException;
import org.partyline.transport.xml.XmlStreamSink;

/** Reads back a stanza from the bytes that were made of it, or that came of a store. */
public final class StoredStanza {
    private static final byte[] STREAM =
            ("<stream xmlns='" + Stanzas.CLIENT + "'>").getBytes(StandardCharsets.US_ASCII);

    private StoredStanza() {}

    /**
     * {@return the stanza}
     *
     * @param encoded its bytes, as they stand on a stream
     * @throws IllegalArgumentException if they are not one stanza
     */
    public static XmlElement read(byte[] encoded) {
        List<XmlElement> found = new ArrayList<>(1);
        XmlStreamDecoder decoder =
                new XmlStreamDecoder(XmlStreamDecoder.Framing.STREAM, XmlLimits.DEFAULT, new XmlStreamSink() {
                    @Override
                    public void onHeader(XmlElement root) {
                        // It only gives the namespace.
                    }

                    @Override
                    public void onElement(XmlElement element) {
                        found.add(element);
                    }

                    @Override
                    public void onFooter() {
                        // There is none.
                    }
                });
        decoder.authenticated();
        try {
            decoder.feed(STREAM, 0, STREAM.length);
            decoder.feed(encoded, 0, encoded.length);
        } catch (XmlStreamException e) {
            throw new IllegalArgumentException("what was stored is no stanza", e);
        }
        if (found.size() != 1 || !decoder.isBetweenElements()) {
            throw new IllegalArgumentException("what was stored is no stanza");
        }
        return found.get(0);
    }
}
