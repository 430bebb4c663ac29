package org.partyline.xmpp.internal.message;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.internal.engine.Ids;
import org.partyline.internal.events.EventSource;
import org.partyline.internal.future.PublicFuture;
import org.partyline.message.ChatState;
import org.partyline.message.ChatStateChange;
import org.partyline.message.Message;
import org.partyline.message.MessageType;
import org.partyline.message.Messages;
import org.partyline.message.OutgoingMessage;
import org.partyline.message.Receipt;
import org.partyline.message.SentMessage;
import org.partyline.stream.EventStream;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.Feature;
import org.partyline.xmpp.internal.stanza.RecentAddress;
import org.partyline.xmpp.internal.stanza.StanzaErrors;
import org.partyline.xmpp.internal.stanza.StanzaRoutes;
import org.partyline.xmpp.internal.stanza.StanzaSession;
import org.partyline.xmpp.internal.stanza.Stanzas;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages both ways, with receipts (XEP-0184) and chat states (XEP-0085). */
public final class MessageFeature implements Feature, Messages {
    private static final Logger LOG = LoggerFactory.getLogger(MessageFeature.class);
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

    private final StanzaSession session;
    private final Predicate<Jid> maySeePresence;
    private final Predicate<Jid> knownWithoutChatStates;
    private final Ids ids = new Ids();
    private final SentTable sent = new SentTable();
    /** With whom this session talks, and the chat state last told them, or null. Bounded; loop only. */
    private final Map<Jid, @Nullable ChatState> conversations = new LinkedHashMap<>(16, 0.75f, true);

    private final RecentAddress senders = new RecentAddress("from");
    private final RecentAddress receivers = new RecentAddress("to");

    private final EventSource<Message> incoming;
    private final EventSource<Message> sentElsewhere;
    private final EventSource<Receipt> receipts;
    private final EventSource<ChatStateChange> chatStates;

    /**
     * Makes the feature.
     *
     * @param session the session
     * @param maySeePresence whether a contact may see this account's presence, and so learn that it is there by a receipt
     *     (XEP-0184 section 8)
     * @param knownWithoutChatStates whether an address is known not to understand chat states (XEP-0085 section 5.1)
     */
    public MessageFeature(StanzaSession session, Predicate<Jid> maySeePresence, Predicate<Jid> knownWithoutChatStates) {
        this.session = session;
        this.maySeePresence = maySeePresence;
        this.knownWithoutChatStates = knownWithoutChatStates;
        int buffer = session.limits().subscriberBuffer();
        this.incoming = new EventSource<>(session.callbacks(), buffer);
        this.sentElsewhere = new EventSource<>(session.callbacks(), buffer);
        this.receipts = new EventSource<>(session.callbacks(), buffer);
        this.chatStates = new EventSource<>(session.callbacks(), buffer);
    }

    @Override
    public void register(StanzaRoutes routes) {
        routes.discoFeature(MessageStanza.RECEIPTS);
        routes.discoFeature(MessageStanza.CHAT_STATES);
        routes.onAddressee(sent::addressee);
        routes.onMessage(stanza -> {
            accept(stanza, Way.DIRECT);
            return true;
        });
    }

    @Override
    public void onSessionEnded() {
        conversations.clear();
    }

    @Override
    public void onClosed() {
        sent.close();
        incoming.complete();
        sentElsewhere.complete();
        receipts.complete();
        chatStates.complete();
    }

    /**
     * Takes a message in.
     *
     * @param stanza the stanza; of a copy, the one inside
     * @param way how it came
     */
    public void accept(XmlElement stanza, Way way) {
        Jid from = senders.read(stanza, session.account());
        Jid to = receivers.read(stanza, session.account());
        if (from == null || to == null) {
            LOG.debug("a message without a usable address was dropped");
            return;
        }
        MessageStanza message = MessageStanza.read(stanza);
        if (message.isError()) {
            if (way == Way.DIRECT) {
                onError(stanza, message);
            }
            return;
        }
        if (way == Way.COPY_OF_SENT) {
            if (message.hasContent()) {
                sentElsewhere.emit(message.toMessage(from, to, true));
            }
            return;
        }
        onReceived(message, from, to, way == Way.COPY_OF_RECEIVED);
    }

    /**
     * {@return a message that is only to be read, whenever it was sent: nothing is answered, and nothing told of; null for an error,
     * and for what has neither a text nor a subject}
     *
     * @param stanza the stanza
     */
    public @Nullable Message read(XmlElement stanza) {
        Jid from = senders.read(stanza, session.account());
        Jid to = receivers.read(stanza, session.account());
        MessageStanza message = MessageStanza.read(stanza);
        return from == null || to == null || message.isError() || !message.hasContent()
                ? null
                : message.toMessage(from, to, false);
    }

    private void onReceived(MessageStanza message, Jid from, Jid to, boolean copy) {
        String receiptFor = message.receiptFor();
        if (receiptFor != null) {
            onReceipt(receiptFor, from);
        }
        ChatState state = message.chatState();
        if (state != null && message.type() != MessageType.GROUPCHAT) {
            chatStates.emit(new ChatStateChange(from, state));
        }
        if (message.hasContent()) {
            incoming.emit(message.toMessage(from, to, copy));
        }
        if (message.receiptRequested() && !copy) {
            answerReceipt(message, from);
        }
    }

    private void onReceipt(String id, Jid from) {
        TrackedMessage message = sent.find(id);
        if (message != null) {
            message.onDelivered();
            receipts.emit(new Receipt(from, id));
        }
    }

    private void onError(XmlElement stanza, MessageStanza message) {
        String id = message.id();
        TrackedMessage refused = id == null ? null : sent.find(id);
        if (refused != null) {
            refused.onRefused(StanzaErrors.read("send a message", stanza));
        }
    }

    /**
     * A receipt tells that this account is there, so only those get one who may know (XEP-0184 section 8): who may see its
     * presence, and who was written to in this session.
     */
    private void answerReceipt(MessageStanza message, Jid from) {
        String id = message.id();
        boolean known = maySeePresence.test(from) || conversations.containsKey(from.bare());
        if (id == null || !known || message.type() == MessageType.GROUPCHAT || message.receiptFor() != null) {
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
        return new OutgoingStanza(to, this::send);
    }

    private CompletableFuture<SentMessage> send(OutgoingStanza message) {
        String id = ids.next();
        TrackedMessage tracked = new TrackedMessage(id, message, session.callbacks(), this::onWritten);
        CompletableFuture<SentMessage> queued =
                session.enqueue(message.toXml(id), tracked).thenApply(done -> tracked);
        // Already done, as it nearly always is, it needs no second future and no hop.
        return queued.isDone() && !queued.isCompletedExceptionally()
                ? queued
                : PublicFuture.of(queued, session.callbacks());
    }

    private void onWritten(TrackedMessage message) {
        sent.add(message);
        remember(message.to().bare(), ChatState.ACTIVE);
    }

    private void remember(Jid peer, @Nullable ChatState state) {
        conversations.put(peer, state);
        if (conversations.size() > MOST_CONVERSATIONS) {
            conversations.remove(conversations.keySet().iterator().next());
        }
    }

    @Override
    public EventStream<Message> incoming() {
        return incoming.stream();
    }

    @Override
    public EventStream<Message> sentElsewhere() {
        return sentElsewhere.stream();
    }

    @Override
    public EventStream<Receipt> receipts() {
        return receipts.stream();
    }

    @Override
    public EventStream<ChatStateChange> chatStates() {
        return chatStates.stream();
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
                remember(to.bare(), state);
                done.complete(null);
            } else {
                done.completeExceptionally(failure);
            }
        });
    }
}
