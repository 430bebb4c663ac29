package org.partyline.xmpp.internal.trace;

import org.partyline.transport.xml.XmlElement;

/** Says how much memory an element takes, about, and whether something in it is secret. Makes no garbage but itself. */
final class Weight {
    /** What an element takes besides its texts and attributes. */
    static final int ELEMENT = 48;
    /** What an attribute takes besides its name and value. */
    static final int ATTRIBUTE = 24;

    private final int most;
    private int bytes;
    private boolean secret;

    private Weight(int most) {
        this.most = most;
    }

    /**
     * {@return the weight of an element}
     *
     * @param most what is heavier need not be weighed to the end
     */
    static Weight of(XmlElement element, int most) {
        Weight weight = new Weight(most);
        weight.add(element, 1);
        return weight;
    }

    int bytes() {
        return bytes;
    }

    /** {@return whether it is no heavier than allowed, and not deeper than is looked at} */
    boolean isAllowed() {
        return bytes <= most;
    }

    /** {@return whether something in it is secret; means nothing where it is too heavy} */
    boolean holdsSecret() {
        return secret;
    }

    private void add(XmlElement element, int depth) {
        if (depth > Redactor.DEPTH) {
            bytes = Integer.MAX_VALUE;
            return;
        }
        secret |= Redaction.of(element).isSecret();
        bytes += ELEMENT + element.name().length() + element.namespace().length();
        for (int i = 0; i < element.attributeCount(); i++) {
            bytes += ATTRIBUTE
                    + element.attributeName(i).length()
                    + element.attributeValue(i).length();
        }
        for (int i = 0; i < element.nodeCount() && bytes <= most; i++) {
            if (element.node(i) instanceof XmlElement child) {
                add(child, depth + 1);
            } else {
                bytes += ((String) element.node(i)).length();
            }
        }
    }
}
