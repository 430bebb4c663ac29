package org.partyline.message;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.partyline.address.Jid;
import org.partyline.stream.EventStream;

/** Sending and receiving of messages. */
public interface Messages {

    /**
     * Starts a message.
     *
     * @param to whom it goes to
     * @return the message, to be filled and sent
     */
    OutgoingMessage to(Jid to);

    /**
     * Starts a message.
     *
     * @param to whom it goes to
     * @return the message, to be filled and sent
     * @throws org.partyline.address.JidFormatException if it is no address
     */
    default OutgoingMessage to(String to) {
        return to(Jid.parse(to));
    }

    /** {@return messages with a body or a subject, as they arrive, copies of those to other devices included} */
    EventStream<Message> incoming();

    /** {@return messages that other devices of this account sent (XEP-0280)} */
    EventStream<Message> sentElsewhere();

    /** {@return messages that this client accepted for sending, as {@link OutgoingMessage#send} completes: to be shown at once} */
    EventStream<LocalEcho> localEcho();

    /**
     * {@return how far sent messages have come, each change once; those of an earlier process with this store too} What that process did
     * not come to tell whoever listened, because it ended, is told when this client is online first: the last state alone, and once
     * more if it was told in its last moment.
     */
    EventStream<DeliveryChange> deliveries();

    /**
     * {@return the messages in the outbox that the server is not known to have, in the order in which they were sent; with a
     * durable store those of an earlier process too. A snapshot; made on the calling thread}
     */
    List<LocalEcho> pending();

    /**
     * {@return each reading of the account's archive (XEP-0313) to its end, where the server has one: what a session missed
     * that could not be resumed is given by {@link #incoming} and {@link #sentElsewhere} before, in the archive's order}
     */
    EventStream<CatchUp> catchUps();

    /** {@return receipts, as they arrive (XEP-0184)} */
    EventStream<Receipt> receipts();

    /**
     * {@return markers of messages of this client that their receivers were shown, as they arrive (XEP-0333); {@link #deliveries} tells
     * the same of each message, of those before it too}
     */
    EventStream<DisplayedMarker> displayedMarkers();

    /**
     * Tells the sender of a message that the user was shown it, and all before it (XEP-0333). Nothing is sent where the sender
     * did not ask for it or was told of this message before, nor to whom this would tell what presence does not: a marker goes to
     * who may see this account's presence, or was written to in this session. Of several messages, it is for the latest alone.
     *
     * @param message a message that arrived
     * @return completes when it is written, with true; or with false, if there was nothing to send. Fails with
     *     {@link org.partyline.error.NotConnectedException}: markers are not kept for later. Completed on the callback executor;
     *     cancelling it does nothing
     */
    CompletableFuture<Boolean> markDisplayed(Message message);

    /** {@return chat states of others, as they change (XEP-0085)} */
    EventStream<ChatStateChange> chatStates();

    /**
     * Tells somebody what this user is doing in the conversation. Repeating a state sends nothing; nothing is sent to
     * whom is known not to understand it (XEP-0085 section 5.1).
     *
     * @param to the other side of the conversation
     * @param state the state
     * @return completes when it is written, or needs not be. Fails with
     *     {@link org.partyline.error.NotConnectedException}: chat states are not kept for later
     */
    CompletableFuture<Void> chatState(Jid to, ChatState state);
}
