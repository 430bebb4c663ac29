package org.partyline.xmpp;

import java.util.function.Supplier;
import org.partyline.internal.engine.Jitter;
import org.partyline.spi.Protocol;
import org.partyline.spi.ProtocolSession;
import org.partyline.spi.SessionSettings;
import org.partyline.xmpp.internal.features.Features;
import org.partyline.xmpp.internal.session.Services;
import org.partyline.xmpp.internal.session.SessionCore;
import org.partyline.xmpp.internal.session.XmppSession;

/** The XMPP protocol (RFC 6120, RFC 6121). */
public final class Xmpp {
    private Xmpp() {}

    /** {@return the protocol, for {@code ChatClient.builder().protocol(…)}} */
    public static Protocol create() {
        return new XmppProtocol(Jitter::new);
    }

    static final class XmppProtocol implements Protocol {
        private final Supplier<Jitter> jitter;

        /**
         * @param jitter makes each session's random delays
         */
        XmppProtocol(Supplier<Jitter> jitter) {
            this.jitter = jitter;
        }

        @Override
        public String name() {
            return "XMPP";
        }

        @Override
        public ProtocolSession open(SessionSettings settings) {
            return new XmppSession(settings, jitter.get(), XmppProtocol::compose);
        }

        private static Services compose(SessionCore core) {
            Features features = Features.assemble(core, core.router()::discoFeatures);
            return new Services(
                    features.inOrder(),
                    features.messages(),
                    features.presence(),
                    features.roster(),
                    features.blockList(),
                    features.archive(),
                    features.clientState()::set,
                    new RawAccess(core, features));
        }
    }
}
