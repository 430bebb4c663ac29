package org.partyline.xmpp.internal.presence;

import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.presence.Availability;
import org.partyline.presence.Presence;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.Stanzas;

/** Presence on the wire (RFC 6121 section 4.7). */
final class PresenceStanzas {
    private static final int MAX_STATUS = 4096;

    private PresenceStanzas() {}

    /**
     * {@return a stanza}
     *
     * @param to whom alone it is for, or null for everybody
     * @param capabilities what is said of this client (XEP-0115), or null
     */
    static XmlElement write(@Nullable Jid to, Presence presence, @Nullable XmlElement capabilities) {
        XmlElement.Builder stanza =
                XmlElement.builder(Stanzas.CLIENT, "presence").attribute("to", to == null ? null : to.toString());
        if (!presence.isAvailable()) {
            return stanza.attribute("type", "unavailable")
                    .textChild("status", presence.statusText())
                    .build();
        }
        String show = switch (presence.availability()) {
            case CHATTY -> "chat";
            case AWAY -> "away";
            case EXTENDED_AWAY -> "xa";
            case DO_NOT_DISTURB -> "dnd";
            case AVAILABLE, OFFLINE -> null;
        };
        return stanza.textChild("show", show)
                .textChild("status", presence.statusText())
                .textChild("priority", presence.priority() == 0 ? null : Integer.toString(presence.priority()))
                .child(capabilities)
                .build();
    }

    static XmlElement subscription(Jid to, String type) {
        return XmlElement.builder(Stanzas.CLIENT, "presence")
                .attribute("to", to.bare().toString())
                .attribute("type", type)
                .build();
    }

    /** {@return the presence that a stanza without a type, or of type unavailable, tells of} */
    static Presence read(XmlElement stanza) {
        String status = stanza.childText("status");
        if (status != null) {
            status = Stanzas.cut(status, MAX_STATUS);
        }
        if (stanza.attribute("type") != null) {
            return new Presence(Availability.OFFLINE, status, 0);
        }
        String show = stanza.childText("show");
        Availability availability = switch (show == null ? "" : show) {
            case "chat" -> Availability.CHATTY;
            case "away" -> Availability.AWAY;
            case "xa" -> Availability.EXTENDED_AWAY;
            case "dnd" -> Availability.DO_NOT_DISTURB;
            default -> Availability.AVAILABLE;
        };
        return new Presence(availability, status, priority(stanza.childText("priority")));
    }

    /** Zero where it is no number from -128 to 127. */
    private static int priority(@Nullable String text) {
        if (text == null || text.length() > 4) {
            return 0;
        }
        try {
            int priority = Integer.parseInt(text);
            return priority < -128 || priority > 127 ? 0 : priority;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
