package org.partyline.xmpp;

import org.partyline.internal.engine.Jitter;
import org.partyline.spi.Protocol;

/** XMPP whose delays between attempts are known beforehand. */
public final class SeededXmpp {
    private SeededXmpp() {}

    public static Protocol create(long seed) {
        return new Xmpp.XmppProtocol(() -> new Jitter(seed));
    }
}
