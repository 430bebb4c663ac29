package org.partyline.xmpp.internal.roster;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.roster.Contact;
import org.partyline.roster.Subscription;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.Addresses;
import org.partyline.xmpp.internal.stanza.Stanzas;

/** Roster items on the wire (RFC 6121 section 2.1.2). */
final class RosterItems {
    static final String NAMESPACE = "jabber:iq:roster";
    /** Groups of one contact. */
    private static final int MAX_GROUPS = 64;
    /** Characters of a name or a group. */
    private static final int MAX_TEXT = 1023;

    private RosterItems() {}

    /** {@return the entry in an item, or null if it is none: without an address, or to be removed} */
    static @Nullable Contact read(XmlElement item) {
        Jid jid = Addresses.read(item, "jid");
        Subscription subscription = subscription(item.attribute("subscription"));
        if (jid == null || subscription == null) {
            return null;
        }
        Set<String> groups = new LinkedHashSet<>();
        for (XmlElement child : item.children()) {
            if (child.is(NAMESPACE, "group") && groups.size() < MAX_GROUPS) {
                groups.add(Stanzas.cut(child.text(), MAX_TEXT));
            }
        }
        String name = item.attribute("name");
        String approved = item.attribute("approved");
        return new Contact(
                jid.bare(),
                name == null || name.isEmpty() ? null : Stanzas.cut(name, MAX_TEXT),
                groups,
                subscription,
                "subscribe".equals(item.attribute("ask")),
                "true".equals(approved) || "1".equals(approved));
    }

    static boolean isRemoval(XmlElement item) {
        return "remove".equals(item.attribute("subscription"));
    }

    static XmlElement write(Jid jid, String name, Collection<String> groups) {
        XmlElement.Builder item = XmlElement.builder(NAMESPACE, "item")
                .attribute("jid", jid.bare().toString())
                .attribute("name", name.isEmpty() ? null : name);
        for (String group : new LinkedHashSet<>(groups)) {
            item.textChild("group", group);
        }
        return query(item.build());
    }

    static XmlElement removal(Jid jid) {
        return query(XmlElement.builder(NAMESPACE, "item")
                .attribute("jid", jid.bare().toString())
                .attribute("subscription", "remove")
                .build());
    }

    private static XmlElement query(XmlElement item) {
        return XmlElement.builder(NAMESPACE, "query").child(item).build();
    }

    /** Absent means none (RFC 6121 section 2.1.2.5); what is unknown is no entry. */
    private static @Nullable Subscription subscription(@Nullable String value) {
        if (value == null) {
            return Subscription.NONE;
        }
        return switch (value) {
            case "none" -> Subscription.NONE;
            case "to" -> Subscription.TO;
            case "from" -> Subscription.FROM;
            case "both" -> Subscription.BOTH;
            default -> null;
        };
    }
}
