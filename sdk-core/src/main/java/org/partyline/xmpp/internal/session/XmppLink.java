package org.partyline.xmpp.internal.session;

import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.partyline.error.AuthenticationFailedException;
import org.partyline.error.ConnectionLostException;
import org.partyline.error.ImException;
import org.partyline.error.ProtocolViolationException;
import org.partyline.error.ServerClosedException;
import org.partyline.internal.engine.Lifecycle;
import org.partyline.internal.engine.Link;
import org.partyline.spi.SessionSettings;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.xmpp.internal.negotiation.ConnectFailures;
import org.partyline.xmpp.internal.negotiation.Negotiated;
import org.partyline.xmpp.internal.negotiation.Negotiation;
import org.partyline.xmpp.internal.negotiation.NegotiationSettings;
import org.partyline.xmpp.internal.negotiation.SeeOtherHost;
import org.partyline.xmpp.internal.negotiation.SignInAgain;
import org.partyline.xmpp.internal.sm.SmSession;
import org.partyline.xmpp.internal.trace.WireTap;

/** Makes connections for the lifecycle: transport, negotiation, redirections, and the stream that comes of them. */
final class XmppLink implements Link {
    /** Redirections that one attempt follows (L26). */
    private static final int MAX_REDIRECTS = 3;
    /** A token, then a bearer token that may have ended, then a fresh one. */
    private static final int MAX_ANOTHER_WAY = 2;

    private final SessionCore core;
    private final SessionSettings settings;
    private final NegotiationSettings negotiationSettings;
    private final @Nullable WireTap tap;
    private @Nullable Lifecycle lifecycle;

    /** What is under way: connecting or negotiating, whichever it is. */
    private @Nullable CompletableFuture<?> underWay;

    private @Nullable LiveStream stream;
    private @Nullable SmSession session;
    /** Whether the session is that of the process before, and was not resumed yet. */
    private boolean isEarlier;

    private int redirects;
    private int again;
    /** Whether this server took a sign-in ill that it had not offered yet. */
    private boolean insistsOnOffering;

    XmppLink(
            SessionCore core,
            SessionSettings settings,
            NegotiationSettings negotiationSettings,
            @Nullable WireTap tap) {
        this.core = core;
        this.settings = settings;
        this.negotiationSettings = negotiationSettings;
        this.tap = tap;
        this.session = core.earlierSession();
        this.isEarlier = session != null;
    }

    void lifecycle(Lifecycle owner) {
        this.lifecycle = owner;
    }

    @Override
    public void attempt() {
        redirects = 0;
        again = 0;
        loadSignIn();
        CompletableFuture<Void> stored =
                session == null ? CompletableFuture.completedFuture(null) : core.toBeResumed(session);
        if (stored.isDone()) {
            connect(settings.transportOptions());
        } else {
            connectBehind(stored.copy());
        }
    }

    private void connectBehind(CompletableFuture<Void> stored) {
        underWay = stored;
        stored.whenComplete((done, cancelled) -> {
            try {
                core.loop().execute(() -> {
                    if (underWay == stored) {
                        connect(settings.transportOptions());
                    }
                });
            } catch (RejectedExecutionException e) {
                // The threads have ended, and nobody waits for the attempt.
                return;
            }
        });
    }

    /** Reads what is remembered of the account while the connection is made. */
    private void loadSignIn() {
        try {
            settings.workers().execute(negotiationSettings.mechanisms()::load);
        } catch (RejectedExecutionException e) {
            // The threads have ended, and the attempt will say so.
        }
    }

    private void connect(TransportOptions options) {
        if (tap != null) {
            tap.connecting(settings.account().domain());
        }
        CompletableFuture<XmlConnection> connecting = dial(options);
        underWay = connecting;
        connecting.whenComplete((connection, failure) -> {
            if (underWay != connecting) {
                if (connection != null) {
                    connection.abort();
                }
            } else if (connection != null) {
                negotiate(tap == null ? connection : tap.watch(connection));
            } else {
                failed(failure);
            }
        });
    }

    /** What the transport refuses at once fails as everything else does: nobody would catch it on the loop. */
    private CompletableFuture<XmlConnection> dial(TransportOptions options) {
        try {
            return settings.transport().connect(settings.account().domain(), options, core.loop());
        } catch (IllegalArgumentException notADomain) {
            return CompletableFuture.failedFuture(new TransportException(
                    TransportException.Reason.NO_SUCH_SERVICE,
                    "no host can have the name " + settings.account().domain() + ": " + notADomain.getMessage(),
                    notADomain));
        } catch (IllegalStateException closed) {
            return CompletableFuture.failedFuture(
                    new TransportException(TransportException.Reason.CLOSED, "the threads have ended", closed));
        }
    }

    private void negotiate(XmlConnection connection) {
        SmSession former = session != null && session.resumable(core.loop().nanoTime()) ? session : null;
        CompletableFuture<Negotiated> negotiating =
                new Negotiation(connection, negotiationSettings, former, again == 0 && !insistsOnOffering).start();
        underWay = negotiating;
        negotiating.whenComplete((negotiated, failure) -> {
            if (underWay != negotiating) {
                return;
            }
            if (negotiated != null) {
                underWay = null;
                carry(connection, negotiated);
            } else if (Failures.unwrap(failure) instanceof SeeOtherHost elsewhere) {
                redirect(elsewhere.endpoint());
            } else if (Failures.unwrap(failure) instanceof SignInAgain another) {
                insistsOnOffering |= another.wasUnwelcome();
                signInAgain();
            } else {
                failed(failure);
            }
        });
    }

    private void signInAgain() {
        if (++again > MAX_ANOTHER_WAY) {
            failed(new AuthenticationFailedException(
                    null, "not-authorized", "no way to sign in was left that the server takes", null, false));
        } else {
            connect(settings.transportOptions());
        }
    }

    private void redirect(Endpoint elsewhere) {
        if (++redirects > MAX_REDIRECTS) {
            failed(new ServerClosedException("see-other-host", "more than " + MAX_REDIRECTS + " redirections", true));
        } else {
            connect(settings.transportOptions().toBuilder().endpoints(elsewhere).build());
        }
    }

    private void failed(Throwable failure) {
        underWay = null;
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof ImException known) {
            tell(known);
        } else if (cause instanceof TransportException broken) {
            tell(ConnectFailures.of(broken, null));
        } else {
            tell(new ConnectionLostException("connect", "connecting failed: " + cause, cause, false));
        }
    }

    private void tell(ImException failure) {
        if (tap != null) {
            tap.failed(failure);
        }
        if (lifecycle != null) {
            lifecycle.ended(failure, RetryTable.verdict(failure));
        }
    }

    private void carry(XmlConnection connection, Negotiated negotiated) {
        if (!negotiated.resumed()) {
            endSession();
            session = negotiated.session();
        } else if (session != null) {
            session.resumed();
        }
        core.signedIn(negotiated.signIn());
        LiveStream begun = new LiveStream(core, connection, session, this::streamEnded);
        stream = begun;
        connection.listener(begun);
        if (negotiated.resumed() && isEarlier) {
            isEarlier = false;
            core.outbox().attach(begun, true);
            begin(begun, core.takenOver(negotiated.handled().orElseThrow(), negotiated.features()), true);
        } else if (negotiated.resumed()) {
            if (!core.outbox().resume(negotiated.handled().orElseThrow())) {
                begun.impossibleCount(negotiated.handled());
                return;
            }
            core.outbox().attach(begun, true);
            core.resumed(negotiated.features());
            core.outbox().drain();
            online(begun, true);
        } else if (negotiated.self() != null && negotiated.features() != null) {
            core.outbox().attach(begun, session != null);
            CompletableFuture<Void> ready =
                    core.bound(negotiated.self(), session, negotiated.features(), negotiated.inlined());
            begun.handleEarly(negotiated.early());
            begin(begun, ready, false);
        }
    }

    private void begin(LiveStream begun, CompletableFuture<Void> ready, boolean resumed) {
        core.outbox().drain();
        ready.whenComplete((done, failure) -> online(begun, resumed));
    }

    private void online(LiveStream begun, boolean resumed) {
        if (stream == begun && lifecycle != null) {
            lifecycle.online(resumed);
        }
    }

    private void streamEnded(LiveStream which, ImException failure) {
        if (stream == which) {
            stream = null;
            core.offline();
            boolean broken = failure instanceof ProtocolViolationException;
            if (broken || session == null || !session.resumable(core.loop().nanoTime())) {
                endSession();
            }
            tell(failure);
        }
    }

    private void endSession() {
        OptionalInt handled = session == null ? OptionalInt.empty() : session.kept();
        session = null;
        isEarlier = false;
        core.sessionEnded(handled);
    }

    @Override
    public CompletableFuture<Void> end() {
        CompletableFuture<?> started = underWay;
        underWay = null;
        if (started != null) {
            started.cancel(false);
        }
        LiveStream live = stream;
        CompletableFuture<Void> closed = live == null ? CompletableFuture.completedFuture(null) : live.close();
        stream = null;
        core.offline();
        return closed.whenComplete((done, failure) -> endSession());
    }

    @Override
    public void over(ImException failure) {
        endSession();
    }

    @Override
    public void close() {
        core.closed();
    }
}
