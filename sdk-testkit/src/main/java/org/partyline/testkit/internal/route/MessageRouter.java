package org.partyline.testkit.internal.route;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Copies;
import org.partyline.testkit.internal.account.OfflineStore;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.StanzaCondition;
import org.partyline.testkit.internal.xmpp.Stanzas;
import org.partyline.transport.xml.XmlElement;

/** Where messages go (RFC 6121 section 8.5). */
final class MessageRouter {
    private final Delivery delivery;
    private final Archives archives;

    MessageRouter(Delivery delivery, Archives archives) {
        this.delivery = delivery;
        this.archives = archives;
    }

    /** Routes what a session sent. */
    void fromSession(Session sender, XmlElement message, @Nullable Address given) {
        Account own = sender.account();
        Address to = given == null ? own.address() : given;
        if (Blocks.between(own, to)) {
            delivery.bounce(message, StanzaCondition.NOT_ACCEPTABLE, Blocks.BLOCKED);
            return;
        }
        boolean copied = Carbons.isEligible(message);
        XmlElement clean = archives.withoutIdsOf(own.address(), Carbons.withoutMark(message));
        XmlElement archived = archives.sent(own, clean, to);
        boolean toSelf = to.bare().equals(own.address());
        if (copied && !toSelf) {
            Carbons.sent(sender, archived);
        }
        // The id in the sender's archive is for the sender alone (XEP-0313 section 3.4).
        route(toSelf ? archived : clean, to, new Origin(sender.address(), sender, copied));
    }

    /** Routes a message that none of its first receivers confirmed; copies of it were sent already. */
    void again(XmlElement message, Address to) {
        Address from = Address.parse(message.attribute("from"));
        if (from != null && to.isFull()) {
            Account account = delivery.directory().account(to);
            if (account != null) {
                toBare(account, message, new Origin(from, null, false));
            }
        }
    }

    private void route(XmlElement message, Address to, Origin origin) {
        if (delivery.directory().domain(to.domain()) == null) {
            delivery.bounce(message, StanzaCondition.REMOTE_SERVER_NOT_FOUND);
            return;
        }
        Account account = delivery.directory().account(to);
        if (account == null || Blocks.between(account, origin.address())) {
            // Who is blocked cannot tell it from an account that is not there (XEP-0191 section 3.2).
            delivery.bounce(message, StanzaCondition.SERVICE_UNAVAILABLE);
        } else if (account.isSink()) {
            account.swallow();
        } else {
            boolean toSelf = origin.address().bare().equals(account.address());
            XmlElement clean = toSelf ? message : archives.withoutIdsOf(account.address(), message);
            if (to.isFull()) {
                toFull(account, clean, to, origin);
            } else {
                toBare(account, clean, origin);
            }
        }
    }

    private void toFull(Account account, XmlElement message, Address to, Origin origin) {
        Session session = account.session(to.resource());
        if (session != null) {
            XmlElement archived = archives.received(account, message);
            Copies copies = new Copies(archived);
            session.send(archived, copies);
            if (origin.copied()) {
                Carbons.received(account, copies, List.of(session), origin.session());
            }
            return;
        }
        // RFC 6121 section 8.5.3.2.1.
        switch (Stanzas.type(message)) {
            case "chat" -> toBare(account, message, origin);
            case "error", "headline" -> {
                // Ignored: there is nobody to tell.
            }
            default -> delivery.bounce(message, StanzaCondition.SERVICE_UNAVAILABLE);
        }
    }

    private void toBare(Account account, XmlElement message, Origin origin) {
        switch (Stanzas.type(message)) {
            case "error" -> {
                // Ignored (RFC 6121 section 8.5.2.1.1).
            }
            case "groupchat" -> delivery.bounce(message, StanzaCondition.SERVICE_UNAVAILABLE);
            case "headline" ->
                account.sessionsNow().stream()
                        .filter(Session::takesBareMessages)
                        .forEach(session -> session.send(message));
            default -> toMostAvailable(account, message, origin);
        }
    }

    private void toMostAvailable(Account account, XmlElement message, Origin origin) {
        List<Session> best = mostAvailable(account);
        if (best.isEmpty() && OfflineStore.isKept(message) && account.offline().isFull()) {
            delivery.bounce(message, StanzaCondition.SERVICE_UNAVAILABLE);
            return;
        }
        XmlElement archived = archives.received(account, message);
        Copies copies = new Copies(archived);
        if (best.isEmpty()) {
            copies.keep();
            if (OfflineStore.isKept(archived)) {
                account.offline().add(archived, account.address().domain());
            }
        } else {
            best.forEach(session -> session.send(archived, copies));
        }
        if (origin.copied()) {
            Carbons.received(account, copies, best, origin.session());
        }
    }

    private static List<Session> mostAvailable(Account account) {
        List<Session> best = new ArrayList<>(1);
        int highest = 0;
        for (Session session : account.sessions()) {
            if (session.takesBareMessages() && session.priority() >= highest) {
                if (session.priority() > highest) {
                    best.clear();
                    highest = session.priority();
                }
                best.add(session);
            }
        }
        return best;
    }

    /** Who sent a message, and whether it is to be copied. */
    private record Origin(Address address, @Nullable Session session, boolean copied) {}
}
