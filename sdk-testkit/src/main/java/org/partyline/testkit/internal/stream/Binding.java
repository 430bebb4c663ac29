package org.partyline.testkit.internal.stream;

import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.testkit.internal.xmpp.Stanzas;
import org.partyline.transport.xml.XmlElement;

/** Reads and answers the request for a resource (RFC 6120 section 7). */
final class Binding {
    private Binding() {}

    /** {@return what is asked for, or null if the stanza is no such request} */
    static @Nullable Outcome of(XmlElement iq) {
        XmlElement bind = iq.child(Ns.BIND, "bind");
        if (!iq.name().equals("iq") || !Stanzas.type(iq).equals("set") || bind == null) {
            return null;
        }
        String wanted = bind.childText("resource");
        return new Outcome(wanted == null || !Address.isPart(wanted) ? StreamHub.newId() : wanted);
    }

    /** {@return the answer} */
    static XmlElement result(XmlElement iq, Address bound) {
        return XmlElement.builder(Ns.CLIENT, "iq")
                .attribute("type", "result")
                .attribute("id", iq.attribute("id"))
                .child(XmlElement.builder(Ns.BIND, "bind")
                        .textChild("jid", bound.toString())
                        .build())
                .build();
    }

    /** The resource to bind: the one asked for, or one that the server made up. */
    record Outcome(String resource) {}
}
