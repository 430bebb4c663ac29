package org.partyline.xmpp.internal.negotiation;

import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.StanzaErrors;
import org.partyline.xmpp.internal.stanza.Stanzas;

/** Binds a resource, which begins a session (RFC 6120 section 7). */
final class BindStep implements Step {
    private final Negotiation negotiation;
    private final StreamFeatures features;
    private final String id;

    BindStep(Negotiation negotiation, StreamFeatures features) {
        this.negotiation = negotiation;
        this.features = features;
        this.id = negotiation.settings().ids().get();
    }

    @Override
    public String awaited() {
        return "the binding of a resource";
    }

    @Override
    public void start() {
        negotiation.send(XmlElement.builder(Stanzas.CLIENT, "iq")
                .attribute("type", "set")
                .attribute("id", id)
                .child(XmlElement.builder(StreamFeatures.BIND, "bind")
                        .textChild("resource", negotiation.settings().resource())
                        .build())
                .build());
    }

    @Override
    public void onElement(XmlElement element) {
        boolean answer = element.is(Stanzas.CLIENT, "iq") && id.equals(element.attribute("id"));
        if (answer && "result".equals(element.attribute("type"))) {
            bound(element.child(StreamFeatures.BIND, "bind"));
        } else if (answer && "error".equals(element.attribute("type"))) {
            negotiation.fail(StanzaErrors.read("bind", element));
        } else {
            negotiation.unexpected(element);
        }
    }

    private void bound(@Nullable XmlElement bind) {
        Jid self = BoundAddress.read(negotiation, bind == null ? null : bind.childText("jid"));
        if (self == null) {
            return;
        }
        if (self.resource() == null) {
            negotiation.violation("the server bound an address without a resource");
        } else {
            negotiation.bound(features, self);
        }
    }
}
