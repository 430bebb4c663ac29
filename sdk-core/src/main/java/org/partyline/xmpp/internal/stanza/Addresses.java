package org.partyline.xmpp.internal.stanza;

import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.address.JidFormatException;
import org.partyline.transport.xml.XmlElement;

/** Addresses in stanzas. What is no address is as good as none: the stanza is dropped, never thrown about. */
public final class Addresses {
    private Addresses() {}

    /**
     * {@return an attribute as an address, or null if it is absent or no address}
     *
     * @param element the element
     * @param attribute {@code from}, {@code to} or {@code jid}
     */
    public static @Nullable Jid read(XmlElement element, String attribute) {
        String text = element.attribute(attribute);
        if (text == null) {
            return null;
        }
        try {
            return Jid.parse(text);
        } catch (JidFormatException e) {
            return null;
        }
    }
}
