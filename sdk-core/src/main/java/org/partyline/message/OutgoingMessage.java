package org.partyline.message;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A message being written. Not safe for use by several threads at once; {@link #send()} ends it. */
public interface OutgoingMessage {

    /**
     * Sets the text in the default language.
     *
     * @param text the text
     * @return this
     * @throws IllegalArgumentException if it holds a character that the wire cannot carry
     */
    OutgoingMessage body(String text);

    /**
     * Sets the text in a language.
     *
     * @param language a BCP 47 tag
     * @param text the text
     * @return this
     * @throws IllegalArgumentException if it holds a character that the wire cannot carry
     */
    OutgoingMessage body(String language, String text);

    /**
     * Sets the subject.
     *
     * @param text the subject
     * @return this
     * @throws IllegalArgumentException if it holds a character that the wire cannot carry
     */
    OutgoingMessage subject(String text);

    /**
     * Sets what the message is for; {@link MessageType#CHAT} by default.
     *
     * @param type the type
     * @return this
     */
    OutgoingMessage type(MessageType type);

    /**
     * Puts the message into a thread (RFC 6121 section 5.2.5).
     *
     * @param id the thread's id
     * @return this
     * @throws IllegalArgumentException if it holds a character that the wire cannot carry
     */
    OutgoingMessage thread(String id);

    /**
     * Puts the message into a thread that came from another.
     *
     * @param id the thread's id
     * @param parent the id of the thread that it came from
     * @return this
     * @throws IllegalArgumentException if either holds a character that the wire cannot carry
     */
    OutgoingMessage thread(String id, String parent);

    /**
     * Asks the receiver's device to say when it has the message (XEP-0184).
     *
     * @return this
     */
    OutgoingMessage requestReceipt();

    /**
     * Asks the receiver to say when it was shown the message (XEP-0333). Whether it does is for the receiver to choose.
     *
     * @return this
     */
    OutgoingMessage requestDisplayed();

    /**
     * Sets how long the message may wait to be written for the first time; 7 days by default. When the time is up, its
     * state becomes {@link DeliveryState#EXPIRED}. Where it waits in a store while no client runs, the wall clock counts.
     *
     * @param time how long, 1 ms to 365 days
     * @return this
     * @throws IllegalArgumentException if it is out of this range
     */
    OutgoingMessage expiresAfter(Duration time);

    /**
     * Puts the message into the outbox, from which it goes out in order, now or once connected. With a volatile store the
     * outbox holds over any number of reconnects, until the client closes; with a durable one, over the end of the process
     * too.
     *
     * @return completes once the message is in the outbox, and where the store is durable, on the disk. Fails with
     *     {@link org.partyline.error.LimitExceededException} if the outbox is full or the message is too large, with
     *     {@link org.partyline.error.StoreException} if the store did not take it, or with
     *     {@link org.partyline.error.NotConnectedException} once the client drains; the message is not sent then. Completed
     *     on the callback executor; cancelling it does nothing
     * @throws IllegalStateException if there is neither body nor subject, or it was sent before, or the client is closed
     */
    CompletableFuture<SentMessage> send();
}
