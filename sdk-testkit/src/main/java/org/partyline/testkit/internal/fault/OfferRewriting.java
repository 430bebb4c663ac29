package org.partyline.testkit.internal.fault;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.transport.xml.XmlElement;

/** What somebody in the middle makes of the features before the sign-in. */
public final class OfferRewriting {
    private static final String PLUS = "-PLUS";
    private static final String UNBOUND = "-NONE";

    private OfferRewriting() {}

    /** {@return the features with other mechanisms in both profiles} What else there is about tokens stays. */
    public static XmlElement mechanisms(XmlElement features, List<String> names) {
        return children(features, child -> {
            if (!isList(child)) {
                return child;
            }
            XmlElement.Builder list = XmlElement.builder(child.namespace(), child.name());
            names.forEach(name -> list.textChild("mechanism", name));
            child.children().stream()
                    .filter(each -> !each.name().equals("mechanism"))
                    .forEach(list::child);
            return list.build();
        });
    }

    /** {@return the features with other types of channel binding; without the list if there are none} */
    public static XmlElement bindings(XmlElement features, List<String> types) {
        XmlElement without = children(features, child -> child.namespace().equals(Ns.CHANNEL_BINDING) ? null : child);
        if (types.isEmpty()) {
            return without;
        }
        XmlElement.Builder list = XmlElement.builder(Ns.CHANNEL_BINDING, "sasl-channel-binding");
        types.forEach(type -> list.child(XmlElement.builder(Ns.CHANNEL_BINDING, "channel-binding")
                .attribute("type", type)
                .build()));
        return without.toBuilder().child(list.build()).build();
    }

    /** {@return the features without a trace of channel binding} */
    public static XmlElement withoutBinding(XmlElement features) {
        return unbound(bindings(features, List.of()));
    }

    private static XmlElement unbound(XmlElement element) {
        return children(element, child -> {
            if (!child.name().equals("mechanism")) {
                return unbound(child);
            }
            boolean binds = element.namespace().equals(Ns.FAST)
                    ? !child.text().endsWith(UNBOUND)
                    : child.text().endsWith(PLUS);
            return binds ? null : child;
        });
    }

    private static boolean isList(XmlElement child) {
        return child.is(Ns.SASL, "mechanisms") || child.is(Ns.SASL2, "authentication");
    }

    /** {@return the element with its children changed, or left out where the change gives null; text stays} */
    private static XmlElement children(XmlElement element, Function<XmlElement, @Nullable XmlElement> change) {
        XmlElement.Builder changed = XmlElement.builder(element.namespace(), element.name());
        for (int i = 0; i < element.attributeCount(); i++) {
            changed.attribute(element.attributeNamespace(i), element.attributeName(i), element.attributeValue(i));
        }
        for (int i = 0; i < element.nodeCount(); i++) {
            if (element.node(i) instanceof XmlElement child) {
                changed.child(change.apply(child));
            } else {
                changed.text((String) element.node(i));
            }
        }
        return changed.build();
    }
}
