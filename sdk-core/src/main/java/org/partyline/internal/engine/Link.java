package org.partyline.internal.engine;

import java.util.concurrent.CompletableFuture;
import org.partyline.error.ImException;

/**
 * What a protocol does for {@link Lifecycle}. Called on the loop. The link tells the lifecycle how it goes by
 * {@link Lifecycle#online} and {@link Lifecycle#ended}.
 */
public interface Link {

    /** Makes one attempt to connect, sign in, and resume or start a session. */
    void attempt();

    /**
     * Ends the connection in order, or gives up the attempt that is under way. The session does not survive this.
     *
     * @return completes on the loop when nothing is connected; bounded in time; never fails
     */
    CompletableFuture<Void> end();

    /**
     * The connection or the attempt has ended and no attempt follows, so the session, if one waited to be resumed, is over.
     *
     * @param failure why
     */
    void over(ImException failure);

    /** The client is closed for good: drops what waits. Called once, after {@link #end()} completed. */
    void close();
}
