package org.partyline.transport.internal.stream;

import org.partyline.transport.connection.StreamHeader;
import org.partyline.transport.xml.XmlStreamDecoder;

/** How a stream is written on its carrier: everything that differs between TCP and WebSocket. */
public interface StreamSyntax {
    /** RFC 6120: one document whose root stays open. */
    StreamSyntax TCP = new StreamSyntax() {
        @Override
        public XmlStreamDecoder.Framing framing() {
            return XmlStreamDecoder.Framing.STREAM;
        }

        @Override
        public byte[] open(StreamHeader header) {
            return StreamTags.open(header);
        }

        @Override
        public byte[] element(byte[] encoded) {
            return encoded;
        }

        @Override
        public byte[] error(String condition) {
            return StreamTags.error(condition);
        }

        @Override
        public byte[] close() {
            return StreamTags.close();
        }

        @Override
        public byte[] farewell() {
            return new byte[0];
        }
    };

    /** {@return how inbound bytes are framed} */
    XmlStreamDecoder.Framing framing();

    /**
     * {@return the opening}
     *
     * @param header its attributes
     */
    byte[] open(StreamHeader header);

    /**
     * {@return what carries an element}
     *
     * @param encoded the element, as {@link org.partyline.transport.xml.XmlWriter#encode} writes it
     */
    byte[] element(byte[] encoded);

    /**
     * {@return a stream error}
     *
     * @param condition the name of the condition's element
     */
    byte[] error(String condition);

    /** {@return the stream's closing} */
    byte[] close();

    /** {@return what ends the carrier once both sides have closed the stream; may be empty} */
    byte[] farewell();
}
