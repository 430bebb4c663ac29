package org.partyline.testkit.internal.stream;

import java.util.ArrayList;
import java.util.List;
import org.partyline.testkit.internal.route.Disco;
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

    static List<XmlElement> afterSignIn(StreamSettings settings) {
        List<XmlElement> features = new ArrayList<>();
        features.add(XmlElement.builder(Ns.BIND, "bind")
                .child(XmlElement.of(Ns.BIND, "required"))
                .build());
        features.add(XmlElement.builder(Ns.SESSION, "session")
                .child(XmlElement.of(Ns.SESSION, "optional"))
                .build());
        features.add(Disco.capabilities());
        if (settings.streamManagement()) {
            features.add(XmlElement.of(Ns.SM, "sm"));
        }
        features.add(XmlElement.of(Ns.ROSTER_VERSIONING, "ver"));
        features.add(XmlElement.of(Ns.PRE_APPROVAL, "sub"));
        features.add(XmlElement.of(Ns.CSI, "csi"));
        return features;
    }
}
