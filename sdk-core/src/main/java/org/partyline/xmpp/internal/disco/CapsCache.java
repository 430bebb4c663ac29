package org.partyline.xmpp.internal.disco;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.discovery.ServiceDiscovery;
import org.partyline.xmpp.internal.stanza.Addresses;
import org.partyline.xmpp.internal.stanza.LruMaps;

/**
 * Capabilities that devices announce (XEP-0115), and the answers that were verified against them: what does not hash to
 * its announcement is not kept, so that nobody can say what others can do. Bounded (L36); loop only.
 */
final class CapsCache {
    static final String NAMESPACE = "http://jabber.org/protocol/caps";
    private static final int MOST = 2_000;
    /** Characters of an announced node or hash. */
    private static final int MAX_TEXT = 256;
    /** Characters of an answer that is kept: what a client or a server is and can do takes a quarter of it. */
    private static final int MAX_INFO_CHARS = 16 * 1024;

    private record Announcement(String node, String hash) {}

    private final Map<Jid, Announcement> devices = LruMaps.ofAtMost(MOST);
    private final Map<String, ServiceDiscovery.Info> verified = LruMaps.ofAtMost(MOST);

    void onPresence(XmlElement stanza) {
        Jid from = Addresses.read(stanza, "from");
        if (from == null) {
            return;
        }
        XmlElement announced = stanza.attribute("type") == null ? stanza.child(NAMESPACE, "c") : null;
        String node = announced == null ? null : announced.attribute("node");
        String hash = announced == null ? null : announced.attribute("ver");
        if (announced == null
                || node == null
                || hash == null
                || node.length() > MAX_TEXT
                || hash.length() > MAX_TEXT
                || !"sha-1".equals(announced.attribute("hash"))) {
            devices.remove(from);
        } else {
            devices.put(from, new Announcement(node, hash));
        }
    }

    /** {@return the node to ask a device for, so that the answer can be verified; null if it announced none} */
    @Nullable
    String node(Jid device) {
        Announcement announced = devices.get(device);
        return announced == null ? null : announced.node() + '#' + announced.hash();
    }

    /** Keeps an answer if it is what the device announced. */
    void learn(Jid device, @Nullable String hash, ServiceDiscovery.Info info) {
        Announcement announced = devices.get(device);
        if (hash != null && announced != null && announced.hash().equals(hash) && chars(info) <= MAX_INFO_CHARS) {
            verified.put(hash, info);
        }
    }

    private static int chars(ServiceDiscovery.Info info) {
        int chars = 0;
        for (String feature : info.features()) {
            chars += feature.length();
        }
        for (ServiceDiscovery.Identity identity : info.identities()) {
            String name = identity.name();
            chars += identity.category().length() + identity.type().length() + (name == null ? 0 : name.length());
        }
        return chars;
    }

    /** {@return what is known and verified of a device, or null} */
    ServiceDiscovery.@Nullable Info find(Jid device) {
        Announcement announced = devices.get(device);
        return announced == null ? null : verified.get(announced.hash());
    }

    void forgetDevices() {
        devices.clear();
    }
}
