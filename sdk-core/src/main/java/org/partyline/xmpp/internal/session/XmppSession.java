package org.partyline.xmpp.internal.session;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.partyline.address.Jid;
import org.partyline.archive.MessageArchive;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.sasl.SaslClients;
import org.partyline.error.NotConnectedException;
import org.partyline.error.RequestTimeoutException;
import org.partyline.internal.engine.Jitter;
import org.partyline.internal.future.PublicFuture;
import org.partyline.message.Messages;
import org.partyline.presence.PresenceService;
import org.partyline.privacy.BlockList;
import org.partyline.roster.Roster;
import org.partyline.session.ConnectionState;
import org.partyline.session.SignIn;
import org.partyline.session.StateChange;
import org.partyline.spi.ProtocolSession;
import org.partyline.spi.SessionSettings;
import org.partyline.stream.EventStream;
import org.partyline.trace.WireTrace;
import org.partyline.transport.connection.EventLoop;
import org.partyline.xmpp.internal.trace.WireTap;

/** One client's session over XMPP, as the application's side of the house sees it. */
public final class XmppSession implements ProtocolSession {
    /** Longer than any process waits, and short enough to be counted in nanoseconds. */
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final SessionEngine engine;
    private final SaslClients mechanisms;
    private final Services services;

    /**
     * @param settings what the client was built with
     * @param jitter the randomness of the delays between attempts
     * @param composition makes the session's features, and what the application sees of them
     * @throws IllegalArgumentException if account and credentials do not fit together, or the trace is too long
     */
    public XmppSession(SessionSettings settings, Jitter jitter, Function<SessionCore, Services> composition) {
        boolean named = settings.account().local() != null;
        boolean anonymous = settings.credentials() instanceof Credentials.Anonymous;
        if (named == anonymous) {
            throw new IllegalArgumentException(
                    anonymous
                            ? "anonymous sign-in takes a domain alone as account: " + settings.account()
                            : "the account has no local part: " + settings.account());
        }
        mechanisms = new SaslClients(
                settings.account().toString(),
                settings.account().local(),
                settings.credentials(),
                settings.signIn().options(),
                settings.signIn().pins(),
                settings.signIn().secrets(),
                settings.signIn().userAgent().id());
        engine = new SessionEngine(settings, mechanisms, jitter);
        services = composition.apply(engine.core());
        engine.core().features(services.features());
        // What an earlier process left waits from now on, and its time runs.
        engine.core().outbox().wake();
    }

    @Override
    public CompletableFuture<Void> connect() {
        return PublicFuture.of(engine.lifecycle().connect(), engine.core().callbacks());
    }

    @Override
    public CompletableFuture<Void> disconnect() {
        return PublicFuture.of(engine.lifecycle().disconnect(), engine.core().callbacks());
    }

    @Override
    public void reconnectNow() {
        engine.lifecycle().reconnectNow();
    }

    @Override
    public CompletableFuture<Void> drain(Duration timeout) {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        EventLoop loop = engine.core().loop();
        Duration patience = timeout.compareTo(FOR_EVER) < 0 ? timeout : FOR_EVER;
        engine.core().outbox().refuse();
        try {
            loop.execute(() -> {
                EventLoop.Cancellable timer = loop.schedule(
                        () -> drained.completeExceptionally(new RequestTimeoutException(
                                "drain", "acknowledgement of the messages in the outbox", patience)),
                        patience);
                drained.whenComplete((done, failure) -> timer.cancel());
                engine.core().outbox().whenEmpty(() -> drained.complete(null));
            });
        } catch (RejectedExecutionException e) {
            // The threads have ended, and nothing is acknowledged any more.
            engine.core().outbox().wake();
            drained.completeExceptionally(new NotConnectedException("drain"));
        }
        return PublicFuture.of(drained, engine.core().callbacks());
    }

    @Override
    public CompletableFuture<Void> close() {
        engine.core().seal();
        CompletableFuture<Void> closed = engine.lifecycle()
                .close()
                .thenCompose(ended -> engine.core().records().close());
        closed.whenComplete((done, failure) -> {
            mechanisms.close();
            engine.states().complete();
        });
        return PublicFuture.of(closed, engine.core().callbacks());
    }

    @Override
    public ConnectionState state() {
        return engine.lifecycle().state();
    }

    @Override
    public EventStream<StateChange> states() {
        return engine.states().stream();
    }

    @Override
    public Optional<Jid> self() {
        return Optional.ofNullable(engine.core().self());
    }

    @Override
    public Optional<SignIn> signIn() {
        return Optional.ofNullable(engine.core().signIn());
    }

    @Override
    public WireTrace trace() {
        return WireTap.trace(engine.tap());
    }

    @Override
    public Messages messages() {
        return services.messages();
    }

    @Override
    public PresenceService presence() {
        return services.presence();
    }

    @Override
    public Roster roster() {
        return services.roster();
    }

    @Override
    public BlockList blockList() {
        return services.blockList();
    }

    @Override
    public MessageArchive archive() {
        return services.archive();
    }

    @Override
    public void active(boolean active) {
        services.active().accept(active);
    }

    @Override
    public <T> Optional<T> extension(Class<T> type) {
        return type.isInstance(services.door()) ? Optional.of(type.cast(services.door())) : Optional.empty();
    }
}
