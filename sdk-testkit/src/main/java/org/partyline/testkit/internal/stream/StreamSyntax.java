package org.partyline.testkit.internal.stream;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlStreamDecoder.Framing;
import org.partyline.transport.xml.XmlWriter;

/** How a stream is written on the two kinds of connection. */
public enum StreamSyntax {
    /** RFC 6120 section 4. */
    TCP(Framing.STREAM) {
        @Override
        byte[] header(String id, String from, @Nullable String to) {
            return ("<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='" + Ns.STREAMS
                            + "' version='1.0' xml:lang='en' id='" + id + "' from='" + escaped(from) + "'"
                            + (to == null ? "" : " to='" + escaped(to) + "'") + ">")
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        byte[] element(XmlElement element) {
            return element.namespace().equals(Ns.STREAMS) ? prefixed(element, "") : XmlWriter.encode(element);
        }

        @Override
        byte[] footer() {
            return "</stream:stream>".getBytes(StandardCharsets.US_ASCII);
        }
    },

    /** RFC 7395. */
    WEBSOCKET(Framing.DOCUMENTS) {
        @Override
        byte[] header(String id, String from, @Nullable String to) {
            return XmlWriter.encodeDocument(XmlElement.builder(Ns.FRAMING, "open")
                    .attribute("from", from)
                    .attribute("to", to)
                    .attribute("id", id)
                    .attribute("version", "1.0")
                    .language("en")
                    .build());
        }

        @Override
        byte[] element(XmlElement element) {
            return element.namespace().equals(Ns.STREAMS)
                    ? prefixed(element, " xmlns:stream='" + Ns.STREAMS + "'")
                    : XmlWriter.encodeDocument(element);
        }

        @Override
        byte[] footer() {
            return XmlWriter.encodeDocument(XmlElement.of(Ns.FRAMING, "close"));
        }
    };

    private final Framing framing;

    StreamSyntax(Framing framing) {
        this.framing = framing;
    }

    Framing framing() {
        return framing;
    }

    /** {@return the server's opening of the stream} */
    abstract byte[] header(String id, String from, @Nullable String to);

    /** {@return a child of the stream} */
    abstract byte[] element(XmlElement element);

    /** {@return the end of the stream} */
    abstract byte[] footer();

    /** Features and errors bear the stream's own prefix, as every server writes them; some clients expect it. */
    private static byte[] prefixed(XmlElement element, String declaration) {
        StringBuilder xml = new StringBuilder("<stream:" + element.name() + declaration + ">");
        element.children().forEach(child -> xml.append(child.toXml()));
        return xml.append("</stream:")
                .append(element.name())
                .append('>')
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;");
    }
}
