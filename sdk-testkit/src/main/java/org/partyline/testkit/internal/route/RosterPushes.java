package org.partyline.testkit.internal.route;

import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Roster;
import org.partyline.testkit.internal.account.RosterItem;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.transport.xml.XmlElement;

/** Changes a roster and tells the sessions that asked for it (RFC 6121 section 2.1.6). */
final class RosterPushes {
    private long pushes;

    /** Stores an item and pushes it if clients see it. */
    void store(Account account, RosterItem item) {
        RosterItem before = account.roster().get(item.contact());
        RosterItem stored = account.roster().put(item);
        if (stored.listed() || before.listed()) {
            push(account, stored.toElement(), account.roster().version());
        }
    }

    void remove(Account account, Address contact) {
        account.roster().remove(contact);
        push(account, Roster.removed(contact), account.roster().version());
    }

    private void push(Account account, XmlElement item, long version) {
        for (Session session : account.sessionsNow()) {
            if (session.wantsRoster()) {
                pushTo(session, item, version);
            }
        }
    }

    /** Like Prosody's, a push has no sender. */
    void pushTo(Session session, XmlElement item, long version) {
        session.send(XmlElement.builder(Ns.CLIENT, "iq")
                .attribute("type", "set")
                .attribute("id", "push-" + ++pushes)
                .attribute("to", session.address().toString())
                .child(XmlElement.builder(Ns.ROSTER, "query")
                        .attribute("ver", Long.toString(version))
                        .child(item)
                        .build())
                .build());
    }
}
