package org.partyline.testkit.internal.stream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.route.Disco;
import org.partyline.testkit.internal.sasl.SaslOffer;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.transport.xml.XmlElement;

/** Stream features, shaped like those that Prosody and ejabberd send. */
final class Features {
    private Features() {}

    static XmlElement startTls() {
        return XmlElement.builder(Ns.TLS, "starttls")
                .child(XmlElement.of(Ns.TLS, "required"))
                .build();
    }

    /** {@return the types of channel binding (XEP-0440)} */
    static XmlElement channelBindings(SaslOffer offer) {
        XmlElement.Builder list = XmlElement.builder(Ns.CHANNEL_BINDING, "sasl-channel-binding");
        offer.bindings()
                .keySet()
                .forEach(type -> list.child(XmlElement.builder(Ns.CHANNEL_BINDING, "channel-binding")
                        .attribute("type", type)
                        .build()));
        return list.build();
    }

    /** {@return what there is to do after the sign-in} Binding, and being managed, only where that was not done with it. */
    static List<XmlElement> afterSignIn(StreamSettings settings, @Nullable Session session) {
        List<XmlElement> features = new ArrayList<>();
        if (session == null) {
            features.add(XmlElement.builder(Ns.BIND, "bind")
                    .child(XmlElement.of(Ns.BIND, "required"))
                    .build());
            features.add(XmlElement.builder(Ns.SESSION, "session")
                    .child(XmlElement.of(Ns.SESSION, "optional"))
                    .build());
        }
        features.add(Disco.capabilities());
        if (settings.streamManagement() && (session == null || session.management() == null)) {
            features.add(XmlElement.of(Ns.SM, "sm"));
        }
        features.add(XmlElement.of(Ns.ROSTER_VERSIONING, "ver"));
        features.add(XmlElement.of(Ns.PRE_APPROVAL, "sub"));
        features.add(XmlElement.of(Ns.CSI, "csi"));
        return features;
    }
}
