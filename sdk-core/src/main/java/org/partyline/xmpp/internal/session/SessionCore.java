package org.partyline.xmpp.internal.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.error.ConnectionLostException;
import org.partyline.error.LimitExceededException;
import org.partyline.error.NotConnectedException;
import org.partyline.internal.engine.DrainMark;
import org.partyline.internal.engine.Ids;
import org.partyline.internal.engine.Jitter;
import org.partyline.internal.engine.Outbound;
import org.partyline.internal.engine.Outbox;
import org.partyline.internal.engine.OutboxEntry;
import org.partyline.internal.engine.OutboxTracker;
import org.partyline.internal.engine.RequestTracker;
import org.partyline.internal.future.CallbackExecutor;
import org.partyline.internal.store.ClientRecords;
import org.partyline.session.SignIn;
import org.partyline.spi.SessionLimits;
import org.partyline.spi.SessionSettings;
import org.partyline.store.StoreChange;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlWriter;
import org.partyline.xmpp.internal.negotiation.StreamFeatures;
import org.partyline.xmpp.internal.sm.SmSession;
import org.partyline.xmpp.internal.stanza.AnswerOrigin;
import org.partyline.xmpp.internal.stanza.Asked;
import org.partyline.xmpp.internal.stanza.Feature;
import org.partyline.xmpp.internal.stanza.OriginGate;
import org.partyline.xmpp.internal.stanza.StanzaRouter;
import org.partyline.xmpp.internal.stanza.StanzaSession;
import org.partyline.xmpp.internal.stanza.Stanzas;

/**
 * What outlives a connection: the outbox, requests that wait, routes, features, and the session's address. Streams come
 * and go below it.
 */
public final class SessionCore implements StanzaSession {
    private final SessionSettings settings;
    private final EventLoop loop;
    private final CallbackExecutor callbacks;
    private final Ids ids = new Ids();
    private final Jitter jitter;
    private final Outbox outbox;
    private final RequestTracker<XmlElement> requests;
    private final StanzaRouter router;
    private final Asked asked;
    private final ClientRecords records;
    private final SessionKeeping keeping;
    private final List<Supplier<List<StoreChange>>> handled = new ArrayList<>();

    private volatile Jid account;
    private volatile @Nullable Jid self;
    private volatile boolean online;
    private volatile boolean sealed;
    private volatile @Nullable SignIn signIn;
    private Set<String> inlined = Set.of();
    private @Nullable StreamFeatures streamFeatures;
    private @Nullable HandledCount counting;
    private FeatureSet features = new FeatureSet(List.of());
    private boolean hasSession;
    private final List<Runnable> closing = new ArrayList<>();

    /**
     * @param settings what the client was built with
     * @param loop the loop to live on
     * @param jitter the randomness of delays
     */
    SessionCore(SessionSettings settings, EventLoop loop, Jitter jitter) {
        this.settings = settings;
        this.jitter = jitter;
        this.loop = loop;
        this.account = settings.account();
        this.callbacks = settings.callbacks() instanceof CallbackExecutor serial
                ? serial
                : new CallbackExecutor(settings.callbacks());
        this.records = new ClientRecords(settings.store(), settings.storage());
        this.keeping = new SessionKeeping(records);
        this.hasSession = keeping.earlier() != null;
        SessionLimits limits = settings.limits();
        this.outbox = new Outbox(loop, limits.outboxMessages(), limits.outboxBytes(), limits.unacknowledged());
        this.requests = new RequestTracker<>(loop, limits.pendingRequests());
        OriginGate gate = new OriginGate(this, answer -> requests.awaits(answer.attribute("id"), answer));
        this.asked = gate.asked();
        this.router =
                new StanzaRouter(gate, this::isOwnServer, answer -> send("answer a request", answer), loop::nanoTime);
    }

    /**
     * Gives the session its features. Called once, before anything is sent.
     *
     * @param features the features, in the order in which they hear of things
     */
    public void features(List<? extends Feature> features) {
        this.features = new FeatureSet(features);
        features.forEach(feature -> feature.register(router));
    }

    /**
     * Has something done when the client closes. Called before anything is sent.
     *
     * @param then called once, on the loop
     */
    public void onClosed(Runnable then) {
        closing.add(then);
    }

    /** {@return the routes; requests can be added and taken away at any time} */
    public StanzaRouter router() {
        return router;
    }

    /** {@return makes ids that nobody can guess} */
    public Ids ids() {
        return ids;
    }

    Jitter jitter() {
        return jitter;
    }

    Outbox outbox() {
        return outbox;
    }

    RequestTracker<XmlElement> requests() {
        return requests;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public CallbackExecutor callbacks() {
        return callbacks;
    }

    @Override
    public SessionLimits limits() {
        return settings.limits();
    }

    @Override
    public ClientRecords records() {
        return records;
    }

    @Override
    public void onHandled(Supplier<List<StoreChange>> changes) {
        handled.add(changes);
    }

    /** {@return what is to be remembered of what was routed since this was asked last, once the application has been given it; loop only} */
    List<StoreChange> takeUnwritten() {
        List<StoreChange> changes = new ArrayList<>();
        handled.forEach(each -> changes.addAll(each.get()));
        return changes;
    }

    /** Has what is to be remembered stored once the application has been given it, where nobody counts stanzas. Loop only. */
    void rememberWhenGiven() {
        List<StoreChange> changes = takeUnwritten();
        if (!changes.isEmpty()) {
            DrainMark.behind(callbacks, limits().subscriberBuffer(), () -> keeping.remember(changes));
        }
    }

    /**
     * The application has been given what some stanzas brought. Loop only.
     *
     * @param session the session by which they came
     * @param count how many of the server's stanzas that makes
     * @param changes what is to be remembered of them; added to
     * @return completes when it is stored; never fails
     */
    CompletableFuture<Void> handled(SmSession session, int count, List<StoreChange> changes) {
        return keeping.handled(session, count, changes);
    }

    /** {@return the session of the process before, if it may go on; called once} */
    @Nullable
    SmSession earlierSession() {
        return keeping.takeEarlier(loop.nanoTime());
    }

    /**
     * Has stored what must be before a session is resumed. Loop only.
     *
     * @param session the session
     * @return completes then, on any thread; never fails
     */
    CompletableFuture<Void> toBeResumed(SmSession session) {
        return keeping.toBeResumed(session, ids);
    }

    @Override
    public String sessionName() {
        return keeping.name();
    }

    /** Says who counts what is handled on the present stream. */
    void counting(HandledCount present) {
        counting = present;
    }

    void countingEnded(HandledCount which) {
        if (counting == which) {
            counting = null;
        }
    }

    @Override
    public void atRisk() {
        // Without a store that outlives the process all that waits is lost with it anyway.
        if (counting != null && records.isDurable()) {
            counting.atRisk();
        }
    }

    @Override
    public void holdHandled() {
        if (counting != null) {
            counting.hold();
        }
    }

    @Override
    public void letGoHandled() {
        if (counting != null) {
            counting.letGo();
        }
    }

    @Override
    public void holdOutbox() {
        outbox.hold();
    }

    @Override
    public void letGoOutbox() {
        outbox.letGo();
    }

    @Override
    public Jid account() {
        return account;
    }

    @Override
    public @Nullable Jid self() {
        return self;
    }

    @Override
    public boolean isOnline() {
        return online;
    }

    @Override
    public boolean streamFeature(String namespace, String name) {
        return streamFeatures != null && streamFeatures.has(namespace, name);
    }

    @Override
    public boolean inlined(String namespace) {
        return inlined.contains(namespace);
    }

    /** {@return how the client signed in last, or null before it did; any thread} */
    @Nullable
    SignIn signIn() {
        return signIn;
    }

    /** Notes how the client signed in. */
    void signedIn(SignIn report) {
        signIn = report;
    }

    /** {@return what features would switch on with the binding of a session, of the namespaces that the server allows} */
    List<XmlElement> inlineWishes(List<String> allowed) {
        return features.inlineWishes(allowed);
    }

    /** Takes what the server offers on a stream that goes on with the session before. */
    void offered(StreamFeatures offered) {
        streamFeatures = offered;
    }

    @Override
    public CompletableFuture<XmlElement> query(
            String operation, String type, @Nullable Jid to, XmlElement payload, @Nullable Duration timeout) {
        if (!online) {
            return CompletableFuture.failedFuture(new NotConnectedException(operation));
        }
        String id = ids.next();
        CompletableFuture<XmlElement> result = new CompletableFuture<>();
        byte[] encoded = XmlWriter.encode(XmlElement.builder(Stanzas.CLIENT, "iq")
                .attribute("type", type)
                .attribute("id", id)
                .attribute("to", to == null ? null : to.toString())
                .child(payload)
                .build());
        RequestTracker.Request<XmlElement> request = new RequestTracker.Request<>(
                id,
                operation,
                "answer from " + (to == null ? account.domain() : to),
                timeout == null ? settings.limits().requestTimeout() : timeout,
                answer -> AnswerOrigin.accepts(to, answer.attribute("from"), account, self),
                result);
        result.whenComplete((answer, failure) -> {
            if (result.isCancelled()) {
                loop.execute(() -> requests.remove(id));
            }
        });
        asked.request(to, payload, result);
        offer(operation, new OutboundStanza.Request(encoded, requests, request), result);
        return result;
    }

    @Override
    public CompletableFuture<Void> send(String operation, XmlElement element) {
        if (!online) {
            return CompletableFuture.failedFuture(new NotConnectedException(operation));
        }
        CompletableFuture<Void> written = new CompletableFuture<>();
        asked.sent(element);
        Outbound.Kind kind = isStanza(element) ? Outbound.Kind.SESSION : Outbound.Kind.CONNECTION;
        offer(operation, new OutboundStanza.Once(XmlWriter.encode(element), kind, operation, written), written);
        return written;
    }

    @Override
    public OutboxEntry enqueue(XmlElement message, OutboxTracker tracker, Duration patience) {
        if (sealed) {
            throw new IllegalStateException("the client is closed");
        }
        OutboundStanza.Kept item =
                new OutboundStanza.Kept(XmlWriter.encode(message), tracker, loop.nanoTime() + patience.toNanos());
        KeptEntry entry = new KeptEntry(outbox, loop, item);
        try {
            requireSize("send a message", item);
            outbox.reserve("send a message", item);
            entry.enter();
        } catch (LimitExceededException | NotConnectedException e) {
            entry.queued().completeExceptionally(e);
        }
        return entry;
    }

    @Override
    public OutboxEntry restore(
            byte[] encoded, OutboxTracker tracker, Duration patience, boolean written, OptionalInt count) {
        OutboundStanza.Kept item = new OutboundStanza.Kept(encoded, tracker, loop.nanoTime() + patience.toNanos());
        if (written) {
            item.wasWrittenBefore();
        }
        outbox.restore(item, count);
        return new KeptEntry(outbox, loop, item);
    }

    private void requireSize(String operation, Outbound item) {
        int largest = settings.transportOptions().limits().outboundBytes();
        if (item.size() > largest) {
            throw new LimitExceededException(operation, "outboundBytes", largest);
        }
    }

    private void offer(String operation, Outbound item, CompletableFuture<?> failing) {
        try {
            requireSize(operation, item);
            outbox.offer(operation, item);
        } catch (LimitExceededException | NotConnectedException e) {
            failing.completeExceptionally(e);
        }
    }

    private static boolean isStanza(XmlElement element) {
        return element.namespace().equals(Stanzas.CLIENT)
                && (element.name().equals("message")
                        || element.name().equals("presence")
                        || element.name().equals("iq"));
    }

    private boolean isOwnServer(String from) {
        return AnswerOrigin.accepts(null, from, account, self);
    }

    /** A stream has begun to carry a new session. Completes when every feature is ready. */
    CompletableFuture<Void> bound(
            Jid address, @Nullable SmSession session, StreamFeatures offered, Set<String> switchedOn) {
        if (session != null) {
            keeping.begin(address, session, offered, ids);
        }
        begin(address, offered, switchedOn);
        return features.bound();
    }

    /** A stream has begun to carry the session of the process before. Completes when every feature is ready. */
    CompletableFuture<Void> takenOver(int count, @Nullable StreamFeatures offered) {
        StoredSession session = Objects.requireNonNull(keeping.earlier()).session();
        outbox.resumeEarlier(count);
        begin(session.self(), offered == null ? session.features() : offered, Set.of());
        return features.takenOver();
    }

    private void begin(Jid address, StreamFeatures offered, Set<String> switchedOn) {
        inlined = switchedOn;
        self = address;
        account = address.bare();
        streamFeatures = offered;
        hasSession = true;
        online = true;
    }

    /** A stream has begun to carry the session before. */
    void resumed(@Nullable StreamFeatures offered) {
        if (offered != null) {
            streamFeatures = offered;
        }
        online = true;
        features.resumed();
    }

    /** The stream is gone; the session may come back. */
    void offline() {
        if (online) {
            online = false;
            outbox.detach();
            features.offline();
        }
    }

    /** The session will not come back. */
    void sessionEnded(OptionalInt handled) {
        if (hasSession) {
            hasSession = false;
            keeping.end();
            outbox.restart(handled);
            requests.failAll(
                    operation -> new ConnectionLostException(operation, operation + ": the session ended", null, true));
            asked.sessionEnded();
            features.sessionEnded();
        }
    }

    /** The client is being closed: from now on a message is a mistake of whoever sends it. Any thread. */
    void seal() {
        sealed = true;
    }

    /** The client is closed. */
    void closed() {
        outbox.close();
        requests.failAll(NotConnectedException::new);
        features.closed();
        closing.forEach(Runnable::run);
    }
}
