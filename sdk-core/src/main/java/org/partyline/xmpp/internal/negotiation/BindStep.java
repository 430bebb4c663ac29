package org.partyline.xmpp.internal.negotiation;

import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.address.JidFormatException;
import org.partyline.error.AuthenticationFailedException;
import org.partyline.error.ProtocolViolationException;
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
        String text = bind == null ? null : bind.childText("jid");
        if (text == null) {
            violation("the server bound no address");
            return;
        }
        Jid self;
        try {
            self = Jid.parse(text);
        } catch (JidFormatException e) {
            violation("the server bound what is no address");
            return;
        }
        Jid account = negotiation.settings().account();
        if (self.resource() == null) {
            violation("the server bound an address without a resource");
        } else if (account.local() == null
                ? !self.domain().equals(account.domain())
                : !self.bare().equals(account)) {
            // Whoever this session is for, it is not the one who signed in: nothing of it may be believed.
            negotiation.fail(new AuthenticationFailedException(
                    null, "bind-mismatch", "the server bound the address of another account", null, false));
        } else {
            negotiation.bound(features, self);
        }
    }

    private void violation(String message) {
        negotiation.fail(new ProtocolViolationException("connect", message, null));
    }
}
