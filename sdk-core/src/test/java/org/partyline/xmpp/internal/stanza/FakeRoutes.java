package org.partyline.xmpp.internal.stanza;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.transport.xml.XmlElement;

/** Keeps what features register, and hands them the stanzas that the origin gate admits. */
public final class FakeRoutes implements StanzaRoutes {
    public final Set<String> discoFeatures = new TreeSet<>();
    private final OriginGate gate;
    private final Map<String, IqHandler> requests = new HashMap<>();
    private final List<Predicate<XmlElement>> messages = new ArrayList<>();
    private final List<Consumer<XmlElement>> presences = new ArrayList<>();

    public FakeRoutes(StanzaSession session) {
        gate = new OriginGate(session, answer -> false);
    }

    @Override
    public void onIq(String namespace, String name, IqHandler handler) {
        requests.put(namespace + ' ' + name, handler);
    }

    @Override
    public void onMessage(Predicate<XmlElement> handler) {
        messages.add(handler);
    }

    @Override
    public void onPresence(Consumer<XmlElement> handler) {
        presences.add(handler);
    }

    @Override
    public void onAddressee(StanzaRoutes.Addressees known) {
        gate.addressees(known);
    }

    @Override
    public void onStanzaIds(Predicate<Jid> known) {
        gate.announcers(known);
    }

    /** Lets the origin gate know of a request, until it is answered. */
    public void asked(FakeSession.Query query) {
        gate.asked().request(query.to(), query.payload(), query.answer());
    }

    private @Nullable XmlElement admitted(XmlElement stanza, OriginRule.Kind kind) {
        return gate.admitted(stanza, kind, gate.broken(stanza, kind));
    }

    @Override
    public void discoFeature(String feature) {
        discoFeatures.add(feature);
    }

    /** Hands over a request, and gives its answer. */
    public XmlElement request(XmlElement iq) {
        XmlElement payload = iq.firstChild();
        if (payload == null) {
            throw new IllegalArgumentException("a request has a payload");
        }
        IqHandler handler = requests.get(payload.namespace() + ' ' + payload.name());
        if (handler == null) {
            throw new IllegalArgumentException("nobody handles " + payload);
        }
        return admitted(iq, OriginRule.Kind.REQUEST) == null
                ? Stanzas.error(iq, "cancel", "service-unavailable")
                : handler.handle(iq);
    }

    /** Hands over a message; one that is not admitted is done with. */
    public boolean message(XmlElement message) {
        XmlElement admitted = admitted(message, OriginRule.Kind.MESSAGE);
        return admitted == null || messages.stream().anyMatch(handler -> handler.test(admitted));
    }

    /** Hands over a presence. */
    public void presence(XmlElement presence) {
        XmlElement admitted = admitted(presence, OriginRule.Kind.PRESENCE);
        if (admitted != null) {
            presences.forEach(handler -> handler.accept(admitted));
        }
    }
}
