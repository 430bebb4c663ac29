package org.partyline.testkit.internal.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.BlockList;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.testkit.internal.xmpp.StanzaCondition;
import org.partyline.testkit.internal.xmpp.Stanzas;
import org.partyline.transport.xml.XmlElement;

/** Reading and changing the block list (XEP-0191). */
final class BlockRequests implements RequestHandler {
    private final PresenceRouter presences;
    private long pushes;

    BlockRequests(PresenceRouter presences) {
        this.presences = presences;
    }

    @Override
    public void answer(Session session, XmlElement iq, XmlElement payload) {
        if (Stanzas.type(iq).equals("get")) {
            session.send(get(session, iq, payload));
            return;
        }
        List<Address> entries = entries(payload);
        StanzaCondition refusal = entries == null
                ? StanzaCondition.JID_MALFORMED
                : payload.name().equals("block")
                        ? block(session.account(), entries)
                        : payload.name().equals("unblock")
                                ? unblock(session.account(), entries)
                                : StanzaCondition.BAD_REQUEST;
        if (refusal != null) {
            session.send(Stanzas.error(iq, refusal));
        } else {
            session.send(Stanzas.result(iq));
            push(session.account(), payload);
        }
    }

    private static XmlElement get(Session session, XmlElement iq, XmlElement payload) {
        if (!payload.name().equals("blocklist")) {
            return Stanzas.error(iq, StanzaCondition.BAD_REQUEST);
        }
        session.blockListRequested();
        XmlElement.Builder list = XmlElement.builder(Ns.BLOCKING, "blocklist");
        session.account().blockList().entries().forEach(entry -> list.child(item(entry)));
        return Stanzas.result(iq, list.build());
    }

    /** {@return why it was not done, or null if it was} */
    private @Nullable StanzaCondition block(Account account, List<Address> entries) {
        Set<Address> blocked = account.blockList().entries();
        if (entries.isEmpty()) {
            return StanzaCondition.BAD_REQUEST;
        }
        if (blocked.size() + entries.size() > BlockList.MAX) {
            return StanzaCondition.RESOURCE_CONSTRAINT;
        }
        // To whoever is blocked, the account goes offline (XEP-0191 section 3.3).
        entries.stream()
                .filter(entry -> isSubscribed(account, entry))
                .forEach(entry -> presences.hideAll(account, entry));
        blocked.addAll(entries);
        return null;
    }

    private @Nullable StanzaCondition unblock(Account account, List<Address> entries) {
        Set<Address> blocked = account.blockList().entries();
        List<Address> freed = entries.isEmpty() ? new ArrayList<>(blocked) : entries;
        freed.forEach(blocked::remove);
        freed.stream()
                .filter(entry -> isSubscribed(account, entry))
                .forEach(entry -> presences.showAll(account, entry));
        return null;
    }

    private static boolean isSubscribed(Account account, Address entry) {
        return account.roster().get(entry).subscription().from();
    }

    private void push(Account account, XmlElement payload) {
        for (Session session : account.sessionsNow()) {
            if (session.wantsBlockList()) {
                session.send(XmlElement.builder(Ns.CLIENT, "iq")
                        .attribute("type", "set")
                        .attribute("id", "block-" + ++pushes)
                        .attribute("to", session.address().toString())
                        .child(payload)
                        .build());
            }
        }
    }

    private static @Nullable List<Address> entries(XmlElement payload) {
        List<Address> entries = new ArrayList<>();
        for (XmlElement child : payload.children()) {
            Address address = Address.parse(child.attribute("jid"));
            if (address == null) {
                return null;
            }
            entries.add(address);
        }
        return entries;
    }

    private static XmlElement item(Address entry) {
        return XmlElement.builder(Ns.BLOCKING, "item")
                .attribute("jid", entry.toString())
                .build();
    }
}
