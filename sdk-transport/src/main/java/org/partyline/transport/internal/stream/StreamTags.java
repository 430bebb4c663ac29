package org.partyline.transport.internal.stream;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.StreamHeader;
import org.partyline.transport.xml.XmlElement;

/** The text that opens, closes and fails a stream over TCP (RFC 6120 sections 4.7 to 4.9). */
public final class StreamTags {
    /** The namespace of the stream's root and of its errors. */
    public static final String STREAMS = "http://etherx.jabber.org/streams";

    private static final String CONDITIONS = "urn:ietf:params:xml:ns:xmpp-streams";

    private StreamTags() {}

    /**
     * {@return the opening tag, with the XML declaration}
     *
     * @param header its attributes
     */
    public static byte[] open(StreamHeader header) {
        StringBuilder tag = new StringBuilder(200).append("<?xml version='1.0'?><stream:stream");
        attribute(tag, "from", header.from());
        attribute(tag, "to", header.to());
        attribute(tag, "id", header.id());
        attribute(tag, "version", header.version());
        attribute(tag, "xml:lang", header.language());
        tag.append(" xmlns='jabber:client' xmlns:stream='").append(STREAMS).append("'>");
        return utf8(tag.toString());
    }

    /** {@return the closing tag} */
    public static byte[] close() {
        return utf8("</stream:stream>");
    }

    /**
     * {@return a stream error, for a stream that was opened by {@link #open}}
     *
     * @param condition the name of the condition's element (RFC 6120 section 4.9.3)
     */
    public static byte[] error(String condition) {
        String child = XmlElement.of(CONDITIONS, condition).toXml();
        return utf8("<stream:error>" + child + "</stream:error>");
    }

    /**
     * {@return a stream error as an element that stands for itself}
     *
     * @param condition the name of the condition's element
     */
    public static XmlElement errorElement(String condition) {
        return XmlElement.builder(STREAMS, "error")
                .child(XmlElement.of(CONDITIONS, condition))
                .build();
    }

    /**
     * {@return what an opening announces}
     *
     * @param root the stream's root, or the {@code <open/>} of RFC 7395
     */
    public static StreamHeader header(XmlElement root) {
        return new StreamHeader(
                root.attribute("from"),
                root.attribute("to"),
                root.attribute("id"),
                root.attribute("version"),
                root.attribute(XmlElement.XML_NAMESPACE, "lang"));
    }

    private static void attribute(StringBuilder tag, String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        tag.append(' ').append(name).append("='");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '<' -> tag.append("&lt;");
                case '&' -> tag.append("&amp;");
                case '\'' -> tag.append("&apos;");
                default -> tag.append(c);
            }
        }
        tag.append('\'');
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
