package org.partyline.xmpp.internal.stanza;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.partyline.transport.xml.XmlElement;

/** Keeps what features register, and hands them stanzas. */
public final class FakeRoutes implements StanzaRoutes {
    public final Set<String> discoFeatures = new TreeSet<>();
    private final Map<String, IqHandler> requests = new HashMap<>();
    private final List<Predicate<XmlElement>> messages = new ArrayList<>();
    private final List<Consumer<XmlElement>> presences = new ArrayList<>();

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
        return handler.handle(iq);
    }

    /** Hands over a message. */
    public boolean message(XmlElement message) {
        return messages.stream().anyMatch(handler -> handler.test(message));
    }

    /** Hands over a presence. */
    public void presence(XmlElement presence) {
        presences.forEach(handler -> handler.accept(presence));
    }
}
