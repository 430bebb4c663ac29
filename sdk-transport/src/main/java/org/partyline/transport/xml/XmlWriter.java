package org.partyline.transport.xml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.xml.XMLConstants;

/**
 * The one place that turns elements into XML. Every namespace but {@code xml} is declared where it is used, so nothing
 * depends on the prefixes that the peer's stream bound. Iterative, so that depth costs no stack.
 */
public final class XmlWriter {
    private static final String STREAM_NAMESPACE = "jabber:client";
    private static final byte[] DECLARATION = " xmlns='".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STREAM_DECLARATION =
            (" xmlns='" + STREAM_NAMESPACE + "'").getBytes(StandardCharsets.US_ASCII);
    private static final int SMALL = 4;

    private final Utf8Output out = new Utf8Output();
    private XmlElement[] open = new XmlElement[SMALL];
    /** The default namespace within each open element. */
    private String[] scopes = new String[SMALL];
    /** The next child of each open element. */
    private int[] positions = new int[SMALL];

    private int depth;

    private XmlWriter() {}

    /**
     * {@return an element as UTF-8 without an XML declaration, to be written into a stream whose default namespace is
     * {@code jabber:client}} The array's length is what {@link XmlLimits#outboundBytes()} bounds.
     *
     * @param element the element
     */
    public static byte[] encode(XmlElement element) {
        return new XmlWriter().write(element, STREAM_NAMESPACE).toByteArray();
    }

    /**
     * {@return an element as a UTF-8 document without an XML declaration, which declares every namespace it uses, as each
     * message over WebSocket must (RFC 7395 section 3.3.3)}
     *
     * @param element the element
     */
    public static byte[] encodeDocument(XmlElement element) {
        return new XmlWriter().write(element, "").toByteArray();
    }

    /**
     * {@return what {@link #encode} made, as a document of its own for WebSocket: the namespace that the stream would have
     * declared is added} The argument itself is returned if nothing had to be added.
     *
     * @param encoded bytes made by {@link #encode}; not changed
     */
    public static byte[] toDocument(byte[] encoded) {
        int name = 1;
        while (encoded[name] != ' ' && encoded[name] != '>' && encoded[name] != '/') {
            name++;
        }
        // A declaration of the default namespace always stands first.
        if (Arrays.equals(
                encoded,
                name,
                Math.min(name + DECLARATION.length, encoded.length),
                DECLARATION,
                0,
                DECLARATION.length)) {
            return encoded;
        }
        byte[] document = new byte[encoded.length + STREAM_DECLARATION.length];
        System.arraycopy(encoded, 0, document, 0, name);
        System.arraycopy(STREAM_DECLARATION, 0, document, name, STREAM_DECLARATION.length);
        System.arraycopy(encoded, name, document, name + STREAM_DECLARATION.length, encoded.length - name);
        return document;
    }

    /**
     * {@return an element as text that declares every namespace it uses}
     *
     * @param element the element
     */
    public static String toXml(XmlElement element) {
        return new String(encodeDocument(element), StandardCharsets.UTF_8);
    }

    private Utf8Output write(XmlElement root, String outerNamespace) {
        start(root, outerNamespace);
        while (depth > 0) {
            XmlElement current = open[depth - 1];
            int position = positions[depth - 1]++;
            if (position == current.nodeCount()) {
                out.ascii("</");
                name(current);
                out.ascii('>');
                depth--;
            } else if (current.node(position) instanceof XmlElement child) {
                start(child, scopes[depth - 1]);
            } else {
                out.text((String) current.node(position));
            }
        }
        return out;
    }

    private void start(XmlElement element, String outerNamespace) {
        out.ascii('<');
        name(element);
        String scope = outerNamespace;
        if (!element.namespace().equals(scope) && !element.namespace().equals(XmlElement.XML_NAMESPACE)) {
            scope = element.namespace();
            out.ascii(" xmlns='");
            out.value(scope);
            out.ascii('\'');
        }
        attributes(element);
        if (element.nodeCount() == 0) {
            out.ascii("/>");
        } else {
            out.ascii('>');
            push(element, scope);
        }
    }

    private void attributes(XmlElement element) {
        for (int i = 0; i < element.attributeCount(); i++) {
            String namespace = element.attributeNamespace(i);
            out.ascii(' ');
            if (namespace.equals(XmlElement.XML_NAMESPACE)) {
                out.ascii("xml:");
            } else if (!namespace.isEmpty()) {
                String prefix = "a" + i;
                out.ascii(XMLConstants.XMLNS_ATTRIBUTE + ":" + prefix + "='");
                out.value(namespace);
                out.ascii("' " + prefix + ":");
            }
            out.name(element.attributeName(i));
            out.ascii("='");
            out.value(element.attributeValue(i));
            out.ascii('\'');
        }
    }

    private void name(XmlElement element) {
        if (element.namespace().equals(XmlElement.XML_NAMESPACE)) {
            out.ascii("xml:");
        }
        out.name(element.name());
    }

    private void push(XmlElement element, String scope) {
        if (depth == open.length) {
            open = Arrays.copyOf(open, depth * 2);
            scopes = Arrays.copyOf(scopes, depth * 2);
            positions = Arrays.copyOf(positions, depth * 2);
        }
        open[depth] = element;
        scopes[depth] = scope;
        positions[depth++] = 0;
    }
}
