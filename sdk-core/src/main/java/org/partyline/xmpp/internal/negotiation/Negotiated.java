package org.partyline.xmpp.internal.negotiation;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.session.SignIn;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.sm.SmSession;

/**
 * What a negotiation came to.
 *
 * @param features what the server offered after sign-in, or null where it offers nothing new to a session that goes on
 * @param resumed whether the session before goes on; then {@code self} and {@code session} are those of that session
 * @param self this device's address, or null where it was resumed
 * @param session the session under stream management, or null if the server has none
 * @param handled how many of our stanzas the server has, on resumption
 * @param signIn how it was signed in
 * @param inlined namespaces of what was switched on with the binding
 * @param early stanzas that came after binding and before the session was ready, to be handled but not counted
 */
public record Negotiated(
        @Nullable StreamFeatures features,
        boolean resumed,
        @Nullable Jid self,
        @Nullable SmSession session,
        OptionalInt handled,
        SignIn signIn,
        Set<String> inlined,
        List<XmlElement> early) {}
