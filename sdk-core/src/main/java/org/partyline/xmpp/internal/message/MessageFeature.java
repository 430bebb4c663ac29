package org.partyline.xmpp.internal.message;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.internal.delivery.SeenMessages;
import org.partyline.internal.engine.Ids;
import org.partyline.internal.future.PublicFuture;
import org.partyline.message.CatchUp;
import org.partyline.message.ChatState;
import org.partyline.message.ChatStateChange;
import org.partyline.message.DeliveryChange;
import org.partyline.message.DisplayedMarker;
import org.partyline.message.LocalEcho;
import org.partyline.message.Message;
import org.partyline.message.MessageType;
import org.partyline.message.Messages;
import org.partyline.message.OutgoingMessage;
import org.partyline.message.Receipt;
import org.partyline.stream.EventStream;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.ArchiveMarker;
import org.partyline.xmpp.internal.stanza.CatchUpTarget;
import org.partyline.xmpp.internal.stanza.Feature;
import org.partyline.xmpp.internal.stanza.LruMaps;
import org.partyline.xmpp.internal.stanza.StanzaRoutes;
import org.partyline.xmpp.internal.stanza.StanzaSession;
import org.partyline.xmpp.internal.stanza.Stanzas;

/** Messages both ways, with receipts (XEP-0184) and chat states (XEP-0085). */
public final class MessageFeature implements Feature, Messages {
    private static final int MOST_CONVERSATIONS = 1_000;

    /** How a message came to this device. */
    public enum Way {
        /** Sent to it. */
        DIRECT,
        /** A copy of what was sent to another device (XEP-0280). */
        COPY_OF_RECEIVED,
        /** A copy of what another device of this account sent (XEP-0280). */
        COPY_OF_SENT
    }

    /**
     * What messages have to do with the account's archive.
     *
     * @param place up to where it is known
     * @param handedOn hears its id of each message that the application is given as it arrives
     * @param catchUps how each reading of it ended
     */
    public record Archive(Supplier<ArchiveMarker> place, Consumer<String> handedOn, EventStream<CatchUp> catchUps) {}

    private final StanzaSession session;
    private final Predicate<Jid> maySeePresence;
    private final Predicate<Jid> knownWithoutChatStates;
    private final EventStream<CatchUp> catchUps;
    private final Ids ids = new Ids();
    private final SeenMessages seen;
    private final OutgoingMessages outgoing;
    private final IncomingMessages incoming;
    private final MarkerSender markers;
    /** With whom this session talks, and the chat state last told them, or null. Bounded; loop only. */
    private final Map<Jid, @Nullable ChatState> conversations = LruMaps.ofAtMost(MOST_CONVERSATIONS);

    /**
     * Makes the feature.
     *
     * @param session the session
     * @param maySeePresence whether a contact may see this account's presence, and so learn that it is there by a receipt
     *     (XEP-0184 section 8)
     * @param knownWithoutChatStates whether an address is known not to understand chat states (XEP-0085 section 5.1)
     * @param archive the account's archive
     */
    public MessageFeature(
            StanzaSession session,
            Predicate<Jid> maySeePresence,
            Predicate<Jid> knownWithoutChatStates,
            Archive archive) {
        this.session = session;
        this.maySeePresence = maySeePresence;
        this.knownWithoutChatStates = knownWithoutChatStates;
        this.catchUps = archive.catchUps();
        this.seen = new SeenMessages(session.records(), SteadyClock.startingNow(session.loop()));
        this.outgoing = new OutgoingMessages(
                session, archive.place(), peer -> conversations.put(peer.bare(), ChatState.ACTIVE));
        this.incoming = new IncomingMessages(session, outgoing, seen, this::answerReceipt, archive.handedOn());
        this.markers = new MarkerSender(session, this::mayKnowOfPresence);
    }

    @Override
    public void register(StanzaRoutes routes) {
        routes.discoFeature(MessageStanza.RECEIPTS);
        routes.discoFeature(MessageStanza.CHAT_STATES);
        routes.discoFeature(MessageStanza.MARKERS);
        routes.onAddressee(outgoing::addressee);
        routes.onMessage(stanza -> {
            accept(stanza, Way.DIRECT);
            return true;
        });
        session.onHandled(seen::takeUnwritten);
        outgoing.restore();
    }

    /** {@return what an archive is read for} */
    public CatchUpTarget catchUpTarget() {
        return incoming;
    }

    @Override
    public CompletableFuture<Void> onBound() {
        outgoing.reportLeft();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onSessionEnded() {
        conversations.clear();
    }

    @Override
    public void onClosed() {
        outgoing.close();
        incoming.close();
    }

    /**
     * Takes a message in.
     *
     * @param stanza the stanza; of a copy, the one inside
     * @param way how it came
     */
    public void accept(XmlElement stanza, Way way) {
        incoming.accept(stanza, way);
    }

    /**
     * {@return a message that is only to be read, whenever it was sent: nothing is answered, and nothing told of; null for an error,
     * and for what has neither a text nor a subject}
     *
     * @param stanza the stanza
     */
    public @Nullable Message read(XmlElement stanza) {
        return incoming.read(stanza);
    }

    /**
     * {@return whether somebody may learn that this account is there: who may see its presence, and who was written to in this session}
     */
    private boolean mayKnowOfPresence(Jid peer) {
        return maySeePresence.test(peer) || conversations.containsKey(peer.bare());
    }

    /** A receipt tells that this account is there, so only those get one who may know (XEP-0184 section 8). */
    private void answerReceipt(MessageStanza message, Jid from) {
        String id = message.id();
        if (id == null
                || !mayKnowOfPresence(from)
                || message.type() == MessageType.GROUPCHAT
                || message.receiptFor() != null) {
            return;
        }
        session.send(
                "send a receipt",
                XmlElement.builder(Stanzas.CLIENT, "message")
                        .attribute("to", from.toString())
                        .attribute("id", ids.next())
                        .attribute(
                                "type",
                                message.type() == MessageType.NORMAL
                                        ? null
                                        : message.type() == MessageType.CHAT ? "chat" : "headline")
                        .child(XmlElement.builder(MessageStanza.RECEIPTS, "received")
                                .attribute("id", id)
                                .build())
                        .build());
    }

    @Override
    public OutgoingMessage to(Jid to) {
        return new OutgoingStanza(to, outgoing::send);
    }

    @Override
    public EventStream<LocalEcho> localEcho() {
        return outgoing.localEcho().stream();
    }

    @Override
    public EventStream<DeliveryChange> deliveries() {
        return outgoing.log().changes();
    }

    @Override
    public List<LocalEcho> pending() {
        return outgoing.pending();
    }

    @Override
    public EventStream<CatchUp> catchUps() {
        return catchUps;
    }

    @Override
    public EventStream<Message> incoming() {
        return incoming.incoming().stream();
    }

    @Override
    public EventStream<Message> sentElsewhere() {
        return incoming.sentElsewhere().stream();
    }

    @Override
    public EventStream<Receipt> receipts() {
        return incoming.receipts().stream();
    }

    @Override
    public EventStream<DisplayedMarker> displayedMarkers() {
        return incoming.displayedMarkers().stream();
    }

    @Override
    public CompletableFuture<Boolean> markDisplayed(Message message) {
        Objects.requireNonNull(message, "message");
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        session.loop()
                .execute(() -> markers.mark(message).whenComplete((sent, failure) -> {
                    if (failure == null) {
                        done.complete(sent);
                    } else {
                        done.completeExceptionally(failure);
                    }
                }));
        return PublicFuture.of(done, session.callbacks());
    }

    @Override
    public EventStream<ChatStateChange> chatStates() {
        return incoming.chatStates().stream();
    }

    @Override
    public CompletableFuture<Void> chatState(Jid to, ChatState state) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        session.loop().execute(() -> sendChatState(to, state, done));
        return PublicFuture.of(done, session.callbacks());
    }

    private void sendChatState(Jid to, ChatState state, CompletableFuture<Void> done) {
        if (state == conversations.get(to.bare()) || knownWithoutChatStates.test(to)) {
            done.complete(null);
            return;
        }
        XmlElement stanza = XmlElement.builder(Stanzas.CLIENT, "message")
                .attribute("to", to.toString())
                .attribute("type", "chat")
                .attribute("id", ids.next())
                .child(XmlElement.of(MessageStanza.CHAT_STATES, MessageStanza.name(state)))
                .build();
        session.send("send a chat state", stanza).whenComplete((written, failure) -> {
            if (failure == null) {
                conversations.put(to.bare(), state);
                done.complete(null);
            } else {
                done.completeExceptionally(failure);
            }
        });
    }
}
