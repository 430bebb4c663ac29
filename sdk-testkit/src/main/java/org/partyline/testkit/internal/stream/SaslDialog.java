package org.partyline.testkit.internal.stream;

import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.fault.FaultStage;
import org.partyline.testkit.internal.sasl.SaslFailure;
import org.partyline.testkit.internal.sasl.SaslStep;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.transport.xml.XmlElement;

/** The elements of a sign-in as RFC 6120 section 6 has it. */
final class SaslDialog {
    private final ClientStream stream;
    private final StreamHub hub;
    private final SignIn signIn;

    SaslDialog(ClientStream stream, StreamHub hub, SignIn signIn) {
        this.stream = stream;
        this.hub = hub;
        this.signIn = signIn;
    }

    /** {@return the stream feature} */
    XmlElement feature() {
        XmlElement.Builder mechanisms = XmlElement.builder(Ns.SASL, "mechanisms");
        signIn.offer().mechanisms().forEach(each -> mechanisms.textChild("mechanism", each));
        return mechanisms.build();
    }

    void received(XmlElement element) {
        SaslStep step;
        try {
            step = respond(element);
        } catch (SaslFailure failure) {
            stream.write(XmlElement.builder(Ns.SASL, "failure")
                    .child(XmlElement.of(Ns.SASL, failure.condition()))
                    .build());
            stream.signInFailed(signIn);
            return;
        }
        Account proved = signIn.account();
        if (proved == null) {
            if (!stream.endsAt(FaultStage.SASL_CHALLENGE)) {
                stream.write(withData("challenge", step));
            }
        } else if (stream.signedIn(proved, signIn.mechanism())) {
            stream.write(withData("success", step));
            stream.restart();
        }
    }

    private @Nullable SaslStep respond(XmlElement element) throws SaslFailure {
        return switch (element.name()) {
            case "auth" -> {
                String initial = element.text();
                // "=" stands for a message without content (RFC 6120 section 6.4.2).
                String mechanism = element.attribute("mechanism");
                hub.statistics().attempted(mechanism);
                yield signIn.begin(
                        mechanism, initial.isEmpty() ? null : SignIn.decoded(initial.equals("=") ? "" : initial), null);
            }
            case "response" -> signIn.proceed(SignIn.decoded(element.text().equals("=") ? "" : element.text()));
            case "abort" -> throw new SaslFailure("aborted");
            default -> throw new SaslFailure("malformed-request");
        };
    }

    private static XmlElement withData(String name, @Nullable SaslStep step) {
        return XmlElement.builder(Ns.SASL, name)
                .text(step == null ? "" : SignIn.encoded(step.data()))
                .build();
    }
}
