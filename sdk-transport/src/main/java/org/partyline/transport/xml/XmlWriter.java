package org.partyline.transport.xml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/** The one place that turns elements into text. Iterative, so that depth costs no stack. */
public final class XmlWriter {
    private XmlWriter() {}

    /**
     * {@return an element as a UTF-8 document without a declaration, to be written into a stream whose default namespace
     * is {@code jabber:client}}
     *
     * @param element the element
     */
    public static byte[] encode(XmlElement element) {
        return write(element, "jabber:client").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * {@return an element as text that declares every namespace it uses}
     *
     * @param element the element
     */
    public static String toXml(XmlElement element) {
        return write(element, "");
    }

    private static String write(XmlElement root, String outerNamespace) {
        StringBuilder out = new StringBuilder(256);
        ArrayDeque<XmlElement> open = new ArrayDeque<>();
        ArrayDeque<Integer> positions = new ArrayDeque<>();
        start(out, root, outerNamespace);
        if (root.nodeCount() == 0) {
            return out.toString();
        }
        open.push(root);
        positions.push(0);
        while (!open.isEmpty()) {
            XmlElement current = open.element();
            int position = positions.pop();
            if (position == current.nodeCount()) {
                out.append("</").append(current.name()).append('>');
                open.pop();
                continue;
            }
            positions.push(position + 1);
            Object node = current.node(position);
            if (node instanceof XmlElement child) {
                start(out, child, current.namespace());
                if (child.nodeCount() > 0) {
                    open.push(child);
                    positions.push(0);
                }
            } else {
                escape(out, (String) node, false);
            }
        }
        return out.toString();
    }

    private static void start(StringBuilder out, XmlElement element, String outerNamespace) {
        out.append('<').append(element.name());
        if (!element.namespace().equals(outerNamespace)) {
            out.append(" xmlns='");
            escape(out, element.namespace(), true);
            out.append('\'');
        }
        int prefixes = 0;
        for (int i = 0; i < element.attributeCount(); i++) {
            String namespace = element.attributeNamespace(i);
            out.append(' ');
            if (namespace.equals(XmlElement.XML_NAMESPACE)) {
                out.append("xml:");
            } else if (!namespace.isEmpty()) {
                String prefix = "a" + prefixes++;
                out.append("xmlns:").append(prefix).append("='");
                escape(out, namespace, true);
                out.append("' ").append(prefix).append(':');
            }
            out.append(element.attributeName(i)).append("='");
            escape(out, element.attributeValue(i), true);
            out.append('\'');
        }
        out.append(element.nodeCount() == 0 ? "/>" : ">");
    }

    static void escape(StringBuilder out, String value) {
        escape(out, value, true);
    }

    private static void escape(StringBuilder out, String text, boolean attribute) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '\r' -> out.append("&#13;");
                case '\'' -> out.append(attribute ? "&apos;" : "'");
                case '\n' -> out.append(attribute ? "&#10;" : "\n");
                case '\t' -> out.append(attribute ? "&#9;" : "\t");
                default -> out.append(c);
            }
        }
    }
}
