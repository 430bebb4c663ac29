package org.partyline.xmpp.internal.negotiation;

import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.sm.SmElements;
import org.partyline.xmpp.internal.sm.SmSession;

/** Asks for the session before, instead of a new one (XEP-0198 section 5). Where the server has it no more, binds. */
final class ResumeStep implements Step {
    private final Negotiation negotiation;
    private final StreamFeatures features;
    private final SmSession session;

    ResumeStep(Negotiation negotiation, StreamFeatures features, SmSession session) {
        this.negotiation = negotiation;
        this.features = features;
        this.session = session;
    }

    @Override
    public String awaited() {
        return "the session's resumption";
    }

    @Override
    public void start() {
        negotiation.send(SmElements.resume(session));
    }

    @Override
    public void onElement(XmlElement element) {
        if (element.is(SmElements.NS, "resumed")) {
            negotiation.resumed(features, session, element);
        } else if (element.is(SmElements.NS, "failed")) {
            session.refused(SmElements.count(element));
            negotiation.notResumed(features);
        } else {
            negotiation.unexpected(element);
        }
    }
}
