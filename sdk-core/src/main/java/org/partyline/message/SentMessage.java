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
     * message was refused, or {@link org.partyline.error.NotConnectedException} if the client closed first. The same
     * future each time; completed on the callback executor; cancelling it does not take the message back}
     */
    CompletableFuture<SentMessage> acknowledged();

    /**
     * {@return completes with this when a device of the receiver's has the message (XEP-0184). Completes only if a
     * receipt was requested and the receiver gives one, so put a time limit on it. Fails as {@link #acknowledged()}
     * does, or with {@link IllegalStateException} if no receipt was requested}
     */
    CompletableFuture<SentMessage> delivered();
}
