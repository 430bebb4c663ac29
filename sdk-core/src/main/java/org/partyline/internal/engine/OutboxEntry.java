package org.partyline.internal.engine;

import java.util.concurrent.CompletableFuture;

/** A message in the outbox, for whoever put it there. Any thread; futures complete on the loop. */
public interface OutboxEntry {

    /** {@return completes when it is stored and in the outbox; fails with an {@code ImException}} */
    CompletableFuture<Void> queued();

    /**
     * {@return takes it back; completes with whether that was possible: no longer once it was written, or where it is done
     * with}
     */
    CompletableFuture<Boolean> withdraw();

    /**
     * {@return puts other bytes in the place of its own; completes with whether that was possible, as for {@link #withdraw}}
     *
     * @param encoded the bytes; not copied
     */
    CompletableFuture<Boolean> replace(byte[] encoded);

    /** The server is known to have it by other means: it is not sent again. Loop only. */
    void settle();

    /** {@return its bytes as they are now; not copied} */
    byte[] encoded();
}
