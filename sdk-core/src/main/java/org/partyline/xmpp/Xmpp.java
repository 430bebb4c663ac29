package org.partyline.xmpp;

import org.partyline.spi.Protocol;

/** The XMPP protocol (RFC 6120, RFC 6121). */
public final class Xmpp {
    private Xmpp() {}

    /** {@return the protocol, for {@code ChatClient.builder().protocol(…)}} */
    @SuppressWarnings("DoNotCallSuggester")
    public static Protocol create() {
        throw new UnsupportedOperationException("not built yet");
    }
}
