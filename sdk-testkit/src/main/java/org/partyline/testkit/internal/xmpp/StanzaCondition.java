package org.partyline.testkit.internal.xmpp;

import java.util.Locale;

/** Conditions of stanza errors, each with the type that RFC 6120 section 8.3.3 recommends. */
public enum StanzaCondition {
    BAD_REQUEST("modify"),
    CONFLICT("cancel"),
    FEATURE_NOT_IMPLEMENTED("cancel"),
    FORBIDDEN("auth"),
    INTERNAL_SERVER_ERROR("cancel"),
    ITEM_NOT_FOUND("cancel"),
    JID_MALFORMED("modify"),
    NOT_ACCEPTABLE("modify"),
    NOT_ALLOWED("cancel"),
    REMOTE_SERVER_NOT_FOUND("cancel"),
    RESOURCE_CONSTRAINT("wait"),
    SERVICE_UNAVAILABLE("cancel"),
    SUBSCRIPTION_REQUIRED("auth"),
    UNEXPECTED_REQUEST("wait");

    private final String type;

    StanzaCondition(String type) {
        this.type = type;
    }

    /** {@return the name of the condition's element} */
    public String element() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * {@return the condition of that name}
     *
     * @throws IllegalArgumentException if there is none
     */
    public static StanzaCondition of(String element) {
        for (StanzaCondition each : values()) {
            if (each.element().equals(element)) {
                return each;
            }
        }
        throw new IllegalArgumentException("not a condition that the network knows: " + element);
    }

    /** {@return the error's type} */
    public String type() {
        return type;
    }
}
