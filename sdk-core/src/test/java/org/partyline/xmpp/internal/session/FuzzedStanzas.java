package org.partyline.xmpp.internal.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlLimits;
import org.partyline.transport.xml.XmlStreamDecoder;
import org.partyline.transport.xml.XmlStreamException;
import org.partyline.transport.xml.XmlStreamSink;

/** What a server says, as it would come through the codec. */
public final class FuzzedStanzas {
    private static final byte[] OPEN =
            "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"
                    .getBytes(StandardCharsets.US_ASCII);

    private FuzzedStanzas() {}

    /** {@return the elements of a stream, as far as it is well-formed} */
    public static List<XmlElement> read(byte[] bytes) {
        List<XmlElement> found = new ArrayList<>();
        XmlStreamDecoder decoder =
                new XmlStreamDecoder(XmlStreamDecoder.Framing.STREAM, XmlLimits.DEFAULT, new XmlStreamSink() {
                    @Override
                    public void onHeader(XmlElement root) {}

                    @Override
                    public void onElement(XmlElement element) {
                        found.add(element);
                    }

                    @Override
                    public void onFooter() {}
                });
        try {
            decoder.feed(OPEN, 0, OPEN.length);
            decoder.authenticated();
            decoder.feed(bytes, 0, bytes.length);
        } catch (XmlStreamException illFormed) {
            return found;
        }
        return found;
    }

    /** {@return the element, with this id where its own is {@code ?}} */
    static XmlElement answering(XmlElement element, String id) {
        return "?".equals(element.attribute("id"))
                ? element.toBuilder().attribute("id", id).build()
                : element;
    }
}
