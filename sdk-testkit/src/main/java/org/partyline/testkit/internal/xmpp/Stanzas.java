package org.partyline.testkit.internal.xmpp;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;

/** Makes stanzas, and tells them apart. */
public final class Stanzas {
    private Stanzas() {}

    /** {@return whether the element is a message, presence or iq} */
    public static boolean isStanza(XmlElement element) {
        return element.namespace().equals(Ns.CLIENT)
                && (element.name().equals("message")
                        || element.name().equals("presence")
                        || element.name().equals("iq"));
    }

    /** {@return the type attribute, or what its absence means} */
    public static String type(XmlElement stanza) {
        String type = stanza.attribute("type");
        if (type == null) {
            return stanza.name().equals("message") ? "normal" : "";
        }
        return type;
    }

    /** {@return a copy with this sender} */
    public static XmlElement from(XmlElement stanza, Address from) {
        return stanza.toBuilder().attribute("from", from.toString()).build();
    }

    /** {@return a copy with this sender and receiver} */
    public static XmlElement between(XmlElement stanza, Address from, Address to) {
        return stanza.toBuilder()
                .attribute("from", from.toString())
                .attribute("to", to.toString())
                .build();
    }

    /** {@return a copy without some of its children; the element itself if it has none of them} */
    public static XmlElement without(XmlElement element, Predicate<XmlElement> unwanted) {
        if (element.children().stream().noneMatch(unwanted)) {
            return element;
        }
        XmlElement.Builder copy = XmlElement.builder(element.namespace(), element.name());
        for (int i = 0; i < element.attributeCount(); i++) {
            copy.attribute(element.attributeNamespace(i), element.attributeName(i), element.attributeValue(i));
        }
        for (int i = 0; i < element.nodeCount(); i++) {
            if (element.node(i) instanceof String text) {
                copy.text(text);
            } else if (element.node(i) instanceof XmlElement child && !unwanted.test(child)) {
                copy.child(child);
            }
        }
        return copy.build();
    }

    /** {@return a presence without content} */
    public static XmlElement presence(Address from, Address to, @Nullable String type) {
        return XmlElement.builder(Ns.CLIENT, "presence")
                .attribute("from", from.toString())
                .attribute("to", to.toString())
                .attribute("type", type)
                .build();
    }

    /** {@return the empty result of a request} */
    public static XmlElement result(XmlElement request) {
        return result(request, null);
    }

    /** {@return the result of a request} */
    public static XmlElement result(XmlElement request, @Nullable XmlElement payload) {
        return answer(request, "result").child(payload).build();
    }

    /** {@return the error that answers a stanza, without the stanza's payload} */
    public static XmlElement error(XmlElement stanza, StanzaCondition condition) {
        return error(stanza, condition, null);
    }

    /** {@return the error that answers a stanza, with an application-specific condition} */
    public static XmlElement error(XmlElement stanza, StanzaCondition condition, @Nullable XmlElement detail) {
        return answer(stanza, "error")
                .child(XmlElement.builder(Ns.CLIENT, "error")
                        .attribute("type", condition.type())
                        .child(XmlElement.of(Ns.STANZA_ERRORS, condition.element()))
                        .child(detail)
                        .build())
                .build();
    }

    private static XmlElement.Builder answer(XmlElement stanza, String type) {
        return XmlElement.builder(stanza.namespace(), stanza.name())
                .attribute("type", type)
                .attribute("id", stanza.attribute("id"))
                .attribute("from", stanza.attribute("to"))
                .attribute("to", stanza.attribute("from"));
    }

    /** {@return whether an error may answer this stanza: never an error, and an iq only if it asks (RFC 6120 section 8.3.1)} */
    public static boolean mayBeAnswered(XmlElement stanza) {
        String type = type(stanza);
        return !type.equals("error") && !type.equals("result");
    }

    /** {@return a copy with the time at which the server took it (XEP-0203); an older stamp stays} */
    public static XmlElement delayed(XmlElement stanza, String by, Instant at) {
        if (stanza.child(Ns.DELAY, "delay") != null) {
            return stanza;
        }
        return stanza.toBuilder().child(delay(by, at)).build();
    }

    /** {@return the stamp of who took a stanza, and when (XEP-0203)} */
    public static XmlElement delay(String by, Instant at) {
        return XmlElement.builder(Ns.DELAY, "delay")
                .attribute("from", by)
                .attribute("stamp", at.truncatedTo(ChronoUnit.MILLIS).toString())
                .build();
    }
}
