package org.partyline.xmpp.internal.stanza;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlLimits;
import org.partyline.transport.xml.XmlStreamDecoder;
import org.partyline.transport.xml.XmlStreamException;
import org.partyline.transport.xml.XmlStreamSink;

/** Stanzas in tests, written as they stand on the wire. */
public final class Xml {
    private Xml() {}

    /** {@return the first child of a stream of {@code jabber:client}} */
    public static XmlElement parse(String stanza) {
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
        byte[] bytes = ("<stream xmlns='jabber:client'>" + stanza).getBytes(StandardCharsets.UTF_8);
        try {
            decoder.authenticated();
            decoder.feed(bytes, 0, bytes.length);
        } catch (XmlStreamException e) {
            throw new IllegalArgumentException(stanza, e);
        }
        return found.get(0);
    }
}
