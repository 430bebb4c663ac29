package org.partyline.xmpp.internal.stanza;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.internal.engine.OutboxEntry;
import org.partyline.internal.engine.OutboxTracker;
import org.partyline.internal.future.CallbackExecutor;
import org.partyline.internal.store.ClientRecords;
import org.partyline.spi.SessionLimits;
import org.partyline.store.StoreChange;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.xml.XmlElement;

/**
 * What a feature sees of the session. Safe for use by many threads, unless it says otherwise; futures complete on the
 * loop and fail with an {@link org.partyline.error.ImException}.
 */
public interface StanzaSession {

    /** {@return the loop that the session lives on; handlers of a feature are called there, and its state lives there} */
    EventLoop loop();

    /** {@return where application code runs} */
    CallbackExecutor callbacks();

    /** {@return bounds} */
    SessionLimits limits();

    /** {@return the account's bare address; anonymous accounts learn theirs when bound} */
    Jid account();

    /** {@return this device's full address, or null before the first bind} */
    @Nullable
    Jid self();

    /** {@return whether stanzas flow now} */
    boolean isOnline();

    /** {@return whether the server's stream features after sign-in named this namespace; loop only} */
    boolean streamFeature(String namespace, String name);

    /** {@return whether the feature of this namespace was switched on together with the binding; loop only} */
    boolean inlined(String namespace);

    /**
     * Sends an IQ request and waits for the answer (RFC 6120 section 8.2.3). The answer must come from where the request
     * went (section 8.1.2.1).
     *
     * @param operation what is attempted, for exceptions
     * @param type {@code get} or {@code set}
     * @param to whom, or null for the account's own server
     * @param payload the request's only child
     * @param timeout how long to wait, or null for the default
     * @return completes with the whole {@code <iq type='result'>}; fails with {@code NotConnectedException},
     *     {@code RequestRejectedException}, {@code RequestTimeoutException}, {@code ConnectionLostException} or
     *     {@code LimitExceededException}. Cancelling forgets the request
     */
    CompletableFuture<XmlElement> query(
            String operation, String type, @Nullable Jid to, XmlElement payload, @Nullable Duration timeout);

    /**
     * Sends a stanza or another element now, or not at all.
     *
     * @param operation what is attempted, for exceptions
     * @param element the element
     * @return completes when it is written; fails with {@code NotConnectedException} or {@code LimitExceededException}
     */
    CompletableFuture<Void> send(String operation, XmlElement element);

    /**
     * Puts a message into the outbox: it is sent in order, now or once connected, and again after a reconnect until the
     * server has acknowledged it.
     *
     * @param message a {@code <message>} with an id
     * @param tracker stores it, and hears how far it has come
     * @param patience how long it may wait to be written for the first time
     * @return the message's place; {@link OutboxEntry#queued} fails with {@code LimitExceededException},
     *     {@code StoreException} or, once the client drains, {@code NotConnectedException}
     * @throws IllegalStateException if the client is closed
     */
    OutboxEntry enqueue(XmlElement message, OutboxTracker tracker, Duration patience);

    /**
     * Puts back a message that an earlier process had put into the outbox. Called before anything is sent.
     *
     * @param encoded the message
     * @param tracker hears how far it has come
     * @param patience how long it may wait to be written for the first time
     * @param written whether a server may have it
     * @param count what the server counts when it has it, if it was written in the session of {@link #sessionName}
     * @return the message's place
     */
    OutboxEntry restore(byte[] encoded, OutboxTracker tracker, Duration patience, boolean written, OptionalInt count);

    /**
     * {@return the name of the session that the next process may go on with; before there is one, of that with which this process
     * may; else an empty text. The server does not know it}
     */
    String sessionName();

    /** {@return what outlives the process} */
    ClientRecords records();

    /**
     * Has something written to the store together with what else was handled, before the server is told so. Called before
     * anything is sent.
     *
     * @param changes gives what is to be written, if anything; called on the loop
     */
    void onHandled(Supplier<List<StoreChange>> changes);

    /**
     * No archive is known to hold the message that is being routed, so it would be lost if the process ended before the application
     * is given it: a server that resumes the session is asked for it again.
     */
    void atRisk();

    /**
     * The message that is being routed waits, and would be lost with this process: until {@link #letGoHandled} the server is not
     * told that it is handled, nor what comes behind it.
     */
    void holdHandled();

    /** What waited has been handed on. */
    void letGoHandled();

    /** Keeps messages from being written, until {@link #letGoOutbox}; loop only. */
    void holdOutbox();

    /** Has messages written that were held; loop only. */
    void letGoOutbox();
}
