package org.partyline.client;

import java.util.concurrent.CompletableFuture;
import org.partyline.address.Jid;
import org.partyline.internal.future.PublicFuture;
import org.partyline.internal.future.Waiter;
import org.partyline.message.ChatState;
import org.partyline.message.Message;
import org.partyline.message.OutgoingMessage;
import org.partyline.message.SentMessage;

/** Sending of messages that waits. Errors stand at {@link BlockingClient}. */
public final class BlockingMessages {
    private final ChatClient client;
    private final Waiter waiter;

    BlockingMessages(ChatClient client, Waiter waiter) {
        this.client = client;
        this.waiter = waiter;
    }

    /**
     * Puts a message into the outbox, as {@link OutgoingMessage#send()}.
     *
     * @param message the message, from {@code client().messages().to(…)}
     * @return the message as sent
     */
    public SentMessage send(OutgoingMessage message) {
        return waiter.await("send message", message::send);
    }

    /**
     * Sends a message and waits until the server has taken responsibility for it. The time holds for the acknowledgment;
     * when it is up, the message is still in the outbox, and still goes out.
     *
     * @param message the message, from {@code client().messages().to(…)}
     * @return the message as sent
     */
    public SentMessage sendAndAwaitAck(OutgoingMessage message) {
        return awaitAck(send(message));
    }

    /**
     * Waits until the server has taken responsibility for a message, as {@link SentMessage#acknowledged()}.
     *
     * @param message the message
     * @return the same
     */
    public SentMessage awaitAck(SentMessage message) {
        return waiter.await("await acknowledgment", () -> own(message.acknowledged()));
    }

    /**
     * Waits until a device of the receiver's has the message, as {@link SentMessage#delivered()}.
     *
     * @param message the message
     * @return the same
     */
    public SentMessage awaitDelivery(SentMessage message) {
        return waiter.await("await delivery", () -> own(message.delivered()));
    }

    /**
     * Takes a message back, as {@link SentMessage#cancel()}.
     *
     * @param message the message
     * @return whether it was taken back
     */
    public boolean cancel(SentMessage message) {
        return waiter.await("cancel message", message::cancel);
    }

    /**
     * Changes the text of a message that waits, as {@link SentMessage#edit(String)}.
     *
     * @param message the message
     * @param body the new text
     * @return whether the new text will be sent
     */
    public boolean edit(SentMessage message, String body) {
        return waiter.await("edit message", () -> message.edit(body));
    }

    /**
     * Tells somebody what this user is doing in the conversation, as
     * {@link org.partyline.message.Messages#chatState}.
     *
     * @param to the other side of the conversation
     * @param state the state
     */
    public void chatState(Jid to, ChatState state) {
        waiter.await("send chat state", () -> client.messages().chatState(to, state));
    }

    /**
     * Tells the sender of a message that the user was shown it, as
     * {@link org.partyline.message.Messages#markDisplayed}.
     *
     * @param message a message that arrived
     * @return whether there was something to send
     */
    public boolean markDisplayed(Message message) {
        return waiter.await(
                "mark a message as displayed", () -> client.messages().markDisplayed(message));
    }

    /** {@return a future that can be cancelled without cancelling the message's own, which all share} */
    private static CompletableFuture<SentMessage> own(CompletableFuture<SentMessage> shared) {
        return PublicFuture.innerOf(shared).copy();
    }
}
