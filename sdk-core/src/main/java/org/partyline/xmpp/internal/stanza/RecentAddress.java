package org.partyline.xmpp.internal.stanza;

import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.transport.xml.XmlElement;

/** Reads an address, and keeps the last one read: the next message mostly has the same. Loop only. */
public final class RecentAddress {
    private final String attribute;
    private String text = "";
    private @Nullable Jid address;

    /**
     * @param attribute {@code from}, {@code to} or another that holds an address
     */
    public RecentAddress(String attribute) {
        this.attribute = attribute;
    }

    /**
     * {@return the address in a stanza, or null if what stands there is none}
     *
     * @param stanza the stanza
     * @param absent what it is if nothing stands there
     */
    public @Nullable Jid read(XmlElement stanza, Jid absent) {
        String value = stanza.attribute(attribute);
        if (value == null) {
            return absent;
        }
        if (!value.equals(text)) {
            address = Addresses.read(stanza, attribute);
            text = value;
        }
        return address;
    }
}
