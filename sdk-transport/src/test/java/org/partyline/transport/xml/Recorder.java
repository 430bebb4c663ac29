package org.partyline.transport.xml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlStreamDecoder.Framing;
import org.partyline.transport.xml.XmlStreamException.Condition;

/** A decoder together with all that its sink heard. */
class Recorder implements XmlStreamSink {
    final List<XmlElement> headers = new ArrayList<>();
    final List<XmlElement> elements = new ArrayList<>();
    int footers;
    final XmlStreamDecoder decoder;

    Recorder() {
        this(Framing.STREAM, XmlLimits.DEFAULT);
    }

    Recorder(Framing framing, XmlLimits limits) {
        decoder = new XmlStreamDecoder(framing, limits, this);
    }

    @Override
    public void onHeader(XmlElement root) {
        headers.add(root);
    }

    @Override
    public void onElement(XmlElement element) {
        elements.add(element);
    }

    @Override
    public void onFooter() {
        footers++;
    }

    Recorder feed(byte[]... chunks) throws XmlStreamException {
        for (byte[] chunk : chunks) {
            decoder.feed(chunk, 0, chunk.length);
        }
        return this;
    }

    Recorder feed(String text) throws XmlStreamException {
        return feed(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Feeds one byte a call. */
    Recorder drip(byte[] bytes) throws XmlStreamException {
        for (int i = 0; i < bytes.length; i++) {
            decoder.feed(bytes, i, 1);
        }
        return this;
    }

    /** {@return the condition that feeding ended with, or null} */
    @Nullable
    Condition failureOf(byte[]... chunks) {
        try {
            feed(chunks);
            return null;
        } catch (XmlStreamException e) {
            return e.condition();
        }
    }

    /** {@return what was heard, as one comparable list} */
    List<Object> heard() {
        List<Object> all = new ArrayList<>(headers);
        all.addAll(elements);
        all.add(footers);
        return all;
    }
}
