package org.partyline.testkit.internal.route;

import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Archive;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.testkit.internal.xmpp.Stanzas;
import org.partyline.transport.xml.XmlElement;

/**
 * Puts messages into the archives of accounts, tells their clients by which ids (XEP-0313 section 3.4, XEP-0359), and counts.
 * Does nothing on a network without archives.
 */
public final class Archives {
    private final boolean offered;
    private long messages;
    private long repeated;
    private long queries;

    Archives(boolean offered) {
        this.offered = offered;
    }

    /** {@return how many messages were archived, each once an archive} */
    public long messages() {
        return messages;
    }

    /** {@return how many of those that clients sent they had sent before, by the same origin id} */
    public long repeated() {
        return repeated;
    }

    /** {@return how many queries of archives came in} */
    public long queries() {
        return queries;
    }

    void queried() {
        queries++;
    }

    /**
     * {@return a message that an account's client sent, as the account itself may see it}
     *
     * @param own the account
     * @param message the message
     * @param to whom it goes to
     */
    XmlElement sent(Account own, XmlElement message, Address to) {
        if (!isArchived(message)) {
            return message;
        }
        if (own.archive().isRepeated(message)) {
            repeated++;
        }
        return archived(own, message, to, true);
    }

    /**
     * {@return a message that is delivered to an account, as its clients see it}
     *
     * @param account the account
     * @param message the message
     */
    XmlElement received(Account account, XmlElement message) {
        // Sent to itself, or routed again, it is there already.
        return !isArchived(message) || hasIdOf(account.address(), message)
                ? message
                : archived(account, message, account.address(), false);
    }

    private XmlElement archived(Account account, XmlElement message, Address to, boolean sent) {
        messages++;
        Address from = Address.parse(message.attribute("from"));
        Archive.Entry entry = account.archive().add(from == null ? account.address() : from, to, message, sent);
        return message.toBuilder()
                .child(XmlElement.builder(Ns.STANZA_IDS, "stanza-id")
                        .attribute("by", account.address().toString())
                        .attribute("id", entry.id())
                        .build())
                .build();
    }

    /** Conversations are archived (XEP-0313 section 6.1.1), but for what is marked as passing (XEP-0334). */
    private boolean isArchived(XmlElement message) {
        String type = Stanzas.type(message);
        return offered
                && (type.equals("normal") || type.equals("chat"))
                && message.child("body") != null
                && message.child(Ns.HINTS, "no-store") == null
                && message.child(Ns.HINTS, "no-permanent-store") == null;
    }

    /** {@return the message without ids that claim to be of this account's archive, which is alone to give them} */
    XmlElement withoutIdsOf(Address account, XmlElement message) {
        return offered ? Stanzas.without(message, child -> isIdOf(account, child)) : message;
    }

    private static boolean hasIdOf(Address account, XmlElement message) {
        return message.children().stream().anyMatch(child -> isIdOf(account, child));
    }

    private static boolean isIdOf(Address account, XmlElement child) {
        return child.is(Ns.STANZA_IDS, "stanza-id") && account.equals(Address.parse(child.attribute("by")));
    }
}
