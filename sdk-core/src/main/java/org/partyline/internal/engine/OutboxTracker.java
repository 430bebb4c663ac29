package org.partyline.internal.engine;

import java.util.concurrent.CompletableFuture;

/** Hears how far a message of the outbox has come. Called on the loop, unless it says otherwise. */
public interface OutboxTracker {

    /**
     * Stores the message, before it is in the outbox. Any thread.
     *
     * @param encoded its bytes; not copied
     * @return completes when it is stored, in the order of the calls; fails with {@code StoreException}, and the message is not
     *     sent then
     */
    CompletableFuture<Void> store(byte[] encoded);

    /**
     * {@return whether it was answered, by a receipt or by an error: the server has it then, whatever it counts, and sending it
     * again in a new session would double it}
     */
    boolean isAnswered();

    /**
     * It was written to a connection. Called again when it is sent again.
     *
     * @param count what the other side counts when it has it, if it counts
     */
    void onWritten(int count);

    /** The server acknowledged it. */
    void onAcknowledged();

    /** Its time was up before it was written. */
    void onExpired();

    /** The client closed first. */
    void onDropped();
}
