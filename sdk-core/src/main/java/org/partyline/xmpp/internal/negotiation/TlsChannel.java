package org.partyline.xmpp.internal.negotiation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.sasl.SecureChannel;
import org.partyline.transport.tls.TlsSession;

/**
 * A verified TLS session as sign-in sees it.
 *
 * @param session the session
 */
record TlsChannel(TlsSession session) implements SecureChannel {

    @Override
    public boolean isVerified() {
        return true;
    }

    @Override
    public List<String> bindingTypes() {
        return session.channelBindingTypes();
    }

    @Override
    public byte @Nullable [] binding(String type) {
        return session.channelBinding(type).orElse(null);
    }
}
