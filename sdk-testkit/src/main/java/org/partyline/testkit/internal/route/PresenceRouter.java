package org.partyline.testkit.internal.route;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.RosterItem;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.testkit.internal.xmpp.Stanzas;
import org.partyline.transport.xml.XmlElement;

/** Who sees whose presence (RFC 6121 section 4). */
final class PresenceRouter {
    private final Directory directory;

    PresenceRouter(Directory directory) {
        this.directory = directory;
    }

    /** Takes presence without a receiver: initial, or a change (sections 4.2 and 4.4). */
    void available(Session session, XmlElement presence) {
        boolean initial = !session.isAvailable();
        session.presence(presence);
        Account account = session.account();
        broadcast(account, presence);
        for (Session own : account.sessionsNow()) {
            if (own.isAvailable()) {
                own.send(presence);
            }
        }
        if (initial) {
            showOthers(session);
        }
        if (session.takesBareMessages()) {
            for (XmlElement waiting : account.offline().take()) {
                // The session may end before all of them are out, for its client confirms too little.
                if (session.isEnded()) {
                    account.offline().putBack(waiting);
                } else {
                    session.send(waiting);
                }
            }
        }
    }

    /** What a session sees when it becomes available: its own account's others, its contacts, open requests. */
    private void showOthers(Session session) {
        Account account = session.account();
        for (Session own : account.sessionsNow()) {
            if (own != session && own.presence() != null) {
                session.send(own.presence());
            }
        }
        for (RosterItem item : List.copyOf(account.roster().items())) {
            if (item.subscription().to() && !Blocks.between(account, item.contact())) {
                probe(item.contact(), session);
            }
        }
        account.requests().values().forEach(session::send);
    }

    /** Shows a session the presence of a contact whom it may see (section 4.3). */
    private void probe(Address contact, Session asker) {
        Account asked = directory.account(contact);
        Account own = asker.account();
        if (asked != null
                && asked.roster().get(own.address()).subscription().from()
                && !Blocks.between(asked, own.address())) {
            for (Session session : asked.sessionsNow()) {
                if (session.presence() != null) {
                    asker.send(Stanzas.between(session.presence(), session.address(), own.address()));
                }
            }
        }
    }

    /** Takes presence of type unavailable without a receiver, or the end of a session (section 4.5). */
    void unavailable(Session session, XmlElement presence) {
        Set<Address> told = new HashSet<>();
        Account account = session.account();
        if (session.isAvailable()) {
            session.presence(null);
            told.addAll(broadcast(account, presence));
            for (Session own : account.sessionsNow()) {
                if (own.isAvailable() && own != session) {
                    own.send(presence);
                }
            }
        }
        for (Address to : session.takeDirected()) {
            if (!told.contains(to.bare())) {
                show(account, to, presence);
            }
        }
    }

    /** Takes presence that is sent to somebody directly (section 4.6). */
    void directed(Session session, XmlElement presence, Address to) {
        String type = Stanzas.type(presence);
        if (!type.equals("error")) {
            session.directed(to, type.isEmpty());
        }
        show(session.account(), to, presence);
    }

    /** {@return whom the presence was sent to: all who are subscribed to it} */
    private Set<Address> broadcast(Account account, XmlElement presence) {
        Set<Address> told = new HashSet<>();
        for (RosterItem item : List.copyOf(account.roster().items())) {
            if (item.subscription().from()) {
                show(account, item.contact(), presence);
                told.add(item.contact());
            }
        }
        return told;
    }

    /** Shows a contact the presence of all of an account's sessions, after it was allowed to see it. */
    void showAll(Account account, Address contact) {
        for (Session session : account.sessionsNow()) {
            if (session.presence() != null) {
                show(account, contact, session.presence());
            }
        }
    }

    /** Takes the presence of all of an account's sessions away from a contact who may no longer see it. */
    void hideAll(Account account, Address contact) {
        for (Session session : account.sessionsNow()) {
            if (session.isAvailable()) {
                show(account, contact, Stanzas.presence(session.address(), contact, "unavailable"));
            }
        }
    }

    /** Brings a presence to one address, if neither side has blocked the other. */
    private void show(Account account, Address to, XmlElement presence) {
        Account receiver = directory.account(to);
        if (receiver == null || Blocks.between(account, to)) {
            return;
        }
        Address from = Address.parse(presence.attribute("from"));
        if (from == null || Blocks.between(receiver, from)) {
            return;
        }
        XmlElement addressed = Stanzas.between(presence, from, to);
        if (to.isFull()) {
            Session session = receiver.session(to.resource());
            if (session != null) {
                session.send(addressed);
            }
            return;
        }
        for (Session session : receiver.sessionsNow()) {
            if (session.isAvailable()) {
                session.send(addressed);
            }
        }
    }

    /** {@return the presence of a session that ended without saying so} */
    static XmlElement farewell(Session session) {
        return XmlElement.builder(Ns.CLIENT, "presence")
                .attribute("from", session.address().toString())
                .attribute("type", "unavailable")
                .build();
    }
}
