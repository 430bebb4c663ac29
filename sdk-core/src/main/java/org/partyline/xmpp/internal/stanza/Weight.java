package org.partyline.xmpp.internal.stanza;

import org.partyline.transport.xml.XmlElement;

/** How much memory a stanza takes, roughly, for bounds on what is kept of them. */
public final class Weight {
    /** What an element or an attribute costs besides its text, at least. */
    private static final int EACH = 32;

    private Weight() {}

    /**
     * {@return the characters of an element's texts and attribute values, and something for each element and attribute; no
     * more than a small multiple of the limits of one stanza}
     *
     * @param element any element
     */
    public static int of(XmlElement element) {
        int weight = EACH;
        for (int i = 0; i < element.attributeCount(); i++) {
            weight += EACH + element.attributeValue(i).length();
        }
        for (int i = 0; i < element.nodeCount(); i++) {
            weight += element.node(i) instanceof XmlElement child
                    ? of(child)
                    : element.node(i).toString().length();
        }
        return weight;
    }
}
