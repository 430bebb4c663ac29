package org.partyline.xmpp.internal.negotiation;

import org.partyline.transport.connection.StreamHeader;
import org.partyline.transport.xml.XmlElement;

/** Opens the stream, or opens it anew, and awaits what the server offers on it (RFC 6120 section 4.3). */
final class FeaturesStep implements Step {
    private final Negotiation negotiation;

    FeaturesStep(Negotiation negotiation) {
        this.negotiation = negotiation;
    }

    @Override
    public String awaited() {
        return "stream features";
    }

    @Override
    public void start() {
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
