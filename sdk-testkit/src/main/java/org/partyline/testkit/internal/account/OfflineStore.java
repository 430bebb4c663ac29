package org.partyline.testkit.internal.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.testkit.internal.xmpp.Stanzas;
import org.partyline.transport.xml.XmlElement;

/** Messages that wait for an account to come online (XEP-0160). */
public final class OfflineStore {
    /** Messages that may wait. */
    public static final int MAX = 10_000;

    private final List<XmlElement> messages = new ArrayList<>();

    /** {@return whether a message is one to keep} */
    public static boolean isKept(XmlElement message) {
        String type = Stanzas.type(message);
        return (type.equals("normal") || type.equals("chat"))
                && message.child(Ns.HINTS, "no-store") == null
                && message.firstChild() != null
                && !HeldStanzas.isChatState(message);
    }

    /** {@return whether there is no room for one more} */
    public boolean isFull() {
        return messages.size() >= MAX;
    }

    /**
     * Stores a message, for which there must be room.
     *
     * @param message the message, with its sender
     * @param domain who stamps it
     */
    public void add(XmlElement message, String domain) {
        messages.add(Stanzas.delayed(message, domain, Instant.now()));
    }

    /** Takes a message back that could not be delivered, behind those that are there. */
    public void putBack(XmlElement message) {
        messages.add(message);
    }

    /** {@return the messages, oldest first; they wait no longer} */
    public List<XmlElement> take() {
        List<XmlElement> all = List.copyOf(messages);
        messages.clear();
        return all;
    }

    public int size() {
        return messages.size();
    }
}
