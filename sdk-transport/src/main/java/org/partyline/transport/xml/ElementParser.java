package org.partyline.transport.xml;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import java.util.Objects;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlStreamException.Condition;

/**
 * Aalto behind the guard: parses what the guard passed and builds elements. It trusts the guard for nothing that it can see
 * itself: events that RFC 6120 section 11.1 forbids are fatal here too.
 */
final class ElementParser {
    /** After so many bytes a parser makes room for a new one: it never forgets a name, and a peer can send ever new ones. */
    static final int WORN_BYTES = 128 * 1024;

    private final AsyncXMLStreamReader<AsyncByteArrayFeeder> reader = Readers.open();
    private final TreeBuilder tree = new TreeBuilder();
    private byte[] rootTag = {};
    private String rootNamespace = "";
    private long parsed;
    private boolean rootOpen;
    private boolean rootClosed;
    private @Nullable XmlElement header;
    private @Nullable XmlElement element;

    /** {@return a parser that is within a root} */
    static ElementParser within(byte[] rootTag) throws XmlStreamException {
        ElementParser parser = new ElementParser();
        parser.parse(rootTag, 0, rootTag.length);
        parser.header = null;
        return parser;
    }

    /** Parses bytes, of which all but the last belong to one top-level element. */
    void parse(byte[] in, int from, int end) throws XmlStreamException {
        parsed += end - from;
        try {
            reader.getInputFeeder().feedInput(in, from, end - from);
            for (int event = reader.next(); event != AsyncXMLStreamReader.EVENT_INCOMPLETE; event = reader.next()) {
                accept(event);
            }
        } catch (XMLStreamException | RuntimeException e) {
            // The parser's message quotes the peer's text, which must not get into logs; so the cause is left out.
            throw new XmlStreamException(Condition.NOT_WELL_FORMED, "ill-formed markup");
        }
    }

    /** {@return the root's start, or null if it is not complete; asked once} */
    @Nullable
    XmlElement takeHeader() {
        XmlElement taken = header;
        header = null;
        return taken;
    }

    /** {@return the top-level element that was completed, or null; asked once} */
    @Nullable
    XmlElement takeElement() {
        XmlElement taken = tree.depth() == 0 ? element : null;
        element = null;
        return taken;
    }

    /** {@return whether a new parser should take over at the next element} */
    boolean isWorn() {
        return parsed > WORN_BYTES;
    }

    boolean isRootClosed() {
        return rootClosed;
    }

    /** {@return the root's start tag with its namespace declarations alone, for {@link #within}; only after the header} */
    byte[] rootTag() {
        return rootTag;
    }

    /** {@return the default namespace that the root declares, empty for none; only after the header} */
    String rootNamespace() {
        return rootNamespace;
    }

    /** Gives the buffers back. */
    void close() {
        Readers.close(reader);
    }

    private void accept(int event) throws XMLStreamException, XmlStreamException {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> {
                if (rootOpen) {
                    tree.start(reader);
                } else {
                    rootOpen = true;
                    header = TreeBuilder.header(reader);
                    rootTag = describeRoot();
                }
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                tree.text(reader.getText());
            case XMLStreamConstants.END_ELEMENT -> {
                if (tree.depth() == 0) {
                    rootClosed = true;
                } else {
                    element = tree.end();
                }
            }
            case XMLStreamConstants.START_DOCUMENT, XMLStreamConstants.END_DOCUMENT -> {
                // Nothing to build from.
            }
            default -> throw new XmlStreamException(Condition.RESTRICTED_XML, "markup that XMPP forbids");
        }
    }

    private byte[] describeRoot() {
        Utf8Output tag = new Utf8Output();
        tag.ascii('<');
        tag.name(reader.getPrefixedName());
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            String prefix = Objects.requireNonNullElse(reader.getNamespacePrefix(i), "");
            if (prefix.isEmpty()) {
                rootNamespace = Objects.requireNonNullElse(reader.getNamespaceURI(i), "");
            }
            tag.ascii(prefix.isEmpty() ? " xmlns" : " xmlns:");
            tag.name(prefix);
            tag.ascii("='");
            tag.value(Objects.requireNonNullElse(reader.getNamespaceURI(i), ""));
            tag.ascii("'");
        }
        tag.ascii('>');
        return tag.toByteArray();
    }
}
