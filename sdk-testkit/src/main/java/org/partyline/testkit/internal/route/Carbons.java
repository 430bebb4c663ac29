package org.partyline.testkit.internal.route;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Copies;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.testkit.internal.xmpp.Stanzas;
import org.partyline.transport.xml.XmlElement;

/** Copies of messages for an account's other sessions (XEP-0280). */
final class Carbons {
    private Carbons() {}

    /** {@return whether a message is copied (XEP-0280 section 6.1)} */
    static boolean isEligible(XmlElement message) {
        if (message.child(Ns.CARBONS, "private") != null
                || message.child(Ns.HINTS, "no-copy") != null
                || message.child(Ns.CARBONS, "sent") != null
                || message.child(Ns.CARBONS, "received") != null) {
            return false;
        }
        return switch (Stanzas.type(message)) {
            case "chat" -> true;
            case "normal" ->
                message.child("body") != null
                        || message.child(Ns.RECEIPTS, "received") != null
                        || message.children().stream()
                                .anyMatch(child -> child.namespace().equals(Ns.CHAT_STATES));
            default -> false;
        };
    }

    /** {@return the message without the mark that asked for no copies, which is the server's alone} */
    static XmlElement withoutMark(XmlElement message) {
        return Stanzas.without(message, child -> child.is(Ns.CARBONS, "private"));
    }

    /** Copies what a session sent to the account's others. */
    static void sent(Session sender, XmlElement message) {
        Copies copies = new Copies(message);
        // Whoever sent it has it.
        copies.keep();
        for (Session other : sender.account().sessionsNow()) {
            if (other.carbons() && other != sender) {
                copy(other, "sent", copies);
            }
        }
    }

    /** Copies what came in to the sessions that did not get it themselves. */
    static void received(Account account, Copies message, Collection<Session> reached, @Nullable Session sender) {
        for (Session other : account.sessionsNow()) {
            if (other.carbons() && other != sender && !reached.contains(other)) {
                copy(other, "received", message);
            }
        }
    }

    private static void copy(Session to, String direction, Copies copies) {
        XmlElement message = copies.message();
        XmlElement forwarded =
                XmlElement.builder(Ns.FORWARD, "forwarded").child(message).build();
        XmlElement carbon = XmlElement.builder(Ns.CLIENT, "message")
                .attribute("from", to.account().address().toString())
                .attribute("to", to.address().toString())
                .attribute("type", Stanzas.type(message))
                .child(XmlElement.builder(Ns.CARBONS, direction)
                        .child(forwarded)
                        .build())
                .build();
        to.send(carbon, copies);
    }
}
