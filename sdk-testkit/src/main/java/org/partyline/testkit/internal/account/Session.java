package org.partyline.testkit.internal.account;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.StreamError;
import org.partyline.transport.xml.XmlElement;

/** A bound resource. It outlives its connection where it can be resumed. Belongs to the network's loop. */
public final class Session {
    /** Senders wait for a client that has not confirmed so many stanzas, lest its queue overflow for mere haste. */
    private static final int MANY_UNACKNOWLEDGED = 1_000;

    /** Addresses that directed presence is remembered for. */
    private static final int MAX_DIRECTED = 1_000;

    private final Account account;
    private final Address address;
    private final HeldStanzas held = new HeldStanzas();
    private final Set<Address> directed = new LinkedHashSet<>();
    private @Nullable Wire wire;
    private @Nullable StreamManagement management;
    private Runnable overflow = () -> {};
    private @Nullable XmlElement presence;
    private @Nullable String client;
    private int priority;
    private boolean wantsRoster;
    private boolean wantsBlockList;
    private boolean carbons;
    private boolean inactive;
    private boolean ended;

    Session(Account account, String resource, Wire wire) {
        this.account = account;
        this.address = account.address().with(resource);
        this.wire = wire;
    }

    public Account account() {
        return account;
    }

    /** {@return the full address} */
    public Address address() {
        return address;
    }

    /** {@return the connection, or null while there is none} */
    public @Nullable Wire wire() {
        return wire;
    }

    public void wire(@Nullable Wire wire) {
        this.wire = wire;
    }

    /** {@return counters and queue, or null where stream management is not enabled} */
    public @Nullable StreamManagement management() {
        return management;
    }

    /** {@return whether the client confirms what it got fast enough that more may be sent} */
    public boolean isReceptive() {
        return management == null || management.unacknowledgedCount() < MANY_UNACKNOWLEDGED;
    }

    /**
     * Enables stream management.
     *
     * @param management counters and queue
     * @param overflow ends the session, called when its queue overflows; does nothing once it has ended
     */
    public void management(StreamManagement management, Runnable overflow) {
        this.management = management;
        this.overflow = overflow;
    }

    /** Sends a stanza, now or, if it can wait and nobody looks, with the next that cannot. */
    public void send(XmlElement stanza) {
        send(stanza, null);
    }

    /**
     * Sends a stanza that other sessions of the account may get too.
     *
     * @param stanza the stanza
     * @param copies what is sent to all of them together, or null if it goes to this one alone
     */
    public void send(XmlElement stanza, @Nullable Copies copies) {
        if (inactive && held.hold(stanza)) {
            return;
        }
        releaseHeld();
        transmit(stanza, copies);
    }

    private void releaseHeld() {
        for (XmlElement stanza : held.take()) {
            transmit(stanza, null);
        }
    }

    private void transmit(XmlElement stanza, @Nullable Copies copies) {
        StreamManagement kept = management;
        if (kept != null) {
            kept.keep(stanza, copies);
        } else if (copies != null) {
            // Without stream management there is no better sign than that it was sent.
            copies.keep();
        }
        Wire current = wire;
        if (current != null) {
            current.write(stanza);
        }
        if (kept != null && kept.isOverflown() && !ended) {
            if (current != null) {
                current.fail(StreamError.of("policy-violation", "Too many unacknowledged stanzas"));
            }
            overflow.run();
        }
    }

    /** Says whether somebody looks at the client (XEP-0352). */
    public void inactive(boolean inactive) {
        this.inactive = inactive;
        if (!inactive) {
            releaseHeld();
        }
    }

    /** {@return the last presence that was broadcast, or null if the session is not available} */
    public @Nullable XmlElement presence() {
        return presence;
    }

    /** Takes a presence that was broadcast, null for unavailable. */
    public void presence(@Nullable XmlElement presence) {
        this.presence = presence;
        this.priority = presence == null ? 0 : priorityOf(presence);
    }

    private static int priorityOf(XmlElement presence) {
        String text = presence.childText("priority");
        if (text == null) {
            return 0;
        }
        try {
            return Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, Integer.parseInt(text.strip())));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    public boolean isAvailable() {
        return presence != null;
    }

    public int priority() {
        return priority;
    }

    /** {@return whether messages to the bare address may come here (RFC 6121 section 8.5.2.1.1)} */
    public boolean takesBareMessages() {
        return isAvailable() && priority >= 0;
    }

    /** Remembers to whom presence was sent directly, so that they hear of the end (RFC 6121 section 4.6.3). */
    public void directed(Address to, boolean available) {
        if (!available) {
            directed.remove(to);
        } else if (directed.size() < MAX_DIRECTED) {
            directed.add(to);
        }
    }

    /** {@return to whom presence was sent directly; they are forgotten} */
    public Set<Address> takeDirected() {
        Set<Address> all = new LinkedHashSet<>(directed);
        directed.clear();
        return all;
    }

    /** {@return whether presence was sent to this address directly} */
    public boolean hasDirectedTo(Address to) {
        return directed.contains(to) || directed.contains(to.bare());
    }

    public boolean wantsRoster() {
        return wantsRoster;
    }

    public void rosterRequested() {
        wantsRoster = true;
    }

    public boolean wantsBlockList() {
        return wantsBlockList;
    }

    public void blockListRequested() {
        wantsBlockList = true;
    }

    public boolean carbons() {
        return carbons;
    }

    public void carbons(boolean enabled) {
        this.carbons = enabled;
    }

    /** {@return the id of the installation that bound the session by Bind 2, or null} */
    public @Nullable String client() {
        return client;
    }

    public void client(@Nullable String id) {
        this.client = id;
    }

    public boolean isEnded() {
        return ended;
    }

    void end() {
        ended = true;
        wire = null;
    }
}
