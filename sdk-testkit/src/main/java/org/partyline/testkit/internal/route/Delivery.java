package org.partyline.testkit.internal.route;

import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.StanzaCondition;
import org.partyline.testkit.internal.xmpp.Stanzas;
import org.partyline.transport.xml.XmlElement;

/** Brings stanzas back to who sent them. */
final class Delivery {
    private final Directory directory;

    Delivery(Directory directory) {
        this.directory = directory;
    }

    Directory directory() {
        return directory;
    }

    /** Answers a stanza with an error, if it is one that may be answered and its sender is still there. */
    void bounce(XmlElement stanza, StanzaCondition condition) {
        bounce(stanza, condition, null);
    }

    void bounce(XmlElement stanza, StanzaCondition condition, @Nullable XmlElement detail) {
        Address sender = Address.parse(stanza.attribute("from"));
        Session session = sender == null ? null : directory.session(sender);
        if (session != null && Stanzas.mayBeAnswered(stanza)) {
            session.send(Stanzas.error(stanza, condition, detail));
        }
    }
}
