package org.partyline.testkit.internal.account;

import java.util.List;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.transport.xml.XmlElement;

/**
 * What an account knows of a contact.
 *
 * @param contact the bare address
 * @param name the name that the account gave, empty for none
 * @param groups the groups, without repetition
 * @param subscription how the two stand to each other
 * @param listed whether the account sees the item: one that only holds a contact's request is hidden (RFC 6121 section 3.1.3)
 * @param version the roster's version since which the item is like this
 */
public record RosterItem(
        Address contact, String name, List<String> groups, Subscription subscription, boolean listed, long version) {

    /** {@return an item about which nothing is known} */
    static RosterItem unknown(Address contact) {
        return new RosterItem(contact, "", List.of(), Subscription.NONE, false, 0);
    }

    public RosterItem named(String name, List<String> groups) {
        return new RosterItem(contact, name, List.copyOf(groups), subscription, true, version);
    }

    public RosterItem with(Subscription subscription) {
        return new RosterItem(contact, name, groups, subscription, listed, version);
    }

    public RosterItem shown() {
        return new RosterItem(contact, name, groups, subscription, true, version);
    }

    RosterItem at(long version) {
        return new RosterItem(contact, name, groups, subscription, listed, version);
    }

    boolean isEmpty() {
        return !listed && subscription.equals(Subscription.NONE);
    }

    /** {@return the item as the account's clients see it} */
    public XmlElement toElement() {
        XmlElement.Builder item = XmlElement.builder(Ns.ROSTER, "item")
                .attribute("jid", contact.toString())
                .attribute("name", name.isEmpty() ? null : name)
                .attribute("subscription", subscription.attribute())
                .attribute("ask", subscription.pendingOut() ? "subscribe" : null)
                .attribute("approved", subscription.approved() ? "true" : null);
        groups.forEach(group -> item.textChild("group", group));
        return item.build();
    }
}
