package org.partyline.xmpp.internal.message;

import java.util.ArrayDeque;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.internal.delivery.SeenMessages;
import org.partyline.internal.delivery.SeenMessages.IdWorth;
import org.partyline.internal.delivery.TrackedMessage;
import org.partyline.internal.events.EventSource;
import org.partyline.message.ChatState;
import org.partyline.message.ChatStateChange;
import org.partyline.message.DisplayedMarker;
import org.partyline.message.Message;
import org.partyline.message.MessageType;
import org.partyline.message.Receipt;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.message.MessageFeature.Way;
import org.partyline.xmpp.internal.stanza.ArchiveMarker;
import org.partyline.xmpp.internal.stanza.CatchUpTarget;
import org.partyline.xmpp.internal.stanza.RecentAddress;
import org.partyline.xmpp.internal.stanza.StanzaErrors;
import org.partyline.xmpp.internal.stanza.StanzaSession;
import org.partyline.xmpp.internal.stanza.Weight;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that come in, by whichever way: each is given to the application once. While an archive is read, what arrives waits
 * behind it. Loop only.
 */
final class IncomingMessages implements CatchUpTarget {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingMessages.class);
    /** Messages that wait while an archive is read (L18). */
    static final int MOST_WAITING = 5_000;
    /** Characters of them (L18). */
    static final int MAX_WAITING_CHARS = 16 * 1024 * 1024;

    private record Waiting(XmlElement stanza, MessageStanza message, Jid from, Jid to, Way way) {}

    private final StanzaSession session;
    private final OutgoingMessages outgoing;
    private final SeenMessages seen;
    private final BiConsumer<MessageStanza, Jid> answerReceipt;
    private final Consumer<String> handedOn;
    private final RecentAddress senders = new RecentAddress("from");
    private final RecentAddress receivers = new RecentAddress("to");
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Jid lastSender;
    private String lastBareText = "";
    private long waitingChars;
    private boolean holding;

    private final EventSource<Message> incoming;
    private final EventSource<Message> sentElsewhere;
    private final EventSource<Receipt> receipts;
    private final EventSource<DisplayedMarker> displayedMarkers;
    private final EventSource<ChatStateChange> chatStates;

    /**
     * @param session the session
     * @param outgoing this client's messages, which others answer
     * @param seen which messages the application was given
     * @param answerReceipt answers who asked for a receipt
     * @param handedOn hears the archive's id of each message that the application is given as it arrives
     */
    IncomingMessages(
            StanzaSession session,
            OutgoingMessages outgoing,
            SeenMessages seen,
            BiConsumer<MessageStanza, Jid> answerReceipt,
            Consumer<String> handedOn) {
        this.session = session;
        this.outgoing = outgoing;
        this.seen = seen;
        this.answerReceipt = answerReceipt;
        this.handedOn = handedOn;
        int buffer = session.limits().subscriberBuffer();
        this.incoming = new EventSource<>(session.callbacks(), buffer);
        this.sentElsewhere = new EventSource<>(session.callbacks(), buffer);
        this.receipts = new EventSource<>(session.callbacks(), buffer);
        this.displayedMarkers = new EventSource<>(session.callbacks(), buffer);
        this.chatStates = new EventSource<>(session.callbacks(), buffer);
    }

    EventSource<Message> incoming() {
        return incoming;
    }

    EventSource<Message> sentElsewhere() {
        return sentElsewhere;
    }

    EventSource<Receipt> receipts() {
        return receipts;
    }

    EventSource<DisplayedMarker> displayedMarkers() {
        return displayedMarkers;
    }

    EventSource<ChatStateChange> chatStates() {
        return chatStates;
    }

    void close() {
        release();
        incoming.complete();
        sentElsewhere.complete();
        receipts.complete();
        displayedMarkers.complete();
        chatStates.complete();
    }

    void accept(XmlElement stanza, Way way) {
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
        } else if (!holding) {
            take(message, from, to, way);
        } else {
            await(new Waiting(stanza, message, from, to, way));
        }
    }

    /** {@return a message that is only to be read, or null for an error, and for what has neither a text nor a subject} */
    @Nullable
    Message read(XmlElement stanza) {
        Jid from = senders.read(stanza, session.account());
        Jid to = receivers.read(stanza, session.account());
        MessageStanza message = MessageStanza.read(stanza);
        return from == null || to == null || message.isError() || !message.hasContent()
                ? null
                : message.toMessage(from, to, false);
    }

    private void await(Waiting arrived) {
        int chars = Weight.of(arrived.stanza());
        boolean full = waiting.size() >= MOST_WAITING || waitingChars + chars > MAX_WAITING_CHARS;
        if (!full) {
            waiting.add(arrived);
            waitingChars += chars;
            if (arrived.message().archiveId(session.account()) == null) {
                session.atRisk();
                session.holdHandled();
            }
        } else if (arrived.message().archiveId(session.account()) == null) {
            // No archive will bring it again, so out of order is better than not at all.
            take(arrived.message(), arrived.from(), arrived.to(), arrived.way());
        }
        // What the archive holds comes with its last pages, which are read after this was put there.
    }

    @Override
    public @Nullable ArchiveMarker firstInDoubt() {
        return outgoing.firstInDoubt();
    }

    @Override
    public void hold() {
        holding = true;
    }

    @Override
    public void release() {
        holding = false;
        Waiting next;
        while ((next = waiting.poll()) != null) {
            take(next.message(), next.from(), next.to(), next.way());
        }
        waitingChars = 0;
        session.letGoHandled();
    }

    @Override
    public boolean archived(String archiveId, XmlElement stanza) {
        Jid from = senders.read(stanza, session.account());
        Jid to = receivers.read(stanza, session.account());
        MessageStanza message = MessageStanza.read(stanza);
        if (from == null || to == null || message.isError()) {
            return false;
        }
        boolean own = from.bare().equals(session.account());
        if (own) {
            TrackedMessage mine = known(message, to);
            if (mine != null) {
                mine.onArchived();
                if (!to.bare().equals(session.account())) {
                    return false;
                }
            }
        }
        String receiptFor = message.receiptFor();
        if (receiptFor != null) {
            onReceipt(receiptFor, from, true);
        }
        onDisplayed(message, from);
        if (!message.hasContent() || !isNew(message, from, archiveId, true)) {
            return false;
        }
        boolean received = !own || to.bare().equals(session.account());
        (received ? incoming : sentElsewhere).emit(message.toMessage(from, to, false));
        return true;
    }

    private @Nullable TrackedMessage known(MessageStanza message, Jid to) {
        String id = message.originId() != null ? message.originId() : message.id();
        TrackedMessage mine = id == null ? null : outgoing.find(id);
        return mine != null && mine.to().bare().equals(to.bare()) ? mine : null;
    }

    private void take(MessageStanza message, Jid from, Jid to, Way way) {
        String archiveId = message.archiveId(session.account());
        if (way == Way.COPY_OF_SENT) {
            if (message.hasContent() && isNew(message, from, archiveId, true)) {
                sentElsewhere.emit(message.toMessage(from, to, true));
                told(archiveId);
            }
            return;
        }
        boolean copy = way == Way.COPY_OF_RECEIVED;
        String receiptFor = message.receiptFor();
        if (receiptFor != null) {
            onReceipt(receiptFor, from, false);
        }
        onDisplayed(message, from);
        ChatState state = message.chatState();
        if (state != null && message.type() != MessageType.GROUPCHAT) {
            chatStates.emit(new ChatStateChange(from, state));
        }
        if (message.hasContent() && isNew(message, from, archiveId, copy || message.isDelayed())) {
            incoming.emit(message.toMessage(from, to, copy));
            told(archiveId);
        }
        if (message.receiptRequested() && !copy) {
            answerReceipt.accept(message, from);
        }
    }

    private void told(@Nullable String archiveId) {
        if (archiveId != null) {
            handedOn.accept(archiveId);
        } else {
            session.atRisk();
        }
    }

    /**
     * {@return whether the application was not given a message before}
     *
     * @param repeated whether it came by a way by which messages come again: late, as a copy, out of an archive
     */
    private boolean isNew(MessageStanza message, Jid from, @Nullable String archiveId, boolean repeated) {
        String originId = message.originId();
        String id = message.id();
        String sender = message.type() == MessageType.GROUPCHAT ? from.toString() : bareText(from);
        String senderId = originId != null
                ? SeenMessages.senderId(sender, originId, 0)
                : id == null ? null : SeenMessages.senderId(sender, id, message.content());
        String roomId = archiveId != null ? null : message.archiveId(from);
        String known = archiveId != null ? archiveId : roomId == null ? null : bareText(from) + "\n" + roomId;
        IdWorth worth = originId != null ? IdWorth.PROMISED : repeated ? IdWorth.LIKELY : IdWorth.NOTHING;
        return seen.isNew(known, senderId, worth);
    }

    /** The next message mostly has the same sender. */
    private String bareText(Jid address) {
        if (!address.equals(lastSender)) {
            lastSender = address;
            lastBareText = address.bare().toString();
        }
        return lastBareText;
    }

    /** Each of the receiver's devices gives one; what an archive tells, may have been told before. */
    private void onReceipt(String id, Jid from, boolean archived) {
        TrackedMessage message = outgoing.find(id);
        if (message != null && message.to().bare().equals(from.bare()) && (message.onDelivered() || !archived)) {
            receipts.emit(new Receipt(from, id));
        }
    }

    /** A marker only moves forward (XEP-0333 section 5), and each is told once, whichever ways it comes by. */
    private void onDisplayed(MessageStanza marker, Jid from) {
        String id = marker.displayedUpTo();
        if (id != null && marker.type() != MessageType.GROUPCHAT && outgoing.displayed(id, from)) {
            displayedMarkers.emit(new DisplayedMarker(from, id));
        }
    }

    private void onError(XmlElement stanza, MessageStanza message) {
        String id = message.id();
        TrackedMessage refused = id == null ? null : outgoing.find(id);
        if (refused != null) {
            refused.onRefused(StanzaErrors.read("send a message", stanza));
        }
    }
}
