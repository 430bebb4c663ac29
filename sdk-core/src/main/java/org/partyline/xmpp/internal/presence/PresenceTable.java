package org.partyline.xmpp.internal.presence;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.partyline.address.Jid;
import org.partyline.presence.Presence;

/**
 * Who is there, device by device. Written on the loop, read from any thread. Bounded: presence of more contacts or devices
 * than that is reported, but not kept. All devices together are bounded as well: a crowd of strangers with as many devices
 * each as one contact may have would be millions.
 */
final class PresenceTable {
    private static final Comparator<Presence> MOST_REACHABLE = Comparator.comparingInt(Presence::priority)
            .thenComparing(Presence::availability, Comparator.reverseOrder());

    /** Devices that contacts have on average, at most (L34). */
    private static final int MAX_DEVICES_ON_AVERAGE = 4;

    private final int maxContacts;
    private final int maxDevices;

    /** Each value is immutable, and replaced as a whole. */
    private final Map<Jid, Map<Jid, Presence>> contacts = new ConcurrentHashMap<>();

    private long total; // loop only

    PresenceTable(int maxContacts, int maxDevices) {
        this.maxContacts = maxContacts;
        this.maxDevices = maxDevices;
    }

    void update(Jid device, Presence presence) {
        Jid contact = device.bare();
        Map<Jid, Presence> devices = contacts.getOrDefault(contact, Map.of());
        if (presence.isAvailable()) {
            boolean known = devices.containsKey(device);
            boolean full = devices.size() >= maxDevices
                    || (devices.isEmpty() && contacts.size() >= maxContacts)
                    || total >= (long) maxContacts * MAX_DEVICES_ON_AVERAGE;
            if (!known && full) {
                return;
            }
            contacts.put(contact, with(devices, device, presence));
            total += known ? 0 : 1;
        } else if (device.isBare()) {
            contacts.remove(contact);
            total -= devices.size();
        } else if (devices.containsKey(device)) {
            Map<Jid, Presence> left = without(devices, device);
            total--;
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
        total = 0;
    }
}
