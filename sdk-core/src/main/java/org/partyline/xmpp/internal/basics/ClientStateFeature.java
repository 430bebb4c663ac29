package org.partyline.xmpp.internal.basics;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.Feature;
import org.partyline.xmpp.internal.stanza.StanzaSession;

/**
 * Whether the user looks at the application (XEP-0352). A server takes a new or resumed session to be active, so only
 * inactivity is announced anew (section 4.2).
 */
public final class ClientStateFeature implements Feature {
    private static final String NAMESPACE = "urn:xmpp:csi:0";

    private final StanzaSession session;
    private boolean active = true; // loop only

    /**
     * Makes the feature.
     *
     * @param session the session
     */
    public ClientStateFeature(StanzaSession session) {
        this.session = session;
    }

    @Override
    public @Nullable XmlElement inlineWish() {
        return active ? null : XmlElement.of(NAMESPACE, "inactive");
    }

    @Override
    public CompletableFuture<Void> onBound() {
        if (!session.inlined(NAMESPACE)) {
            announceInactivity();
        }
        return CompletableFuture.completedFuture(null);
    }

    /** The process before may have said something else. */
    @Override
    public CompletableFuture<Void> onTakenOver() {
        announce();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onResumed() {
        announceInactivity();
    }

    private void announceInactivity() {
        if (!active) {
            announce();
        }
    }

    /**
     * Sets the wish.
     *
     * @param active whether the user looks
     */
    public void set(boolean active) {
        session.loop().execute(() -> {
            if (this.active != active) {
                this.active = active;
                announce();
            }
        });
    }

    /** A server without the feature is told nothing; a connection that goes meanwhile brings a new announcement. */
    private void announce() {
        if (session.isOnline() && session.streamFeature(NAMESPACE, "csi")) {
            session.send("indicate client state", XmlElement.of(NAMESPACE, active ? "active" : "inactive"));
        }
    }
}
