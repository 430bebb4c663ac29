package org.partyline.testkit.internal.account;

import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;

/** One message as several sessions of an account got it. It is lost only if all of them end and none has confirmed it. */
public final class Copies {
    private final XmlElement message;
    private int unconfirmed;
    private boolean safe;

    /** Makes a message that nobody has got yet. */
    public Copies(XmlElement message) {
        this.message = message;
    }

    /** {@return the message itself, without what a copy is wrapped in} */
    public XmlElement message() {
        return message;
    }

    /** Somebody has the message for certain. */
    public void keep() {
        safe = true;
    }

    void sent() {
        unconfirmed++;
    }

    /** {@return the message, if the session that ended was the last that could have confirmed it; null otherwise} */
    @Nullable
    XmlElement sessionEnded() {
        return --unconfirmed == 0 && !safe ? message : null;
    }
}
