package org.partyline.xmpp.internal.negotiation;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partyline.error.ServerClosedException;
import org.partyline.transport.xml.XmlElement;

/** Reads stream errors (RFC 6120 section 4.9). */
public final class StreamErrors {
    /** The namespace of streams. */
    public static final String STREAMS = StreamFeatures.STREAMS;
    /** The namespace of the conditions. */
    public static final String NS = "urn:ietf:params:xml:ns:xmpp-streams";

    /** Conditions that no new connection cures: something has to be changed first. */
    private static final Set<String> FINAL = Set.of(
            "bad-namespace-prefix",
            "conflict",
            "host-gone",
            "host-unknown",
            "improper-addressing",
            "invalid-from",
            "invalid-namespace",
            "not-authorized",
            "unsupported-encoding",
            "unsupported-feature",
            "unsupported-version");

    private StreamErrors() {}

    /**
     * {@return whether it is a stream error}
     *
     * @param element a top-level element
     */
    public static boolean isStreamError(XmlElement element) {
        return element.is(StreamFeatures.STREAMS, "error");
    }

    /**
     * {@return the failure that a stream error tells of}
     *
     * @param error the error
     */
    public static ServerClosedException read(XmlElement error) {
        XmlElement condition = condition(error);
        String name = condition == null ? "undefined-condition" : condition.name();
        XmlElement text = error.child(NS, "text");
        return new ServerClosedException(name, text == null ? null : text.text(), !FINAL.contains(name));
    }

    static @Nullable XmlElement condition(XmlElement error) {
        for (XmlElement child : error.children()) {
            if (child.namespace().equals(NS) && !child.name().equals("text")) {
                return child;
            }
        }
        return null;
    }
}
