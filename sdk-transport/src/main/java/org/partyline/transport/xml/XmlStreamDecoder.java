package org.partyline.transport.xml;

/**
 * Turns the bytes of an XML stream into elements, as they come: a byte guard, then the parser, then immutable elements,
 * in one pass. Knows no network. Serves either side of a stream. Not safe for use by several threads at once.
 */
@SuppressWarnings("UnusedVariable")
public final class XmlStreamDecoder {

    /** How the bytes are framed. */
    public enum Framing {
        /** One document whose root stays open, as over TCP (RFC 6120 section 4). */
        STREAM,
        /** Each element is a document of its own, as over WebSocket (RFC 7395); {@link XmlStreamSink#onHeader} and
         * {@link XmlStreamSink#onFooter} are not called. */
        DOCUMENTS
    }

    /**
     * @param framing how the bytes are framed
     * @param limits the bounds
     * @param sink hears what is found
     */
    public XmlStreamDecoder(Framing framing, XmlLimits limits, XmlStreamSink sink) {}

    /**
     * Decodes more bytes. After an exception the decoder is unusable.
     *
     * @param bytes holds them; not kept
     * @param offset where they begin
     * @param length how many
     * @throws XmlStreamException if they may not stand in a stream
     */
    public void feed(byte[] bytes, int offset, int length) throws XmlStreamException {}

    /** Lifts the limit on elements from {@code preAuthBytes} to {@code stanzaBytes}. */
    public void authenticated() {}

    /** Forgets all state: the next byte begins a new stream. May be called from within the sink. */
    public void reset() {}

    /** Gives back buffers and parser while nothing is half-read; they are had anew when bytes come. */
    public void idle() {}
}
