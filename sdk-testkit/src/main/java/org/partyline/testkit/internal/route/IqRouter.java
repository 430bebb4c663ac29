package org.partyline.testkit.internal.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.testkit.internal.xmpp.StanzaCondition;
import org.partyline.testkit.internal.xmpp.Stanzas;
import org.partyline.transport.xml.XmlElement;

/** Where requests and their answers go (RFC 6120 section 8.2.3, RFC 6121 section 8.5). */
final class IqRouter {
    private final Delivery delivery;
    private final Map<String, RequestHandler> ofServer = new HashMap<>();
    private final Map<String, RequestHandler> ofAccount = new HashMap<>();

    IqRouter(Delivery delivery, RosterRequests roster, BlockRequests blocking, @Nullable ArchiveRequests archive) {
        this.delivery = delivery;
        ofAccount.put(Ns.ROSTER, roster);
        ofAccount.put(Ns.BLOCKING, blocking);
        if (archive != null) {
            ofAccount.put(Ns.ARCHIVE, archive);
        }
        ofAccount.put(Ns.CARBONS, (session, iq, payload) -> session.send(carbons(session, iq, payload)));
        for (Map<String, RequestHandler> handlers : List.of(ofServer, ofAccount)) {
            handlers.put(Ns.SESSION, (session, iq, payload) -> session.send(Stanzas.result(iq)));
            handlers.put(Ns.PING, (session, iq, payload) -> session.send(Stanzas.result(iq)));
            boolean server = handlers == ofServer;
            handlers.put(
                    Ns.DISCO_INFO,
                    (session, iq, payload) -> session.send(Disco.info(iq, payload, server, archive != null)));
            handlers.put(Ns.DISCO_ITEMS, (session, iq, payload) -> session.send(Disco.items(iq, payload)));
            handlers.put(Ns.VERSION, (session, iq, payload) -> session.send(version(iq)));
        }
    }

    /** Routes what a session sent. */
    void fromSession(Session sender, XmlElement iq, @Nullable Address given) {
        String type = Stanzas.type(iq);
        boolean request = type.equals("get") || type.equals("set");
        boolean answer = type.equals("result") || type.equals("error");
        if ((!request && !answer)
                || iq.attribute("id") == null
                || (request && iq.children().size() != 1)) {
            delivery.bounce(iq, StanzaCondition.BAD_REQUEST);
            return;
        }
        Account own = sender.account();
        Address to = given == null ? own.address() : given;
        if (to.equals(own.address()) || to.isServer()) {
            if (delivery.directory().domain(to.domain()) == null) {
                delivery.bounce(iq, StanzaCondition.REMOTE_SERVER_NOT_FOUND);
            } else if (request) {
                answer(sender, iq, to.isServer() ? ofServer : ofAccount);
            }
        } else {
            toOther(own, iq, to);
        }
    }

    private void toOther(Account own, XmlElement iq, Address to) {
        if (Blocks.between(own, to)) {
            delivery.bounce(iq, StanzaCondition.NOT_ACCEPTABLE, Blocks.BLOCKED);
            return;
        }
        if (delivery.directory().domain(to.domain()) == null) {
            delivery.bounce(iq, StanzaCondition.REMOTE_SERVER_NOT_FOUND);
            return;
        }
        Session session = to.isFull() ? delivery.directory().session(to) : null;
        Address from = Address.parse(iq.attribute("from"));
        if (session == null || from == null || Blocks.between(session.account(), from)) {
            // Accounts of others have nothing to tell, and those who are not there neither (RFC 6121 section 8.5.1).
            XmlElement payload = iq.firstChild();
            boolean ownersAlone = payload != null
                    && !to.isFull()
                    && (payload.namespace().equals(Ns.ROSTER)
                            || payload.namespace().equals(Ns.ARCHIVE));
            delivery.bounce(iq, ownersAlone ? StanzaCondition.FORBIDDEN : StanzaCondition.SERVICE_UNAVAILABLE);
        } else {
            session.send(iq);
        }
    }

    private static void answer(Session session, XmlElement iq, Map<String, RequestHandler> handlers) {
        XmlElement payload = iq.firstChild();
        RequestHandler handler = payload == null ? null : handlers.get(payload.namespace());
        if (payload == null || handler == null) {
            session.send(Stanzas.error(iq, StanzaCondition.SERVICE_UNAVAILABLE));
        } else {
            handler.answer(session, iq, payload);
        }
    }

    private static XmlElement carbons(Session session, XmlElement iq, XmlElement payload) {
        boolean enable = payload.name().equals("enable");
        if (!Stanzas.type(iq).equals("set") || (!enable && !payload.name().equals("disable"))) {
            return Stanzas.error(iq, StanzaCondition.BAD_REQUEST);
        }
        session.carbons(enable);
        return Stanzas.result(iq);
    }

    private static XmlElement version(XmlElement iq) {
        if (!Stanzas.type(iq).equals("get")) {
            return Stanzas.error(iq, StanzaCondition.BAD_REQUEST);
        }
        return Stanzas.result(
                iq,
                XmlElement.builder(Ns.VERSION, "query")
                        .textChild("name", Disco.SERVER_NAME)
                        .textChild("version", "for tests only")
                        .build());
    }
}
