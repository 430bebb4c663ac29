package org.partyline.xmpp.internal.trace;

import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.trace.Rule.Show;

/** Makes a copy of an element in which {@link Redaction}'s table is heeded. One copy each. */
final class Redactor {
    /** Nothing deeper is looked at, and so nothing deeper is shown. */
    static final int DEPTH = 64;

    private static final String CUT = "[cut]";

    private final boolean secretsOnly;
    private final boolean bodies;
    private int room;

    private Redactor(boolean secretsOnly, boolean bodies, int room) {
        this.secretsOnly = secretsOnly;
        this.bodies = bodies;
        this.room = room;
    }

    /** {@return the element without what is secret, and whole otherwise} */
    static XmlElement withoutSecrets(XmlElement element) {
        return new Redactor(true, true, Integer.MAX_VALUE).copy(element, 1, false);
    }

    /**
     * {@return the element as it may be shown}
     *
     * @param bodies whether with what people wrote
     * @param room about how many bytes the copy may take: what comes behind is left out
     */
    static XmlElement shown(XmlElement element, boolean bodies, int room) {
        return new Redactor(false, bodies, room).copy(element, 1, false);
    }

    private XmlElement copy(XmlElement element, int depth, boolean within) {
        Rule rule = within ? Rule.SECRET : Redaction.of(element);
        XmlElement.Builder copy = XmlElement.builder(element.namespace(), element.name());
        room -= Weight.ELEMENT + element.name().length() + element.namespace().length();
        for (int i = 0; i < element.attributeCount() && room > 0; i++) {
            String namespace = element.attributeNamespace(i);
            String name = element.attributeName(i);
            String value = value(element, i, rule);
            room -= Weight.ATTRIBUTE + name.length() + value.length();
            copy.attribute(namespace, name, value);
        }
        for (int i = 0; i < element.nodeCount(); i++) {
            if (room <= 0) {
                return copy.text(CUT).build();
            }
            if (element.node(i) instanceof XmlElement child) {
                if (depth == DEPTH) {
                    return copy.text(CUT).build();
                }
                copy.child(copy(child, depth + 1, within || rule.deep()));
            } else {
                String text = hidden((String) element.node(i), rule.text());
                room -= text.length();
                copy.text(text);
            }
        }
        return copy.build();
    }

    private String value(XmlElement element, int index, Rule rule) {
        String namespace = element.attributeNamespace(index);
        String value = element.attributeValue(index);
        boolean known = namespace.isEmpty() ? rule.shows(element.attributeName(index)) : rule.all();
        if (known || (namespace.equals(XmlElement.XML_NAMESPACE) && !rule.deep())) {
            return value;
        }
        return hidden(value, rule.isSecret() ? Show.NOTHING : Show.LENGTH);
    }

    private String hidden(String text, Show show) {
        boolean visible = switch (show) {
            case TEXT -> true;
            case WRITTEN -> bodies;
            case LENGTH -> secretsOnly;
            case NOTHING -> text.isEmpty();
        };
        if (visible) {
            return text;
        }
        return show == Show.NOTHING ? "[secret]" : "[" + text.length() + " characters]";
    }
}
