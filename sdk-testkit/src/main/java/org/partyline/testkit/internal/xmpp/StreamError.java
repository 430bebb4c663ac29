package org.partyline.testkit.internal.xmpp;

import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlStreamException;
import org.partyline.transport.xml.XmlStreamException.Condition;

/**
 * An error that ends a stream (RFC 6120 section 4.9).
 *
 * @param condition the name of the condition's element
 * @param text what to add for people, or null
 * @param content the text inside the condition's element, or null
 * @param detail an application-specific condition, or null
 */
public record StreamError(
        String condition,
        @Nullable String text,
        @Nullable String content,
        @Nullable XmlElement detail) {

    /** {@return an error without details} */
    public static StreamError of(String condition) {
        return new StreamError(condition, null, null, null);
    }

    /** {@return an error with a text} */
    public static StreamError of(String condition, String text) {
        return new StreamError(condition, text, null, null);
    }

    /** {@return the answer to bytes that may not stand in a stream; to those over a limit as Prosody and ejabberd word it} */
    public static StreamError of(XmlStreamException failure) {
        return failure.condition() == Condition.POLICY_VIOLATION
                ? new StreamError(
                        "policy-violation", "XML stanza is too big", null, XmlElement.of(Ns.ERRORS, "stanza-too-big"))
                : of(failure.condition().element());
    }

    /** {@return the sending away to another place (RFC 6120 section 4.9.3.19)} */
    public static StreamError seeOther(String place) {
        return new StreamError("see-other-host", null, place, null);
    }

    /** {@return the error's element} */
    public XmlElement toElement() {
        XmlElement.Builder error = XmlElement.builder(Ns.STREAMS, "error")
                .child(XmlElement.builder(Ns.STREAM_ERRORS, condition)
                        .text(content)
                        .build());
        if (text != null) {
            error.child(XmlElement.builder(Ns.STREAM_ERRORS, "text").text(text).build());
        }
        return error.child(detail).build();
    }
}
