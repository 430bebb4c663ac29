package org.partyline.xmpp.internal.trace;

import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;

/** Writes an element for people: one element a line, its children indented, and not a character that cannot be printed. */
final class IndentedXml {
    private static final String STEP = "  ";

    private final StringBuilder out = new StringBuilder();
    private final int most;

    private IndentedXml(int most) {
        this.most = most;
    }

    /**
     * {@return the element}
     *
     * @param most how many characters; the rest is cut off, and that is said
     */
    static String of(XmlElement element, int most) {
        IndentedXml xml = new IndentedXml(most);
        xml.element(element, null, 0);
        if (xml.out.length() <= most) {
            return xml.out.toString();
        }
        int end = Character.isHighSurrogate(xml.out.charAt(most - 1)) ? most - 1 : most;
        return xml.out.substring(0, end) + "\n[cut]";
    }

    /** Called for what {@link Redactor} made alone, which is not deep. */
    private void element(XmlElement element, @Nullable String outerNamespace, int depth) {
        out.append(STEP.repeat(depth)).append('<');
        Printable.xml(out, element.name());
        if (!element.namespace().equals(outerNamespace)) {
            attribute("xmlns", element.namespace());
        }
        for (int i = 0; i < element.attributeCount(); i++) {
            String namespace = element.attributeNamespace(i);
            String prefix = namespace.equals(XmlElement.XML_NAMESPACE) ? "xml:" : namespace.isEmpty() ? "" : "a" + i;
            if (prefix.startsWith("a")) {
                attribute("xmlns:" + prefix, namespace);
                prefix += ":";
            }
            attribute(prefix + element.attributeName(i), element.attributeValue(i));
        }
        if (element.nodeCount() == 0) {
            out.append("/>");
            return;
        }
        out.append('>');
        boolean inline = element.nodeCount() == 1 && element.node(0) instanceof String;
        for (int i = 0; i < element.nodeCount() && out.length() <= most; i++) {
            Object node = element.node(i);
            if (!inline) {
                out.append('\n');
            }
            if (node instanceof XmlElement child) {
                element(child, element.namespace(), depth + 1);
            } else {
                out.append(inline ? "" : STEP.repeat(depth + 1));
                Printable.xml(out, (String) node);
            }
        }
        if (!inline) {
            out.append('\n').append(STEP.repeat(depth));
        }
        out.append("</");
        Printable.xml(out, element.name());
        out.append('>');
    }

    private void attribute(String name, String value) {
        out.append(' ');
        Printable.xml(out, name);
        out.append("='");
        Printable.xml(out, value);
        out.append('\'');
    }
}
