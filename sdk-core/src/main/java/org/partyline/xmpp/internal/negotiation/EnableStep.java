package org.partyline.xmpp.internal.negotiation;

import org.partyline.address.Jid;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.sm.SmElements;
import org.partyline.xmpp.internal.sm.SmSession;

/** Switches stream management on (XEP-0198 section 3). A server that will not is used without. */
final class EnableStep implements Step {
    private final Negotiation negotiation;
    private final StreamFeatures features;
    private final Jid self;

    EnableStep(Negotiation negotiation, StreamFeatures features, Jid self) {
        this.negotiation = negotiation;
        this.features = features;
        this.self = self;
    }

    @Override
    public String awaited() {
        return "stream management";
    }

    @Override
    public void start() {
        negotiation.send(SmElements.enable());
    }

    @Override
    public void onElement(XmlElement element) {
        if (element.is(SmElements.NS, "enabled")) {
            long now = negotiation.connection().loop().nanoTime();
            negotiation.begun(features, self, SmSession.begun(element, now));
        } else if (element.is(SmElements.NS, "failed")) {
            negotiation.begun(features, self, null);
        } else {
            negotiation.unexpected(element);
        }
    }
}
