package org.partyline.testkit.internal.account;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.transport.xml.XmlElement;

/** One account's contacts, with the versions that RFC 6121 section 2.6 needs. */
public final class Roster {
    /** Contacts that an account may have. */
    public static final int MAX_ITEMS = 20_000;
    /** Removals that are remembered; a client that is further behind gets the whole roster. */
    private static final int MAX_REMOVALS = 1_000;

    private final Map<Address, RosterItem> items = new LinkedHashMap<>();
    /** Removed contacts by the version of their removal. */
    private final TreeMap<Long, Address> removals = new TreeMap<>();

    private long version = 1;
    /** Clients that know an older version than this get the whole roster. */
    private long oldestKnown = 1;

    /** {@return the present version} */
    public long version() {
        return version;
    }

    /** {@return what is known of a contact; never null} */
    public RosterItem get(Address contact) {
        RosterItem item = items.get(contact.bare());
        return item == null ? RosterItem.unknown(contact.bare()) : item;
    }

    /** {@return all items, hidden ones too} */
    public Collection<RosterItem> items() {
        return items.values();
    }

    /** {@return the items that clients see} */
    public List<RosterItem> listed() {
        return items.values().stream().filter(RosterItem::listed).toList();
    }

    /** {@return whether the contact is there, or there is room for one more} */
    public boolean hasRoomFor(Address contact) {
        return items.size() < MAX_ITEMS || items.containsKey(contact.bare());
    }

    /**
     * Stores an item under the next version.
     *
     * @return the item as it is stored now
     */
    public RosterItem put(RosterItem item) {
        RosterItem before = items.get(item.contact());
        if (!item.listed() && (before == null || !before.listed())) {
            // Nobody sees the change, so it is none.
            store(item);
            return item;
        }
        RosterItem stored = item.at(++version);
        store(stored);
        return stored;
    }

    private void store(RosterItem item) {
        if (item.isEmpty()) {
            items.remove(item.contact());
        } else {
            items.put(item.contact(), item);
        }
    }

    /** Removes an item that clients saw. */
    public void remove(Address contact) {
        items.remove(contact);
        removals.put(++version, contact);
        if (removals.size() > MAX_REMOVALS) {
            oldestKnown = removals.pollFirstEntry().getKey();
        }
    }

    /**
     * {@return what changed since a version, oldest first, or null if that is not known any more}
     *
     * @param since what the client said it has
     */
    public @Nullable List<Change> changesSince(String since) {
        long known;
        try {
            known = Long.parseLong(since);
        } catch (NumberFormatException e) {
            return null;
        }
        if (known < oldestKnown || known > version) {
            return null;
        }
        List<Change> changes = new ArrayList<>();
        for (RosterItem item : items.values()) {
            if (item.listed() && item.version() > known) {
                changes.add(new Change(item.version(), item.toElement()));
            }
        }
        removals.tailMap(known, false).forEach((at, contact) -> {
            if (!get(contact).listed()) {
                changes.add(new Change(at, removed(contact)));
            }
        });
        changes.sort(Comparator.comparingLong(Change::version));
        return changes;
    }

    /** {@return what tells clients that a contact is gone} */
    public static XmlElement removed(Address contact) {
        return XmlElement.builder(Ns.ROSTER, "item")
                .attribute("jid", contact.toString())
                .attribute("subscription", "remove")
                .build();
    }

    /** An item as it became with a version. */
    public record Change(long version, XmlElement item) {}
}
