package org.partyline.xmpp.internal.negotiation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.sm.SmElements;

/**
 * What a server offers on one stream (RFC 6120 section 4.3.2). It holds for that stream only: after TLS and after sign-in
 * a new one comes, and the old one is worth nothing.
 *
 * @param element the {@code <stream:features/>}
 */
public record StreamFeatures(XmlElement element) {
    static final String STREAMS = "http://etherx.jabber.org/streams";
    static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
    static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    static final String CHANNEL_BINDING = "urn:xmpp:sasl-cb:0";
    static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";

    /**
     * {@return whether a feature is offered}
     *
     * @param namespace the feature's namespace
     * @param name the feature's name
     */
    public boolean has(String namespace, String name) {
        return element.child(namespace, name) != null;
    }

    boolean startTls() {
        return has(TLS, "starttls");
    }

    boolean bind() {
        return has(BIND, "bind");
    }

    boolean streamManagement() {
        return has(SmElements.NS, "sm");
    }

    /** The channel binding types that the server announces (XEP-0440), or null if it announces none. */
    @Nullable
    List<String> bindingTypes() {
        XmlElement bindings = element.child(CHANNEL_BINDING, "sasl-channel-binding");
        if (bindings == null) {
            return null;
        }
        List<String> types = new ArrayList<>();
        for (XmlElement binding : bindings.children()) {
            String type = binding.is(CHANNEL_BINDING, "channel-binding") ? binding.attribute("type") : null;
            if (type != null) {
                types.add(type);
            }
        }
        return types;
    }

    /** The SASL mechanisms on offer, or null where the server offers no sign-in. */
    @Nullable
    List<String> mechanisms() {
        XmlElement mechanisms = element.child(SASL, "mechanisms");
        if (mechanisms == null) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (XmlElement mechanism : mechanisms.children()) {
            if (mechanism.is(SASL, "mechanism")) {
                names.add(mechanism.text().strip());
            }
        }
        return names;
    }
}
