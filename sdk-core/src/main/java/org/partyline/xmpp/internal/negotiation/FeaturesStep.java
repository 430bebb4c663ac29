package org.partyline.xmpp.internal.negotiation;

import org.partyline.transport.connection.StreamHeader;
import org.partyline.transport.xml.XmlElement;

/** Awaits what the server offers on a stream (RFC 6120 section 4.3). */
final class FeaturesStep implements Step {
    private final Negotiation negotiation;

    private final boolean opens;

    private FeaturesStep(Negotiation negotiation, boolean opens) {
        this.negotiation = negotiation;
        this.opens = opens;
    }

    /** Opens the stream, or opens it anew. */
    static FeaturesStep opening(Negotiation negotiation) {
        return new FeaturesStep(negotiation, true);
    }

    /** The stream goes on after sign-in, and what it offers comes by itself (XEP-0388 section 2.6.1). */
    static FeaturesStep following(Negotiation negotiation) {
        return new FeaturesStep(negotiation, false);
    }

    @Override
    public String awaited() {
        return "stream features";
    }

    @Override
    public void start() {
        if (!opens) {
            return;
        }
        // The account's name is not for the open wire (RFC 6120 section 4.7.1).
        String from = negotiation.connection().tls() == null
                ? null
                : negotiation.settings().account().local() == null
                        ? null
                        : negotiation.settings().account().toString();
        negotiation.open(
                StreamHeader.toServer(from, negotiation.settings().account().domain()));
        if (!negotiation.beginUnasked()) {
            negotiation.connection().flush();
        }
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
