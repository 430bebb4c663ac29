package org.partyline.xmpp.internal.negotiation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.sasl.SaslOffer;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.sm.SmElements;

/**
 * What a server offers on one stream for sign-in by XEP-0388, and what it lets the sign-in carry.
 *
 * @param sasl mechanisms and channel binding types
 * @param inline what sign-in can carry
 * @param tokenMechanisms mechanisms for the server's own tokens (XEP-0484); empty if it gives none
 * @param upgrades tasks that let it offer a stronger SCRAM (XEP-0480)
 */
record Sasl2Offer(SaslOffer sasl, Inline inline, List<String> tokenMechanisms, List<String> upgrades) {
    static final String NS = "urn:xmpp:sasl:2";
    static final String BIND = "urn:xmpp:bind:0";
    static final String FAST = "urn:xmpp:fast:0";
    static final String UPGRADE = "urn:xmpp:sasl:upgrade:0";

    /** {@return the offer of a stream's features, or null if they hold none} */
    static @Nullable Sasl2Offer read(StreamFeatures features) {
        XmlElement authentication = features.element().child(NS, "authentication");
        if (authentication == null) {
            return null;
        }
        List<String> mechanisms = texts(authentication, NS, "mechanism");
        if (mechanisms.isEmpty()) {
            return null;
        }
        XmlElement inline = authentication.child(NS, "inline");
        XmlElement fast = inline == null ? null : inline.child(FAST, "fast");
        return new Sasl2Offer(
                new SaslOffer(mechanisms, features.bindingTypes()),
                inline == null ? Inline.NONE : Inline.read(inline),
                fast == null ? List.of() : texts(fast, FAST, "mechanism"),
                texts(authentication, UPGRADE, "upgrade"));
    }

    static List<String> texts(XmlElement parent, String namespace, String name) {
        List<String> texts = new ArrayList<>();
        for (XmlElement child : parent.children()) {
            if (child.is(namespace, name)) {
                texts.add(child.text().strip());
            }
        }
        return texts;
    }

    /**
     * What a sign-in can carry besides itself.
     *
     * @param resume whether a session can be resumed (XEP-0198 section 9)
     * @param bind whether a resource can be bound (XEP-0386)
     * @param features namespaces of what can be switched on with the binding
     */
    record Inline(boolean resume, boolean bind, List<String> features) {
        static final Inline NONE = new Inline(false, false, List.of());

        private static final String RESUME_NAME = "resume";
        private static final String BIND_NAME = "bind";

        static Inline read(XmlElement inline) {
            XmlElement bind = inline.child(BIND, "bind");
            XmlElement within = bind == null ? null : bind.child(BIND, "inline");
            List<String> features = new ArrayList<>();
            if (within != null) {
                for (XmlElement feature : within.children()) {
                    String name = feature.is(BIND, "feature") ? feature.attribute("var") : null;
                    if (name != null && !features.contains(name)) {
                        features.add(name);
                    }
                }
            }
            return new Inline(inline.child(SmElements.NS, "sm") != null, bind != null, features);
        }

        /** {@return as names, to be remembered with a token} */
        List<String> names() {
            List<String> names = new ArrayList<>();
            if (resume) {
                names.add(RESUME_NAME);
            }
            if (bind) {
                names.add(BIND_NAME);
            }
            features.stream()
                    .filter(name -> !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7F))
                    .forEach(names::add);
            return names;
        }

        static Inline ofNames(List<String> names) {
            List<String> features = names.stream()
                    .filter(name -> !name.equals(RESUME_NAME) && !name.equals(BIND_NAME))
                    .toList();
            return new Inline(names.contains(RESUME_NAME), names.contains(BIND_NAME), features);
        }
    }
}
