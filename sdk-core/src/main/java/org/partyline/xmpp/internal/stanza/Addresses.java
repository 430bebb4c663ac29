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

    /**
     * {@return whether a stanza comes from the account itself, or from its server on its behalf: no {@code from}, or the
     * account's bare address (RFC 6120 section 8.1.2.1)}
     *
     * @param stanza the stanza
     * @param account the account's bare address
     */
    public static boolean fromOwnAccount(XmlElement stanza, Jid account) {
        return stanza.attribute("from") == null || account.equals(read(stanza, "from"));
    }
}
