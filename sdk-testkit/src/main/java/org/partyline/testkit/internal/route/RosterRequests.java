package org.partyline.testkit.internal.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Roster;
import org.partyline.testkit.internal.account.RosterItem;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.testkit.internal.xmpp.StanzaCondition;
import org.partyline.testkit.internal.xmpp.Stanzas;
import org.partyline.transport.xml.XmlElement;

/** Getting and changing the roster (RFC 6121 section 2). */
final class RosterRequests implements RequestHandler {
    private static final int MAX_GROUPS = 64;
    private static final int MAX_TEXT = 1023;

    private final Subscriptions subscriptions;
    private final RosterPushes pushes;

    RosterRequests(Subscriptions subscriptions, RosterPushes pushes) {
        this.subscriptions = subscriptions;
        this.pushes = pushes;
    }

    @Override
    public void answer(Session session, XmlElement iq, XmlElement query) {
        if (Stanzas.type(iq).equals("get")) {
            get(session, iq, query);
        } else {
            session.send(set(session, iq, query));
        }
    }

    private void get(Session session, XmlElement iq, XmlElement query) {
        session.rosterRequested();
        Roster roster = session.account().roster();
        String known = query.attribute("ver");
        List<Roster.Change> changes = known == null ? null : roster.changesSince(known);
        if (changes != null) {
            // The result says that nothing else is sent whole; what changed follows as pushes (section 2.6.3).
            session.send(Stanzas.result(iq));
            changes.forEach(change -> pushes.pushTo(session, change.item(), change.version()));
            return;
        }
        XmlElement.Builder all = XmlElement.builder(Ns.ROSTER, "query");
        if (known != null) {
            all.attribute("ver", Long.toString(roster.version()));
        }
        roster.listed().forEach(item -> all.child(item.toElement()));
        session.send(Stanzas.result(iq, all.build()));
    }

    private XmlElement set(Session session, XmlElement iq, XmlElement query) {
        List<XmlElement> items = query.children();
        if (items.size() != 1 || !items.get(0).is(Ns.ROSTER, "item")) {
            return Stanzas.error(iq, StanzaCondition.BAD_REQUEST);
        }
        Account account = session.account();
        XmlElement wanted = items.get(0);
        Address contact = Address.parse(wanted.attribute("jid"));
        if (contact == null) {
            return Stanzas.error(
                    iq, wanted.attribute("jid") == null ? StanzaCondition.BAD_REQUEST : StanzaCondition.JID_MALFORMED);
        }
        contact = contact.bare();
        RosterItem item = account.roster().get(contact);
        if ("remove".equals(wanted.attribute("subscription"))) {
            if (!item.listed()) {
                return Stanzas.error(iq, StanzaCondition.ITEM_NOT_FOUND);
            }
            pushes.remove(account, contact);
            subscriptions.removed(account, item);
            return Stanzas.result(iq);
        }
        if (contact.equals(account.address())) {
            return Stanzas.error(iq, StanzaCondition.NOT_ALLOWED);
        }
        return save(account, iq, wanted, item);
    }

    private XmlElement save(Account account, XmlElement iq, XmlElement wanted, RosterItem item) {
        String name = wanted.attribute("name");
        List<String> groups = groups(wanted);
        if (groups == null) {
            return Stanzas.error(iq, StanzaCondition.BAD_REQUEST);
        }
        if (groups.stream().anyMatch(group -> group.isEmpty() || group.length() > MAX_TEXT)
                || (name != null && name.length() > MAX_TEXT)) {
            return Stanzas.error(iq, StanzaCondition.NOT_ACCEPTABLE);
        }
        if (!account.roster().hasRoomFor(item.contact())) {
            return Stanzas.error(iq, StanzaCondition.RESOURCE_CONSTRAINT);
        }
        pushes.store(account, item.named(name == null ? "" : name, groups));
        return Stanzas.result(iq);
    }

    /** {@return the groups, or null if one is repeated or there are too many (section 2.3.3)} */
    private static @Nullable List<String> groups(XmlElement wanted) {
        List<String> groups = new ArrayList<>();
        for (XmlElement child : wanted.children()) {
            if (child.is(Ns.ROSTER, "group")) {
                groups.add(child.text());
            }
        }
        boolean legal = groups.size() <= MAX_GROUPS && new HashSet<>(groups).size() == groups.size();
        return legal ? groups : null;
    }
}
