package org.partyline.testkit.internal.stream;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.fault.FaultStage;
import org.partyline.testkit.internal.sasl.SaslFailure;
import org.partyline.testkit.internal.sasl.SaslStep;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.testkit.internal.xmpp.StreamError;
import org.partyline.transport.xml.XmlElement;

/** The elements of a sign-in as XEP-0388 has it. */
final class Sasl2Dialog {
    private final ClientStream stream;
    private final SignIn signIn;
    private final InlineWishes inline;
    private @Nullable Sasl2Request request;

    Sasl2Dialog(ClientStream stream, SignIn signIn, InlineWishes inline) {
        this.stream = stream;
        this.signIn = signIn;
        this.inline = inline;
    }

    /** {@return the stream feature, or null if there is no mechanism that it could name (section 2.1)} */
    @Nullable
    XmlElement feature() {
        List<String> mechanisms = signIn.mechanisms();
        if (mechanisms.isEmpty()) {
            return null;
        }
        XmlElement.Builder feature = XmlElement.builder(Ns.SASL2, "authentication");
        mechanisms.forEach(each -> feature.textChild("mechanism", each));
        return feature.child(inline.feature()).build();
    }

    void received(XmlElement element) {
        boolean begins = element.name().equals("authenticate");
        if (begins == (request != null) && !element.name().equals("abort")) {
            // Nothing else may be said while a sign-in is under way (section 2.4), and there is nothing to answer
            // before.
            stream.fail(StreamError.of("policy-violation", "Out of place in a sign-in"));
            return;
        }
        try {
            SaslStep step = respond(element);
            if (signIn.account() != null) {
                succeed(Objects.requireNonNull(step), signIn.account());
            } else if (!stream.endsAt(FaultStage.SASL_CHALLENGE)) {
                stream.write(XmlElement.builder(Ns.SASL2, "challenge")
                        .text(step == null ? "" : SignIn.encoded(step.data()))
                        .build());
            }
        } catch (SaslFailure failure) {
            request = null;
            stream.write(XmlElement.builder(Ns.SASL2, "failure")
                    .child(XmlElement.of(Ns.SASL, failure.condition()))
                    .build());
            stream.signInFailed(signIn);
        }
    }

    private @Nullable SaslStep respond(XmlElement element) throws SaslFailure {
        return switch (element.name()) {
            case "authenticate" -> {
                Sasl2Request begun = Sasl2Request.of(element);
                SaslStep step = signIn.begin(begun.mechanism(), begun.initialResponse());
                request = begun;
                yield step;
            }
            case "response" -> signIn.proceed(SignIn.decoded(element.text()));
            case "abort" -> throw new SaslFailure("aborted");
            default -> throw new SaslFailure("malformed-request");
        };
    }

    private void succeed(SaslStep step, Account account) {
        if (!stream.signedIn(account, signIn.mechanism())) {
            return;
        }
        XmlElement.Builder success = XmlElement.builder(Ns.SASL2, "success");
        if (step.data().length > 0) {
            success.textChild("additional-data", SignIn.encoded(step.data()));
        }
        List<XmlElement> done = inline.fulfil(account, Objects.requireNonNull(request));
        if (done == null) {
            return;
        }
        done.forEach(success::child);
        Session session = stream.session();
        success.textChild(
                "authorization-identifier", (session == null ? account.address() : session.address()).toString());
        stream.write(success.build());
        inline.goOn();
    }
}
