package org.partyline.xmpp.internal.negotiation;

import java.util.Base64;
import org.partyline.auth.sasl.SaslClient;
import org.partyline.auth.sasl.SaslOffer;
import org.partyline.transport.tls.TlsSession;
import org.partyline.transport.xml.XmlElement;

/** Signs in by SASL as RFC 6120 section 6 carries it. */
final class SaslStep implements Step {
    private final Negotiation negotiation;
    private final SaslOffer offer;
    private final TlsSession session;
    private final SaslRun run;

    SaslStep(Negotiation negotiation, SaslOffer offer, TlsSession session) {
        this.negotiation = negotiation;
        this.offer = offer;
        this.session = session;
        this.run = new SaslRun(negotiation);
    }

    @Override
    public String awaited() {
        return "sign-in";
    }

    @Override
    public void start() {
        run.work(() -> {
            Runnable refusal = run.refusedBeforehand(session);
            if (refusal != null) {
                return refusal;
            }
            SaslClient started = negotiation.settings().mechanisms().start(offer, new TlsChannel(session));
            run.client(started);
            run.compare(started);
            byte[] initial = started.initialResponse();
            return () -> negotiation.send(XmlElement.builder(StreamFeatures.SASL, "auth")
                    .attribute("mechanism", started.mechanism())
                    .text(initial == null ? null : encode(initial))
                    .build());
        });
    }

    @Override
    public void onElement(XmlElement element) {
        if (run.isWorking() || run.client() == null || !element.namespace().equals(StreamFeatures.SASL)) {
            negotiation.unexpected(element);
            return;
        }
        switch (element.name()) {
            case "challenge" -> run.challenge(element.text(), SaslStep::response);
            case "success" -> success(element.text());
            case "failure" -> run.refused(condition(element), null);
            default -> negotiation.unexpected(element);
        }
    }

    private static XmlElement response(byte[] answer) {
        return XmlElement.builder(StreamFeatures.SASL, "response")
                .text(encode(answer))
                .build();
    }

    private void success(String text) {
        SaslClient client = run.client();
        if (run.verify(text.isEmpty() ? null : text) && client != null) {
            run.remember(null);
            negotiation.signedIn(client, run.isWeaker());
            negotiation.openAnew();
        }
    }

    /** {@return the condition of a failure: its first child that is not its text} */
    static String condition(XmlElement failure) {
        return failure.children().stream()
                .map(XmlElement::name)
                .filter(name -> !name.equals("text"))
                .findFirst()
                .orElse("not-authorized");
    }

    private static String encode(byte[] message) {
        // An empty message is told from none by a single "=" (RFC 6120 section 6.4.2).
        return message.length == 0 ? "=" : Base64.getEncoder().encodeToString(message);
    }

    @Override
    public void end() {
        run.end();
    }
}
