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
    private final StreamHub hub;
    private final SignIn signIn;
    private final InlineWishes inline;
    private final FastWishes fast;
    private final UpgradeTasks tasks;
    private @Nullable Sasl2Request request;
    private boolean continued;

    Sasl2Dialog(ClientStream stream, StreamHub hub, SignIn signIn, ManagementDialog management) {
        this.stream = stream;
        this.hub = hub;
        this.signIn = signIn;
        this.inline = new InlineWishes(stream, hub, management);
        this.fast = new FastWishes(hub, signIn);
        this.tasks = new UpgradeTasks(signIn, hub.settings().signIn().upgrades());
    }

    /** {@return the stream feature, or null if there is no mechanism that it could name (section 2.1)} */
    @Nullable
    XmlElement feature() {
        List<String> mechanisms = signIn.offer().mechanisms();
        if (mechanisms.isEmpty()) {
            return null;
        }
        XmlElement.Builder feature = XmlElement.builder(Ns.SASL2, "authentication");
        mechanisms.forEach(each -> feature.textChild("mechanism", each));
        feature.child(inline.feature(fast.feature()));
        tasks.addTo(feature);
        return feature.build();
    }

    void received(XmlElement element) {
        boolean begins = element.name().equals("authenticate");
        if (begins == (request != null) || (continued && begins)) {
            // Nothing else may be said while a sign-in is under way (section 2.4), there is nothing to answer before,
            // and
            // nothing begins anew once the first exchange has succeeded (section 4).
            stream.fail(StreamError.of("policy-violation", "Out of place in a sign-in"));
            return;
        }
        try {
            if (signIn.account() == null) {
                exchange(element);
            } else {
                task(element, signIn.account());
            }
        } catch (SaslFailure failure) {
            request = null;
            stream.write(XmlElement.builder(Ns.SASL2, "failure")
                    .child(XmlElement.of(Ns.SASL, failure.condition()))
                    .build());
            stream.signInFailed(signIn);
        }
    }

    private void exchange(XmlElement element) throws SaslFailure {
        SaslStep step = switch (element.name()) {
            case "authenticate" -> begin(element);
            case "response" -> signIn.proceed(SignIn.decoded(element.text()));
            case "abort" -> throw new SaslFailure("aborted");
            default -> throw new SaslFailure("malformed-request");
        };
        Account proved = signIn.account();
        if (proved == null) {
            if (!stream.endsAt(FaultStage.SASL_CHALLENGE)) {
                stream.write(XmlElement.builder(Ns.SASL2, "challenge")
                        .text(step == null ? "" : SignIn.encoded(step.data()))
                        .build());
            }
        } else {
            goOn(proved, step == null ? new byte[0] : step.data());
        }
    }

    private @Nullable SaslStep begin(XmlElement element) throws SaslFailure {
        hub.statistics().attempted(element.attribute("mechanism"));
        Sasl2Request begun = Sasl2Request.of(element);
        SaslStep step = signIn.begin(begun.mechanism(), begun.initialResponse(), begun.token());
        request = begun;
        tasks.ask(begun);
        return step;
    }

    private void task(XmlElement element, Account account) throws SaslFailure {
        switch (element.name()) {
            case "next" -> stream.write(tasks.begin(element.attribute("task")));
            case "task-data" -> {
                tasks.finish(account, element);
                hub.statistics().upgraded();
                goOn(account, new byte[0]);
            }
            case "abort" -> throw new SaslFailure("aborted");
            default -> throw new SaslFailure("malformed-request");
        }
    }

    /** The next task, or the end (section 2.6.3). */
    private void goOn(Account account, byte[] data) {
        String task = tasks.next();
        if (task == null) {
            succeed(account, data);
            return;
        }
        continued = true;
        XmlElement.Builder more = withData("continue", data);
        stream.write(more.child(XmlElement.builder(Ns.SASL2, "tasks")
                        .textChild("task", task)
                        .build())
                .build());
    }

    private void succeed(Account account, byte[] data) {
        if (!stream.signedIn(account, signIn.mechanism())) {
            return;
        }
        Sasl2Request wishes = Objects.requireNonNull(request);
        List<XmlElement> done = inline.fulfil(account, wishes);
        if (done == null) {
            return;
        }
        XmlElement.Builder success = withData("success", data);
        done.forEach(success::child);
        Session session = stream.session();
        success.child(fast.fulfil(account, wishes))
                .textChild(
                        "authorization-identifier",
                        (session == null ? account.address() : session.address()).toString());
        stream.write(success.build());
        inline.goOn();
    }

    private static XmlElement.Builder withData(String name, byte[] data) {
        XmlElement.Builder element = XmlElement.builder(Ns.SASL2, name);
        return data.length == 0 ? element : element.textChild("additional-data", SignIn.encoded(data));
    }
}
