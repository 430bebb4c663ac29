package org.partyline.testkit.internal.stream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.fault.FaultStage;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.transport.xml.XmlElement;

/** What a client can have done with its sign-in: a session resumed (XEP-0198 section 9), or a resource bound (XEP-0386). */
final class InlineWishes {
    private final ClientStream stream;
    private final StreamHub hub;
    private final ManagementDialog management;
    private boolean resumed;

    InlineWishes(ClientStream stream, StreamHub hub, ManagementDialog management) {
        this.stream = stream;
        this.hub = hub;
        this.management = management;
    }

    /**
     * {@return what says which wishes there can be, or null if there can be none}
     *
     * @param fast what says it of tokens, or null
     */
    @Nullable
    XmlElement feature(@Nullable XmlElement fast) {
        List<XmlElement> features = new ArrayList<>();
        if (hub.settings().streamManagement()) {
            features.add(XmlElement.of(Ns.SM, "sm"));
        }
        if (hub.settings().signIn().bind2()) {
            XmlElement.Builder withBind = XmlElement.builder(Ns.BIND2, "inline");
            withBind.child(bindFeature(Ns.CARBONS)).child(bindFeature(Ns.CSI));
            if (hub.settings().streamManagement()) {
                withBind.child(bindFeature(Ns.SM));
            }
            features.add(
                    XmlElement.builder(Ns.BIND2, "bind").child(withBind.build()).build());
        }
        if (fast != null) {
            features.add(fast);
        }
        if (features.isEmpty()) {
            return null;
        }
        XmlElement.Builder inline = XmlElement.builder(Ns.SASL2, "inline");
        features.forEach(inline::child);
        return inline.build();
    }

    private static XmlElement bindFeature(String name) {
        return XmlElement.builder(Ns.BIND2, "feature").attribute("var", name).build();
    }

    /**
     * Does what was asked for, now that it is known who asks. A session that is resumed has a resource already, so that
     * none is bound then (XEP-0386 section 4.1).
     *
     * @return what came of it, or null if the stream ended over it
     */
    @Nullable
    List<XmlElement> fulfil(Account account, Sasl2Request request) {
        List<XmlElement> outcomes = new ArrayList<>();
        XmlElement resume = request.element().child(Ns.SM, "resume");
        if (resume != null && hub.settings().streamManagement()) {
            XmlElement outcome = management.tryToResume(account, resume);
            if (outcome == null) {
                return null;
            }
            outcomes.add(outcome);
            resumed = stream.session() != null;
        }
        XmlElement bind = request.element().child(Ns.BIND2, "bind");
        if (bind != null && hub.settings().signIn().bind2() && stream.session() == null) {
            if (stream.endsAt(FaultStage.BIND)) {
                return null;
            }
            outcomes.add(bind(account, bind, request.client()));
        }
        return outcomes;
    }

    /** Says what follows the success: what a resumed session missed (XEP-0198 section 9.2), or else the features that are left. */
    void goOn() {
        if (resumed) {
            management.redeliver();
        } else {
            stream.continueAfterSignIn();
        }
    }

    /** Waiting messages stay where they are until presence is sent: not every client looks for them in the archive. */
    private XmlElement bind(Account account, XmlElement bind, @Nullable String client) {
        if (client != null) {
            hub.replaceAll(account, client);
        }
        Session session = hub.bind(account, resource(account, bind.childText("tag"), client), stream);
        session.client(client);
        stream.session(session);
        hub.statistics().inlineBound();
        XmlElement.Builder bound = XmlElement.builder(Ns.BIND2, "bound");
        XmlElement enable = bind.child(Ns.SM, "enable");
        if (enable != null && hub.settings().streamManagement()) {
            bound.child(management.enable(session, enable));
        }
        session.carbons(bind.child(Ns.CARBONS, "enable") != null);
        session.inactive(bind.child(Ns.CSI, "inactive") != null);
        return bound.build();
    }

    /** {@return the client's tag with an id behind it, which is the same whenever the installation binds by that tag} */
    private String resource(Account account, @Nullable String tag, @Nullable String client) {
        String label = tag == null ? "" : tag;
        String id = client == null ? StreamHub.newId() : hub.stableId(account.address() + "\n" + client + "\n" + label);
        String tagged = label + "~" + id;
        return !label.isEmpty() && Address.isPart(tagged) ? tagged : id;
    }
}
