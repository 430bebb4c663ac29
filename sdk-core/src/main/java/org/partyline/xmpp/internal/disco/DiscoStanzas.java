package org.partyline.xmpp.internal.disco;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.discovery.ServiceDiscovery;
import org.partyline.xmpp.internal.stanza.Addresses;

/** Service discovery on the wire (XEP-0030), bounded (L36). */
final class DiscoStanzas {
    static final String INFO = "http://jabber.org/protocol/disco#info";
    static final String ITEMS = "http://jabber.org/protocol/disco#items";
    /** Identities of one answer (L36). */
    private static final int MAX_IDENTITIES = 32;
    /** Features of one answer (L36). */
    private static final int MAX_FEATURES = 512;

    private static final int MAX_ITEMS = 1_000;

    private DiscoStanzas() {}

    static ServiceDiscovery.Info readInfo(@Nullable XmlElement query) {
        List<ServiceDiscovery.Identity> identities = new ArrayList<>();
        Set<String> features = new LinkedHashSet<>();
        for (XmlElement child : query == null ? List.<XmlElement>of() : query.children()) {
            String var = child.attribute("var");
            String category = child.attribute("category");
            String type = child.attribute("type");
            if (child.is(INFO, "feature") && var != null && features.size() < MAX_FEATURES) {
                features.add(var);
            } else if (child.is(INFO, "identity")
                    && category != null
                    && type != null
                    && identities.size() < MAX_IDENTITIES) {
                identities.add(new ServiceDiscovery.Identity(category, type, child.attribute("name")));
            }
        }
        return new ServiceDiscovery.Info(identities, features);
    }

    static List<ServiceDiscovery.Item> readItems(@Nullable XmlElement query) {
        List<ServiceDiscovery.Item> items = new ArrayList<>();
        for (XmlElement child : query == null ? List.<XmlElement>of() : query.children()) {
            Jid jid = child.is(ITEMS, "item") ? Addresses.read(child, "jid") : null;
            if (jid != null && items.size() < MAX_ITEMS) {
                items.add(new ServiceDiscovery.Item(jid, child.attribute("node"), child.attribute("name")));
            }
        }
        return items;
    }

    static XmlElement query(String namespace, @Nullable String node) {
        return XmlElement.builder(namespace, "query").attribute("node", node).build();
    }
}
