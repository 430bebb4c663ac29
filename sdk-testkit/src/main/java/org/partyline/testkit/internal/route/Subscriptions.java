package org.partyline.testkit.internal.route;

import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.RosterItem;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.account.Subscription;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.Stanzas;
import org.partyline.transport.xml.XmlElement;

/** Asking for, granting and ending subscriptions (RFC 6121 section 3; the tables are in appendix A). */
final class Subscriptions {
    private final Directory directory;
    private final PresenceRouter presences;
    private final RosterPushes pushes;

    Subscriptions(Directory directory, PresenceRouter presences, RosterPushes pushes) {
        this.directory = directory;
        this.presences = presences;
        this.pushes = pushes;
    }

    /** Takes what a session says about a contact. */
    void outbound(Account account, XmlElement presence, Address to) {
        Address contact = to.bare();
        if (contact.equals(account.address())) {
            return;
        }
        // Subscriptions are between accounts: the stanza goes on with bare addresses (section 3.1.2).
        XmlElement stanza = Stanzas.between(presence, account.address(), contact);
        switch (Stanzas.type(presence)) {
            case "subscribe" -> subscribe(account, contact, stanza);
            case "subscribed" -> subscribed(account, contact, stanza);
            case "unsubscribe" -> unsubscribe(account, contact, stanza);
            case "unsubscribed" -> unsubscribed(account, contact, stanza);
            default -> throw new IllegalArgumentException("no subscription stanza");
        }
    }

    private void subscribe(Account account, Address contact, XmlElement stanza) {
        RosterItem item = account.roster().get(contact);
        Subscription state = item.subscription();
        if (!state.to() && !state.pendingOut()) {
            pushes.store(account, item.shown().with(state.withPendingOut(true)));
        }
        inbound(contact, stanza);
    }

    private void subscribed(Account account, Address contact, XmlElement stanza) {
        RosterItem item = account.roster().get(contact);
        Subscription state = item.subscription();
        if (state.pendingIn()) {
            account.requests().remove(contact);
            pushes.store(account, item.shown().with(state.withPendingIn(false).withFrom(true)));
            inbound(contact, stanza);
            presences.showAll(account, contact);
        } else if (!state.from() && !state.approved()) {
            // Granted beforehand; the contact does not hear of it (section 3.4.2).
            pushes.store(account, item.shown().with(state.withApproved(true)));
        }
    }

    private void unsubscribe(Account account, Address contact, XmlElement stanza) {
        RosterItem item = account.roster().get(contact);
        Subscription state = item.subscription();
        if (state.to() || state.pendingOut()) {
            pushes.store(account, item.with(state.withTo(false).withPendingOut(false)));
        }
        inbound(contact, stanza);
    }

    private void unsubscribed(Account account, Address contact, XmlElement stanza) {
        RosterItem item = account.roster().get(contact);
        Subscription state = item.subscription();
        account.requests().remove(contact);
        Subscription after = state.withFrom(false).withPendingIn(false).withApproved(false);
        if (!after.equals(state)) {
            pushes.store(account, item.with(after));
        }
        if (state.from()) {
            presences.hideAll(account, contact);
        }
        if (state.from() || state.pendingIn()) {
            inbound(contact, stanza);
        }
    }

    /** Ends what there is with a contact who is removed from the roster (section 2.5.2). */
    void removed(Account account, RosterItem item) {
        Subscription state = item.subscription();
        Address contact = item.contact();
        account.requests().remove(contact);
        if (state.from()) {
            presences.hideAll(account, contact);
        }
        if (state.to() || state.pendingOut()) {
            inbound(contact, Stanzas.presence(account.address(), contact, "unsubscribe"));
        }
        if (state.from() || state.pendingIn()) {
            inbound(contact, Stanzas.presence(account.address(), contact, "unsubscribed"));
        }
    }

    /** Takes what another account says, at the receiver's side. */
    private void inbound(Address to, XmlElement stanza) {
        Account account = directory.account(to);
        Address from = Address.parse(stanza.attribute("from"));
        if (account == null || from == null || Blocks.between(account, from)) {
            return;
        }
        RosterItem item = account.roster().get(from);
        Subscription state = item.subscription();
        switch (Stanzas.type(stanza)) {
            case "subscribe" -> asked(account, item, stanza);
            case "subscribed" -> {
                if (state.pendingOut()) {
                    deliver(account, stanza);
                    pushes.store(account, item.with(state.withPendingOut(false).withTo(true)));
                }
            }
            case "unsubscribe" -> {
                boolean withdrawn = account.requests().remove(from) != null;
                if (state.from() || state.pendingIn() || withdrawn) {
                    deliver(account, stanza);
                    pushes.store(account, item.with(state.withFrom(false).withPendingIn(false)));
                }
                if (state.from()) {
                    presences.hideAll(account, from);
                }
            }
            default -> {
                if (state.to() || state.pendingOut()) {
                    deliver(account, stanza);
                    pushes.store(account, item.with(state.withTo(false).withPendingOut(false)));
                }
            }
        }
    }

    private void asked(Account account, RosterItem item, XmlElement stanza) {
        Subscription state = item.subscription();
        Address asker = item.contact();
        if (state.from()) {
            inbound(asker, Stanzas.presence(account.address(), asker, "subscribed"));
            presences.showAll(account, asker);
        } else if (state.approved()) {
            pushes.store(account, item.with(state.withFrom(true)));
            inbound(asker, Stanzas.presence(account.address(), asker, "subscribed"));
            presences.showAll(account, asker);
        } else if (account.roster().hasRoomFor(asker)) {
            pushes.store(account, item.with(state.withPendingIn(true)));
            account.requests().put(asker, stanza);
            deliver(account, stanza);
        }
    }

    private static void deliver(Account account, XmlElement stanza) {
        for (Session session : account.sessionsNow()) {
            if (session.isAvailable() || session.wantsRoster()) {
                session.send(stanza);
            }
        }
    }
}
