package org.partyline.xmpp.internal.negotiation;

import org.partyline.transport.xml.XmlElement;

/** Awaits the features of a stream that was signed in without being opened anew (XEP-0388 section 2.6.1). */
final class SessionFeaturesStep implements Step {
    private final Negotiation negotiation;

    SessionFeaturesStep(Negotiation negotiation) {
        this.negotiation = negotiation;
    }

    @Override
    public String awaited() {
        return "stream features";
    }

    @Override
    public void start() {
        // They come by themselves.
    }

    @Override
    public void onElement(XmlElement element) {
        if (element.is(StreamFeatures.STREAMS, "features")) {
            negotiation.choose(new StreamFeatures(element));
        } else {
            negotiation.unexpected(element);
        }
    }
}
