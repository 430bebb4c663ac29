package org.partyline.transport.xml;

import java.util.ArrayDeque;

/** Walks over element trees without recursion. */
final class XmlTrees {
    private XmlTrees() {}

    static boolean equal(XmlElement left, XmlElement right) {
        ArrayDeque<XmlElement> open = new ArrayDeque<>();
        open.push(right);
        open.push(left);
        while (!open.isEmpty()) {
            XmlElement a = open.pop();
            XmlElement b = open.pop();
            if (!a.is(b.namespace(), b.name())
                    || a.attributeCount() != b.attributeCount()
                    || a.nodeCount() != b.nodeCount()) {
                return false;
            }
            for (int i = 0; i < a.attributeCount(); i++) {
                if (!a.attributeValue(i).equals(b.attribute(a.attributeNamespace(i), a.attributeName(i)))) {
                    return false;
                }
            }
            for (int i = 0; i < a.nodeCount(); i++) {
                if (a.node(i) instanceof XmlElement x && b.node(i) instanceof XmlElement y) {
                    open.push(y);
                    open.push(x);
                } else if (!a.node(i).equals(b.node(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
