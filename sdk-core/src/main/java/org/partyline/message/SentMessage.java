package org.partyline.message;

import java.util.concurrent.CompletableFuture;
import org.partyline.address.Jid;

/** A message that was accepted for sending. */
public interface SentMessage {

    /** {@return the message's id, made before it was first sent, and kept when it is sent again} */
    String id();

    /** {@return whom it goes to} */
    Jid to();

    /** {@return how far it has come} */
    DeliveryState state();

    /**
     * {@return completes with this when the server has taken responsibility (XEP-0198; without it, when the server
     * answered a ping sent after the message). Fails with {@link org.partyline.error.RequestRejectedException} if the
     * message was refused, {@link org.partyline.error.NotSentException} if it was taken back or its time was up, or
     * {@link org.partyline.error.NotConnectedException} if the client closed first; in a durable store the message stays
     * then, and is sent by the next client. The same
     * future each time; completed on the callback executor; cancelling it does not take the message back}
     */
    CompletableFuture<SentMessage> acknowledged();

    /**
     * {@return completes with this when a device of the receiver's has the message (XEP-0184). Completes only if a
     * receipt was requested and the receiver gives one, so put a time limit on it. Fails as {@link #acknowledged()}
     * does, or with {@link IllegalStateException} if no receipt was requested}
     */
    CompletableFuture<SentMessage> delivered();

    /**
     * Takes the message back, if it was never written to a connection.
     *
     * @return completes with true when it is taken back, and with false if that was no longer possible. Fails with
     *     {@link org.partyline.error.StoreException} if the store did not take it: this client will not send the message, but
     *     the next one may. Completed on the callback executor; cancelling it does nothing
     */
    CompletableFuture<Boolean> cancel();

    /**
     * Changes the text in the default language, if the message was never written to a connection.
     *
     * @param body the new text
     * @return completes with true when the new text is what will be sent, and with false if it was no longer possible to change
     *     it. Fails with {@link org.partyline.error.StoreException} if the store did not take it: this client sends the new
     *     text, but the next one may send the old. Completed on the callback executor; cancelling it does nothing
     * @throws IllegalArgumentException if the text holds a character that the wire cannot carry
     */
    CompletableFuture<Boolean> edit(String body);
}
