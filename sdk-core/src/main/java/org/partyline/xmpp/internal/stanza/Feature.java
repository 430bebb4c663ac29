package org.partyline.xmpp.internal.stanza;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;

/**
 * One capability of the session: the roster, carbons, ping. All methods are called on the session's loop. Features know
 * {@link StanzaSession} and values, never each other; what one needs of another is handed to it as a function.
 */
public interface Feature {

    /**
     * Registers handlers. Called once, before anything is sent.
     *
     * @param routes where to register
     */
    default void register(StanzaRoutes routes) {}

    /**
     * {@return what would switch this feature on together with the binding of a session (XEP-0386 section 3.3), or null for
     * nothing. Where the server allows it, it is sent so, and {@link StanzaSession#inlined} tells {@link #onBound} of it}
     */
    default @Nullable XmlElement inlineWish() {
        return null;
    }

    /**
     * A new session was bound, so nothing of a former one holds any more. Called in the order of registration.
     *
     * @return completes when the feature is ready for use; a failure is logged and does not end the session
     */
    default CompletableFuture<Void> onBound() {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * The session of the process before this was resumed: the server goes on with it, and this side knows nothing of it. Unless
     * there is more to it, what is asked for in a new session is asked for.
     *
     * @return as {@link #onBound}
     */
    default CompletableFuture<Void> onTakenOver() {
        return onBound();
    }

    /** The former session was resumed (XEP-0198): nothing was missed, nothing needs to be asked anew. */
    default void onResumed() {}

    /** The connection is gone; the session may be resumed later. */
    default void onOffline() {}

    /** The session is gone for good: it could not be resumed, or was ended in order. */
    default void onSessionEnded() {}

    /** The client was closed: complete what waits, end streams. */
    default void onClosed() {}
}
