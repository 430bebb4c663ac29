package org.partyline.client;

import org.partyline.archive.ArchivePage;
import org.partyline.archive.ArchiveQuery;
import org.partyline.internal.future.Waiter;

/** Archives of messages, by calls that wait for each page. Errors stand at {@link BlockingClient}. */
public final class BlockingArchive {
    private final ChatClient client;
    private final Waiter waiter;

    BlockingArchive(ChatClient client, Waiter waiter) {
        this.client = client;
        this.waiter = waiter;
    }

    /**
     * Reads a page, as {@link org.partyline.archive.MessageArchive#page}.
     *
     * @param query which one
     * @return the page
     * @throws IllegalArgumentException if an id in the query cannot be written
     */
    public ArchivePage page(ArchiveQuery query) {
        return waiter.await("read an archive", () -> client.archive().page(query));
    }
}
