package org.partyline.xmpp.internal.message;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.internal.delivery.DeliveryLog;
import org.partyline.internal.delivery.SentTable;
import org.partyline.internal.delivery.SessionPlace;
import org.partyline.internal.delivery.TrackedMessage;
import org.partyline.internal.engine.Ids;
import org.partyline.internal.engine.OutboxEntry;
import org.partyline.internal.events.EventSource;
import org.partyline.internal.future.PublicFuture;
import org.partyline.message.DeliveryState;
import org.partyline.message.LocalEcho;
import org.partyline.message.SentMessage;
import org.partyline.transport.xml.XmlElement;
import org.partyline.transport.xml.XmlWriter;
import org.partyline.xmpp.internal.stanza.ArchiveMarker;
import org.partyline.xmpp.internal.stanza.StanzaSession;
import org.partyline.xmpp.internal.stanza.StoredStanza;

/** Messages on their way out, those of an earlier process among them, and those that are out and may be answered. */
final class OutgoingMessages implements TrackedMessage.Owner {
    private final StanzaSession session;
    private final Supplier<ArchiveMarker> archivePlace;
    private final Consumer<Jid> writtenTo;
    private final Ids ids = new Ids();
    private final DeliveryLog log;
    private final EventSource<LocalEcho> localEcho;
    private final SentTable sent = new SentTable();
    /** What an earlier process may not have told; bounded by what it stored. */
    private final List<TrackedMessage> unreported = new ArrayList<>();
    /** What the server is not known to have, in the order of sending. Bounded by the outbox; any thread. */
    private final Map<String, TrackedMessage> pending = Collections.synchronizedMap(new LinkedHashMap<>());

    /**
     * @param session the session
     * @param archivePlace up to where the archive is known
     * @param writtenTo hears to whom a message was written
     */
    OutgoingMessages(StanzaSession session, Supplier<ArchiveMarker> archivePlace, Consumer<Jid> writtenTo) {
        this.session = session;
        this.archivePlace = archivePlace;
        this.writtenTo = writtenTo;
        int buffer = session.limits().subscriberBuffer();
        this.log = new DeliveryLog(session.records(), session.callbacks(), buffer);
        this.localEcho = new EventSource<>(session.callbacks(), buffer);
    }

    /** Goes on with the messages of an earlier process. */
    void restore() {
        log.takeLeft().forEach(this::restore);
    }

    private void restore(DeliveryLog.Left left) {
        DeliveryState state = left.state();
        if (state == DeliveryState.QUEUED && !session.records().closedInOrder()) {
            state = DeliveryState.SENT; // for all that is known
        }
        TrackedMessage message = new TrackedMessage(left, state, this);
        if (left.encoded() != null && !state.isSettled()) {
            Duration patience = Duration.between(Instant.now(), left.expiresAt());
            message.entry(session.restore(
                    left.encoded(),
                    message,
                    patience.isNegative() ? Duration.ZERO : patience,
                    state == DeliveryState.SENT,
                    countInSession(left.sessionPlace())));
            pending.put(left.id(), message);
        }
        if (state != DeliveryState.QUEUED && state != DeliveryState.CANCELLED && state != DeliveryState.EXPIRED) {
            sent.add(message);
        }
        if (left.reportDue()) {
            unreported.add(message);
        }
    }

    /** Reports what the process before may not have come to. */
    void reportLeft() {
        unreported.forEach(message -> log.reportLeft(message));
        unreported.clear();
    }

    private OptionalInt countInSession(SessionPlace place) {
        boolean goesOn = !place.session().isEmpty() && place.session().equals(session.sessionName());
        return goesOn ? OptionalInt.of(place.count()) : OptionalInt.empty();
    }

    CompletableFuture<SentMessage> send(OutgoingStanza message) {
        String id = ids.next();
        Duration patience = message.patience();
        TrackedMessage tracked = new TrackedMessage(
                id, message.to(), message.requests(), Instant.now().plus(patience), this);
        XmlElement stanza = message.toXml(id);
        pending.put(id, tracked);
        OutboxEntry entry;
        try {
            entry = session.enqueue(stanza, tracked, patience);
        } catch (IllegalStateException closed) {
            pending.remove(id);
            throw closed;
        }
        tracked.entry(entry);
        CompletableFuture<SentMessage> queued = entry.queued().handle((done, failure) -> {
            if (failure != null) {
                pending.remove(id);
                throw new CompletionException(failure);
            }
            if (localEcho.hasSubscribers()) {
                localEcho.emit(echo(stanza, tracked));
            }
            return tracked;
        });
        // Already done, as it nearly always is, it needs no second future and no hop.
        return queued.isDone() && !queued.isCompletedExceptionally()
                ? queued
                : PublicFuture.watching(queued, session.callbacks());
    }

    private LocalEcho echo(XmlElement stanza, TrackedMessage message) {
        Jid self = session.self();
        return new LocalEcho(
                MessageStanza.read(stanza).toMessage(self == null ? session.account() : self, message.to(), false),
                message);
    }

    List<LocalEcho> pending() {
        List<LocalEcho> echoes = new ArrayList<>();
        for (TrackedMessage message : unsettled()) {
            byte[] encoded = message.encoded();
            if (encoded != null) {
                echoes.add(echo(StoredStanza.read(encoded), message));
            }
        }
        return echoes;
    }

    private List<TrackedMessage> unsettled() {
        synchronized (pending) {
            return pending.values().stream()
                    .filter(message -> !message.state().isSettled())
                    .toList();
        }
    }

    /** {@return where the archive was known to when the first message was written whose fate nobody knows, or null if none} */
    @Nullable
    ArchiveMarker firstInDoubt() {
        for (TrackedMessage message : unsettled()) {
            if (message.state() == DeliveryState.SENT) {
                ArchiveMarker noted = ArchiveMarker.parse(message.writtenAfter());
                return noted == null ? archivePlace.get() : noted;
            }
        }
        return null;
    }

    /** {@return the message with an id, or null if it is not known} */
    @Nullable
    TrackedMessage find(String id) {
        TrackedMessage waiting = pending.get(id);
        return waiting != null ? waiting : sent.find(id);
    }

    /** {@return whom the message with an id went to, or null if it is not known} */
    @Nullable
    Jid addressee(String id) {
        return sent.addressee(id);
    }

    /** A receiver says that it was shown a message, and all before it. {@return whether this was not known} */
    boolean displayed(String id, Jid from) {
        return sent.displayed(id, from);
    }

    EventSource<LocalEcho> localEcho() {
        return localEcho;
    }

    void close() {
        sent.close();
        localEcho.complete();
        log.close();
    }

    @Override
    public DeliveryLog log() {
        return log;
    }

    @Override
    public Executor callbacks() {
        return session.callbacks();
    }

    @Override
    public String archivePlace() {
        return session.records().isDurable() || archivePlace.get().id() != null
                ? archivePlace.get().toText()
                : "";
    }

    @Override
    public SessionPlace placeInSession(int count) {
        String name = session.sessionName();
        return name.isEmpty() ? SessionPlace.NONE : new SessionPlace(name, count);
    }

    @Override
    public void written(TrackedMessage message) {
        sent.add(message);
        writtenTo.accept(message.to());
    }

    @Override
    public void settled(TrackedMessage message) {
        pending.remove(message.id());
    }

    @Override
    public byte[] withBody(byte[] encoded, String text) {
        return XmlWriter.encode(OutgoingStanza.withBody(StoredStanza.read(encoded), text));
    }
}
