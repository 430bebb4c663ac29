package org.partyline.testkit.internal.route;

import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Domain;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.account.StreamManagement;
import org.partyline.testkit.internal.account.Wire;
import org.partyline.testkit.internal.fault.FaultPlan;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.StanzaCondition;
import org.partyline.testkit.internal.xmpp.Stanzas;
import org.partyline.testkit.internal.xmpp.StreamError;
import org.partyline.transport.xml.XmlElement;

/** The front of all routing. Belongs to the network's loop. */
public final class Router {
    private final Delivery delivery;
    private final FaultPlan faults = new FaultPlan();
    private final Archives archives;
    private final MessageRouter messages;
    private final PresenceRouter presences;
    private final Subscriptions subscriptions;
    private final IqRouter requests;

    /**
     * Makes a router.
     *
     * @param directory the accounts
     * @param archivePage results that a page of an archive may have, or 0 for no archives
     */
    public Router(Directory directory, int archivePage) {
        this.delivery = new Delivery(directory);
        this.archives = new Archives(archivePage > 0);
        this.messages = new MessageRouter(delivery, archives);
        this.presences = new PresenceRouter(directory);
        RosterPushes pushes = new RosterPushes();
        this.subscriptions = new Subscriptions(directory, presences, pushes);
        this.requests = new IqRouter(
                delivery,
                new RosterRequests(subscriptions, pushes),
                new BlockRequests(presences),
                archivePage > 0 ? new ArchiveRequests(archives, faults, archivePage) : null);
    }

    public Directory directory() {
        return delivery.directory();
    }

    /** {@return the faults that hold for all} */
    public FaultPlan faults() {
        return faults;
    }

    /** {@return what counts the archives' work} */
    public Archives archives() {
        return archives;
    }

    /** Routes a stanza of a session's client. */
    public void receive(Session session, XmlElement stanza) {
        Wire wire = session.wire();
        String claimed = stanza.attribute("from");
        Address from = claimed == null ? session.address() : Address.parse(claimed);
        if (!session.address().equals(from) && !session.account().address().equals(from) && wire != null) {
            wire.fail(StreamError.of("invalid-from"));
            return;
        }
        XmlElement stamped = Stanzas.from(stanza, session.address());
        String receiver = stanza.attribute("to");
        Address to = Address.parse(receiver);
        if (receiver != null && to == null) {
            delivery.bounce(stamped, StanzaCondition.JID_MALFORMED);
            return;
        }
        switch (stanza.name()) {
            case "message" -> messages.fromSession(session, stamped, to);
            case "iq" -> requests.fromSession(session, stamped, to);
            default -> presence(session, stamped, to);
        }
    }

    private void presence(Session session, XmlElement presence, @Nullable Address to) {
        String type = Stanzas.type(presence);
        switch (type) {
            case "subscribe", "subscribed", "unsubscribe", "unsubscribed" -> {
                boolean adds = type.startsWith("subscribe");
                if (to == null) {
                    delivery.bounce(presence, StanzaCondition.BAD_REQUEST);
                } else if (adds && !session.account().roster().hasRoomFor(to)) {
                    delivery.bounce(presence, StanzaCondition.RESOURCE_CONSTRAINT);
                } else {
                    subscriptions.outbound(session.account(), presence, to);
                }
            }
            case "", "unavailable", "error" -> {
                if (to != null) {
                    presences.directed(session, presence, to);
                } else if (type.isEmpty()) {
                    presences.available(session, presence);
                } else if (type.equals("unavailable")) {
                    presences.unavailable(session, presence);
                }
            }
            case "probe" -> {
                // For servers alone (RFC 6121 section 4.3).
            }
            default -> delivery.bounce(presence, StanzaCondition.BAD_REQUEST);
        }
    }

    /** Ends a session: others see it go, and what its client did not confirm goes another way. Ends nothing twice. */
    public void end(Session session) {
        Account account = session.account();
        if (session.isEnded() || !account.close(session)) {
            return;
        }
        presences.unavailable(session, PresenceRouter.farewell(session));
        StreamManagement management = session.management();
        if (management != null) {
            for (XmlElement stanza : management.lost(account.address().domain())) {
                lost(session, stanza);
            }
        }
        forgetIfTemporary(account);
    }

    /** Forgets an account that was there for one session alone (SASL ANONYMOUS), if it has none. */
    public void forgetIfTemporary(Account account) {
        if (account.isTemporary() && account.sessions().isEmpty()) {
            forgetAnonymous(account);
        }
    }

    private void lost(Session session, XmlElement stanza) {
        if (stanza.name().equals("message")) {
            messages.again(stanza, session.address());
        } else if (stanza.name().equals("iq")) {
            delivery.bounce(stanza, StanzaCondition.SERVICE_UNAVAILABLE);
        }
    }

    private void forgetAnonymous(Account account) {
        Domain domain = directory().domain(account.address().domain());
        if (domain != null) {
            domain.remove(account);
        }
    }
}
