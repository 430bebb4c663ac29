package org.partyline.xmpp.internal.presence;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.partyline.address.Jid;
import org.partyline.presence.Presence;

/**
 * Who is there, device by device. Written on the loop, read from any thread. Bounded: presence of more contacts or devices
 * than that is reported, but not kept.
 */
final class PresenceTable {
    private static final Comparator<Presence> MOST_REACHABLE = Comparator.comparingInt(Presence::priority)
            .thenComparing(Presence::availability, Comparator.reverseOrder());

    private final int maxContacts;
    private final int maxDevices;

    /** Each value is immutable, and replaced as a whole. */
    private final Map<Jid, Map<Jid, Presence>> contacts = new ConcurrentHashMap<>();

    PresenceTable(int maxContacts, int maxDevices) {
        this.maxContacts = maxContacts;
        this.maxDevices = maxDevices;
    }

    void update(Jid device, Presence presence) {
        Jid contact = device.bare();
        Map<Jid, Presence> devices = contacts.getOrDefault(contact, Map.of());
        if (presence.isAvailable()) {
            boolean known = devices.containsKey(device);
            boolean full = devices.size() >= maxDevices || (devices.isEmpty() && contacts.size() >= maxContacts);
            if (!known && full) {
                return;
            }
            contacts.put(contact, with(devices, device, presence));
        } else if (device.isBare()) {
            contacts.remove(contact);
        } else if (devices.containsKey(device)) {
            Map<Jid, Presence> left = without(devices, device);
            if (left.isEmpty()) {
                contacts.remove(contact);
            } else {
                contacts.put(contact, left);
            }
        }
    }

    private static Map<Jid, Presence> with(Map<Jid, Presence> devices, Jid device, Presence presence) {
        Map<Jid, Presence> more = new HashMap<>(devices);
        more.put(device, presence);
        return Map.copyOf(more);
    }

    private static Map<Jid, Presence> without(Map<Jid, Presence> devices, Jid device) {
        Map<Jid, Presence> fewer = new HashMap<>(devices);
        fewer.remove(device);
        return Map.copyOf(fewer);
    }

    Map<Jid, Presence> devicesOf(Jid contact) {
        return contacts.getOrDefault(contact.bare(), Map.of());
    }

    Presence of(Jid contact) {
        return devicesOf(contact).values().stream().max(MOST_REACHABLE).orElse(Presence.offline());
    }

    void clear() {
        contacts.clear();
    }
}
