package org.partyline.xmpp.internal.negotiation;

import java.util.List;
import org.partyline.error.ConnectionException;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.xml.XmlElement;

/** Brings the stream under TLS (RFC 6120 section 5). Nothing goes on before the handshake was verified. */
final class StartTlsStep implements Step {
    private final Negotiation negotiation;

    StartTlsStep(Negotiation negotiation) {
        this.negotiation = negotiation;
    }

    @Override
    public String awaited() {
        return "TLS";
    }

    @Override
    public void start() {
        negotiation.send(XmlElement.of(StreamFeatures.TLS, "starttls"));
    }

    @Override
    public void onElement(XmlElement element) {
        if (element.is(StreamFeatures.TLS, "proceed")) {
            negotiation.connection().startTls().whenComplete((session, failure) -> {
                if (failure == null) {
                    negotiation.openAnew();
                } else if (failure instanceof TransportException broken) {
                    negotiation.fail(
                            ConnectFailures.of(broken, negotiation.connection().endpoint()));
                }
                // Any other failure is the cancellation of a negotiation that has ended already.
            });
        } else if (element.is(StreamFeatures.TLS, "failure")) {
            String message = "the server refused to begin TLS";
            negotiation.fail(new ConnectionException(
                    message,
                    ConnectionException.Reason.TLS_FAILED,
                    List.of(ConnectFailures.attempt(negotiation.connection().endpoint(), message)),
                    null,
                    true));
        } else {
            negotiation.unexpected(element);
        }
    }
}
