package org.partyline.xmpp.internal.negotiation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.auth.sasl.SaslClient;
import org.partyline.auth.sasl.SaslOffer;
import org.partyline.error.ConnectionException;
import org.partyline.error.ImException;
import org.partyline.error.ProtocolViolationException;
import org.partyline.session.SignIn;
import org.partyline.transport.connection.ConnectionListener;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.connection.StreamHeader;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.tls.TlsSession;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.sm.SmElements;
import org.partyline.xmpp.internal.sm.SmSession;
import org.partyline.xmpp.internal.stanza.Stanzas;
import org.partyline.xmpp.internal.stanza.Weight;

/**
 * Negotiates one stream, from an open connection to a session, within one deadline. Serves a TCP stream and a WebSocket
 * alike: what differs is below {@link XmlConnection}. Lives on the loop.
 *
 * <p>What is done next is chosen in {@link #choose} from the features of the current stream alone, so no step can be
 * skipped by what an earlier stream offered, and sign-in cannot be reached before TLS was verified.
 */
public final class Negotiation implements ConnectionListener {
    /** Stanzas that a server may send between binding and the session's beginning; one sends a handful at most. */
    private static final int MAX_EARLY = 1_000;
    /** Characters that these may hold together. */
    private static final int MAX_EARLY_CHARS = 8 * 1024 * 1024;

    private final XmlConnection connection;
    private final NegotiationSettings settings;
    private final @Nullable SmSession former;
    private final CompletableFuture<Negotiated> result = new CompletableFuture<>();
    private final List<XmlElement> early = new ArrayList<>();
    private int earlyChars;
    private Step step = FeaturesStep.opening(this);
    private EventLoop.@Nullable Cancellable deadline;
    private final RoundTrips roundTrips = new RoundTrips();
    private final boolean mayBeginUnasked;
    private @Nullable SaslClient signedInBy;
    private boolean weaker;
    private @Nullable Jid self;
    private @Nullable SmSession begunInline;
    private Set<String> inlined = Set.of();

    /**
     * @param connection the connection, just made
     * @param settings what the negotiation needs to know
     * @param former the session to resume, or null
     * @param mayBeginUnasked whether sign-in by token may begin before the server has offered it
     */
    public Negotiation(
            XmlConnection connection,
            NegotiationSettings settings,
            @Nullable SmSession former,
            boolean mayBeginUnasked) {
        this.connection = connection;
        this.settings = settings;
        this.former = former;
        this.mayBeginUnasked = mayBeginUnasked;
    }

    /**
     * Starts.
     *
     * @return completes on the loop, and at once when the last answer is read: the caller sets the connection's listener
     *     before the next element comes. Fails with an {@link ImException}, the connection being closed then, or with a
     *     {@link SeeOtherHost} or a {@link SignInAgain}. Cancelling it aborts the connection
     */
    public CompletableFuture<Negotiated> start() {
        connection.listener(this);
        deadline = connection.loop().schedule(this::late, settings.timeout());
        result.whenComplete((done, failure) -> {
            if (result.isCancelled()) {
                stop();
                connection.abort();
            }
        });
        step.start();
        return result;
    }

    XmlConnection connection() {
        return connection;
    }

    NegotiationSettings settings() {
        return settings;
    }

    /** {@return the session to resume, or null} */
    @Nullable
    SmSession former() {
        return former;
    }

    void open(StreamHeader header) {
        roundTrips.spoken();
        connection.open(header);
    }

    void send(XmlElement element) {
        roundTrips.spoken();
        connection.write(element);
        connection.flush();
    }

    /** Chooses the next step by what is offered on this stream. */
    void choose(StreamFeatures features) {
        if (connection.tls() == null) {
            if (features.startTls()) {
                go(new StartTlsStep(this));
            } else {
                String message = "the server offers no TLS";
                fail(new ConnectionException(
                        message,
                        ConnectionException.Reason.TLS_FAILED,
                        List.of(ConnectFailures.attempt(connection.endpoint(), message)),
                        null,
                        true));
            }
        } else if (signedInBy == null) {
            signIn(features, connection.tls());
        } else if (self != null) {
            done(negotiated(features, false, self, begunInline, OptionalInt.empty()));
        } else if (former != null && former.resumable(connection.loop().nanoTime()) && features.streamManagement()) {
            go(new ResumeStep(this, features, former));
        } else {
            bind(features);
        }
    }

    private void signIn(StreamFeatures features, @Nullable TlsSession session) {
        Sasl2Offer modern = Sasl2Offer.read(features);
        List<String> mechanisms = features.mechanisms();
        if (session != null && modern != null) {
            go(new Sasl2Step(this, session, modern));
        } else if (session != null && mechanisms != null) {
            SaslOffer offer = new SaslOffer(mechanisms, features.bindingTypes());
            go(new SaslStep(this, offer, session));
        } else {
            violation("the server offers no sign-in");
        }
    }

    /**
     * Signs in behind the stream's opening, without waiting for the server's offer, where a token allows it (XEP-0388
     * section 2.1: what is offered is stable, so a client may go by what it saw before).
     *
     * @return whether it did
     */
    boolean beginUnasked() {
        TlsSession session = connection.tls();
        if (!mayBeginUnasked || session == null || signedInBy != null) {
            return false;
        }
        SaslClient token = settings.mechanisms().startQuickly(new TlsChannel(session), session.publicKeyPin());
        if (token == null) {
            return false;
        }
        go(Sasl2Step.unasked(this, session, token, settings.mechanisms().rememberedInline()));
        return true;
    }

    /** TLS was established and verified: nothing of the stream before holds any more. */
    void openAnew() {
        if (signedInBy == null) {
            roundTrips.reset();
        }
        go(FeaturesStep.opening(this));
    }

    /** The server has proved itself, and accepted the proof of the account. */
    void signedIn(SaslClient client, boolean weakerThanBefore) {
        signedInBy = client;
        weaker = weakerThanBefore;
        connection.authenticated();
    }

    /** Sign-in carried no session, or it failed to: the features say what there is instead. */
    void awaitFeatures() {
        go(FeaturesStep.following(this));
    }

    /** Sign-in carried the binding of a new session. */
    void boundInline(Jid address, @Nullable SmSession session, Set<String> switchedOn) {
        self = address;
        begunInline = session;
        inlined = Set.copyOf(switchedOn);
        go(FeaturesStep.following(this));
    }

    void resumed(@Nullable StreamFeatures features, SmSession session, XmlElement answer) {
        OptionalInt count = SmElements.count(answer);
        if (count.isEmpty()) {
            violation("the server resumed without a count");
        } else {
            done(negotiated(features, true, null, session, count));
        }
    }

    void notResumed(StreamFeatures features) {
        bind(features);
    }

    private void bind(StreamFeatures features) {
        if (features.bind()) {
            go(new BindStep(this, features));
        } else {
            violation("the server offers no binding of a resource");
        }
    }

    void bound(StreamFeatures features, Jid address) {
        self = address;
        if (features.streamManagement()) {
            go(new EnableStep(this, features, address));
        } else {
            begun(features, address, null);
        }
    }

    void begun(StreamFeatures features, Jid address, @Nullable SmSession session) {
        done(negotiated(features, false, address, session, OptionalInt.empty()));
    }

    private Negotiated negotiated(
            @Nullable StreamFeatures features,
            boolean resumed,
            @Nullable Jid address,
            @Nullable SmSession session,
            OptionalInt count) {
        return new Negotiated(features, resumed, address, session, count, report(), inlined, List.copyOf(early));
    }

    private SignIn report() {
        TlsSession session = Objects.requireNonNull(connection.tls());
        SaslClient client = Objects.requireNonNull(signedInBy);
        return new SignIn(
                connection.endpoint().toString(),
                session.protocol(),
                session.cipherSuite(),
                client.mechanism(),
                client.bindingType(),
                weaker,
                roundTrips.count());
    }

    /** Takes an element that the current step has no use for. */
    void unexpected(XmlElement element) {
        boolean stanza = element.namespace().equals(Stanzas.CLIENT);
        if (stanza && self != null) {
            keepEarly(element);
        } else {
            violation("not what was awaited (" + step.awaited() + ")");
        }
    }

    private void keepEarly(XmlElement element) {
        earlyChars += Weight.of(element);
        if (early.size() < MAX_EARLY && earlyChars <= MAX_EARLY_CHARS) {
            early.add(element);
            if (begunInline != null) {
                begunInline.countReceived(element);
            }
        } else {
            violation("more than " + MAX_EARLY + " stanzas, or " + MAX_EARLY_CHARS
                    + " characters, before the session has begun");
        }
    }

    void violation(String message) {
        fail(new ProtocolViolationException("connect", message, null));
    }

    private void go(Step next) {
        step.end();
        step = next;
        next.start();
    }

    private void done(Negotiated negotiated) {
        stop();
        result.complete(negotiated);
    }

    /** Another way to sign in is to be tried, on another connection. */
    void again(SignInAgain wish) {
        if (!result.isDone()) {
            stop();
            connection.close();
            result.completeExceptionally(wish);
        }
    }

    void fail(ImException failure) {
        if (!result.isDone()) {
            stop();
            connection.close();
            result.completeExceptionally(failure);
        }
    }

    private void stop() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
        step.end();
    }

    private void late() {
        deadline = null;
        if (!result.isDone()) {
            String message = "no answer in time while awaiting " + step.awaited();
            stop();
            // A server that stopped answering will not answer an orderly close either.
            connection.abort();
            result.completeExceptionally(new ConnectionException(
                    message,
                    ConnectionException.Reason.TIMED_OUT,
                    List.of(ConnectFailures.attempt(connection.endpoint(), message)),
                    null,
                    true));
        }
    }

    @Override
    public void onOpened(StreamHeader header) {
        // A server without a version speaks the protocol before XMPP, in which no features follow (RFC 6120 section
        // 4.7.5).
        if (!result.isDone() && header.version() == null) {
            violation("the server speaks no XMPP 1.0");
        }
    }

    @Override
    public void onElement(XmlElement element) {
        if (result.isDone()) {
            return;
        }
        roundTrips.heard();
        if (StreamErrors.isStreamError(element) && step.isUnasked()) {
            again(new SignInAgain(true));
        } else if (StreamErrors.isStreamError(element)) {
            SeeOtherHost elsewhere =
                    connection.tls() == null ? null : SeeOtherHost.read(element, connection.endpoint());
            if (elsewhere == null) {
                fail(StreamErrors.read(element));
            } else {
                stop();
                connection.close();
                result.completeExceptionally(elsewhere);
            }
        } else {
            step.onElement(element);
        }
    }

    @Override
    public void onDisconnected(@Nullable TransportException cause) {
        if (!result.isDone() && step.isUnasked()) {
            again(new SignInAgain(true));
        } else if (!result.isDone()) {
            stop();
            TransportException failure = cause != null
                    ? cause
                    : new TransportException(
                            TransportException.Reason.CONNECTION_LOST,
                            "the server closed the connection while " + step.awaited() + " was awaited",
                            null);
            result.completeExceptionally(ConnectFailures.of(failure, connection.endpoint()));
        }
    }
}
