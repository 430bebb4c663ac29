package org.partyline.xmpp.internal.session;

import org.jspecify.annotations.Nullable;
import org.partyline.auth.sasl.SaslClients;
import org.partyline.internal.engine.Jitter;
import org.partyline.internal.engine.Lifecycle;
import org.partyline.internal.engine.ReconnectDelays;
import org.partyline.internal.events.EventSource;
import org.partyline.session.StateChange;
import org.partyline.spi.SessionSettings;
import org.partyline.xmpp.internal.negotiation.NegotiationSettings;
import org.partyline.xmpp.internal.trace.WireTap;

/** The moving parts of one session, put together. */
final class SessionEngine {
    private final SessionCore core;
    private final Lifecycle lifecycle;
    private final EventSource<StateChange> states;
    private final @Nullable WireTap tap;

    SessionEngine(SessionSettings settings, SaslClients mechanisms, Jitter jitter) {
        core = new SessionCore(settings, settings.transport().nextLoop(), jitter);
        states = new EventSource<>(core.callbacks(), settings.limits().subscriberBuffer());
        tap = WireTap.of(settings.trace(), core.loop());
        XmppLink link = new XmppLink(
                core,
                settings,
                new NegotiationSettings(
                        settings.account(),
                        settings.resource(),
                        mechanisms,
                        settings.signIn(),
                        core::inlineWishes,
                        settings.workers(),
                        settings.limits().negotiationTimeout(),
                        core.ids()::next),
                tap);
        lifecycle = new Lifecycle(core.loop(), link, new ReconnectDelays(jitter), states);
        link.lifecycle(lifecycle);
    }

    SessionCore core() {
        return core;
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    /** {@return what keeps a trace, or null if none is kept} */
    @Nullable
    WireTap tap() {
        return tap;
    }

    EventSource<StateChange> states() {
        return states;
    }
}
