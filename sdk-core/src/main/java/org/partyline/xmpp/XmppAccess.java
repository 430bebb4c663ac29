package org.partyline.xmpp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.stream.EventStream;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.discovery.ServiceDiscovery;
import org.partyline.xmpp.discovery.SoftwareVersion;

/**
 * The door to raw stanzas, for extensions that the library does not have yet. Got by
 * {@code client.extension(XmppAccess.class)}. Futures complete on the callback executor.
 */
public interface XmppAccess {

    /**
     * Sends an IQ request and waits for its answer.
     *
     * @param type {@code get} or {@code set}
     * @param to whom, or null for the account's own server
     * @param payload the request's only child
     * @return completes with the whole result stanza; fails with {@code NotConnectedException},
     *     {@code RequestRejectedException}, {@code RequestTimeoutException}, {@code ConnectionLostException} or
     *     {@code LimitExceededException}. Cancelling forgets the request
     * @throws IllegalArgumentException if the type is neither
     */
    CompletableFuture<XmlElement> query(String type, @Nullable Jid to, XmlElement payload);

    /**
     * Sends a message or presence stanza now, or not at all.
     *
     * @param stanza the stanza
     * @return completes when it is written; fails with {@code NotConnectedException}, or {@code LimitExceededException} if it
     *     is too large or too much waits. Cancelling does not take it back
     * @throws IllegalArgumentException if it is not a message or presence of {@code jabber:client}
     */
    CompletableFuture<Void> send(XmlElement stanza);

    /**
     * Answers IQ requests with a payload of this name, and names the namespace in service discovery.
     *
     * @param namespace the payload's namespace
     * @param name the payload's local name
     * @param handler gives the result's payload, or null for an empty result, from the request stanza; it is called on
     *     the callback executor. What it throws is answered with {@code internal-server-error}
     * @return removes the handler when closed
     * @throws IllegalStateException if the name has a handler
     */
    EventStream.Subscription onRequest(String namespace, String name, RequestHandler handler);

    /**
     * {@return stanzas as they arrive, before the library interprets them, those that match}
     *
     * <p>What its sender has no right to send is not among them, or is left out of them: copies (XEP-0280) that do not come
     * from the account itself, results of an archive (XEP-0313) that {@link #query} has not asked, messages of a room
     * (XEP-0045) that {@link #send} has not entered, receipts and errors for a message of this client from others than whom
     * it went to, pushes of others, answers that nobody awaits. Stanza ids (XEP-0359) are left in only once
     * {@link ServiceDiscovery#info info} of the account, or of the room that they are of, has named that feature in this
     * session.
     *
     * @param predicate says which; it is called on the callback executor
     */
    EventStream<XmlElement> stanzas(Predicate<XmlElement> predicate);

    /** {@return service discovery (XEP-0030)} */
    ServiceDiscovery discovery();

    /**
     * Pings somebody (XEP-0199).
     *
     * @param to whom, or null for the account's own server
     * @return how long the answer took; an answer that says that ping is not supported counts too. Fails as {@link #query}
     *     does. Cancelling stops waiting
     */
    CompletableFuture<Duration> ping(@Nullable Jid to);

    /**
     * Asks for somebody's software (XEP-0092).
     *
     * @param of whose: a device or a service
     * @return what it says of itself. Fails as {@link #query} does. Cancelling stops waiting
     */
    CompletableFuture<SoftwareVersion> softwareVersion(Jid of);

    /** Answers IQ requests. */
    @FunctionalInterface
    interface RequestHandler {
        /**
         * Answers a request.
         *
         * @param iq the whole request stanza
         * @return the payload of the result, or null for an empty result
         */
        @Nullable
        XmlElement handle(XmlElement iq);
    }
}
