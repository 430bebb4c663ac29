package org.partyline.testkit.internal.stream;

import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.transport.xml.XmlElement;

/** The profiles that a stream's sign-in can go by. */
final class SignInDialogs {
    private final SignIn signIn;
    private final @Nullable SaslDialog sasl;
    private final @Nullable Sasl2Dialog sasl2;

    SignInDialogs(ClientStream stream, StreamHub hub, ManagementDialog management, SignIn signIn) {
        SignInSettings offered = hub.settings().signIn();
        this.signIn = signIn;
        this.sasl = offered.sasl() ? new SaslDialog(stream, hub, signIn) : null;
        this.sasl2 = offered.sasl2() ? new Sasl2Dialog(stream, hub, signIn, management) : null;
    }

    /** Adds what is offered to the stream features. */
    void addTo(XmlElement.Builder features) {
        if (sasl != null) {
            features.child(sasl.feature());
        }
        if (sasl2 != null) {
            features.child(sasl2.feature());
        }
        if (signIn.offer().showsBindings()) {
            features.child(Features.channelBindings(signIn.offer()));
        }
    }

    /** {@return whether the element belongs to a profile that is offered} If so it was taken. */
    boolean takes(XmlElement element) {
        if (element.namespace().equals(Ns.SASL) && sasl != null) {
            sasl.received(element);
            return true;
        }
        if (element.namespace().equals(Ns.SASL2) && sasl2 != null) {
            sasl2.received(element);
            return true;
        }
        return false;
    }
}
