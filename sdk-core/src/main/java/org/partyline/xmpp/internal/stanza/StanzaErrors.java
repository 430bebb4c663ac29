package org.partyline.xmpp.internal.stanza;

import org.partyline.error.RequestRejectedException;
import org.partyline.transport.xml.XmlElement;

/** Reads stanza errors (RFC 6120 section 8.3). */
public final class StanzaErrors {
    private StanzaErrors() {}

    /**
     * {@return the failure that an error stanza tells of}
     *
     * @param operation what was attempted
     * @param stanza a stanza of type {@code error}
     */
    public static RequestRejectedException read(String operation, XmlElement stanza) {
        XmlElement error = stanza.child("error");
        String condition = "undefined-condition";
        String text = null;
        if (error != null) {
            for (XmlElement child : error.children()) {
                if (child.namespace().equals(Stanzas.ERRORS)) {
                    if (child.name().equals("text")) {
                        text = child.text();
                    } else {
                        condition = child.name();
                    }
                }
            }
        }
        String by = error == null ? null : error.attribute("by");
        boolean passing = error != null && "wait".equals(error.attribute("type"));
        return new RequestRejectedException(
                operation, condition, text, by == null ? stanza.attribute("from") : by, passing, null);
    }
}
