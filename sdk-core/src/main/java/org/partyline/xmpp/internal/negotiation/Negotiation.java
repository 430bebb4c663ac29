package org.partyline.xmpp.internal.negotiation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.error.ConnectionException;
import org.partyline.error.ImException;
import org.partyline.error.ProtocolViolationException;
import org.partyline.transport.connection.ConnectionListener;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.connection.StreamHeader;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.sm.SmElements;
import org.partyline.xmpp.internal.sm.SmSession;
import org.partyline.xmpp.internal.stanza.Stanzas;

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

    private final XmlConnection connection;
    private final NegotiationSettings settings;
    private final @Nullable SmSession former;
    private final CompletableFuture<Negotiated> result = new CompletableFuture<>();
    private final List<XmlElement> early = new ArrayList<>();
    private Step step = new FeaturesStep(this);
    private EventLoop.@Nullable Cancellable deadline;
    private boolean signedIn;
    private boolean bound;

    /**
     * @param connection the connection, just made
     * @param settings what the negotiation needs to know
     * @param former the session to resume, or null
     */
    public Negotiation(XmlConnection connection, NegotiationSettings settings, @Nullable SmSession former) {
        this.connection = connection;
        this.settings = settings;
        this.former = former;
    }

    /**
     * Starts.
     *
     * @return completes on the loop, and at once when the last answer is read: the caller sets the connection's listener
     *     before the next element comes. Fails with an {@link ImException}, the connection being closed then, or with a
     *     {@link SeeOtherHost}. Cancelling it aborts the connection
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

    void send(XmlElement element) {
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
        } else if (!signedIn) {
            List<String> mechanisms = features.mechanisms();
            if (mechanisms == null) {
                violation("the server offers no sign-in");
            } else {
                go(new SaslStep(this, mechanisms));
            }
        } else if (former != null && features.streamManagement()) {
            go(new ResumeStep(this, features, former));
        } else {
            bind(features);
        }
    }

    /** TLS was established and verified: nothing of the stream before holds any more. */
    void openAnew() {
        go(new FeaturesStep(this));
    }

    /** The server has proved itself, and accepted the proof of the account. */
    void signedIn() {
        signedIn = true;
        connection.authenticated();
        go(new FeaturesStep(this));
    }

    void resumed(StreamFeatures features, SmSession session, XmlElement answer) {
        OptionalInt count = SmElements.count(answer);
        if (count.isEmpty()) {
            violation("the server resumed without a count");
        } else {
            done(new Negotiated(features, true, null, session, count, List.of()));
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

    void bound(StreamFeatures features, Jid self) {
        bound = true;
        if (features.streamManagement()) {
            go(new EnableStep(this, features, self));
        } else {
            begun(features, self, null);
        }
    }

    void begun(StreamFeatures features, Jid self, @Nullable SmSession session) {
        done(new Negotiated(features, false, self, session, OptionalInt.empty(), List.copyOf(early)));
    }

    /** Takes an element that the current step has no use for. */
    void unexpected(XmlElement element) {
        boolean stanza = element.namespace().equals(Stanzas.CLIENT);
        if (stanza && bound && early.size() < MAX_EARLY) {
            early.add(element);
        } else {
            violation("not what was awaited (" + step.awaited() + ")");
        }
    }

    private void violation(String message) {
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
        if (StreamErrors.isStreamError(element)) {
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
        if (!result.isDone()) {
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
