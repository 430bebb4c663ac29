package org.partyline.archive;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * Reads archives of messages (XEP-0313), page by page: the account's own, which has what all of its devices sent and got, and
 * those of others that let this account read them.
 *
 * <pre>{@code
 * archive.page(ArchiveQuery.all().with(romeo).latest()).thenAccept(page -> {
 *     page.messages().forEach(this::show);
 *     page.more().ifPresent(this::loadWhenScrolledUp);
 * });
 * }</pre>
 */
public interface MessageArchive {

    /**
     * Reads a page.
     *
     * @param query which one
     * @return the page. Fails with {@link org.partyline.error.UnsupportedFeatureException} where there is no archive, or it
     *     cannot be asked so; with {@link org.partyline.error.RequestRejectedException} of condition {@code item-not-found}
     *     where the archive does not know, or no longer, the message that the page is to begin or end at (ejabberd 23.01 takes
     *     up from the beginning instead), and of other conditions where it may not be read; with
     *     {@link org.partyline.error.ProtocolViolationException} where what came is not to be believed: other ids than were asked
     *     for, the same twice, more than asked for, in another order than it claims, or no progress; with
     *     {@link org.partyline.error.LimitExceededException} where the page is too large, so that smaller ones are to be asked
     *     for; and as every request does. Cancelling it stops waiting. Completed on the callback executor
     * @throws IllegalArgumentException if an id in the query cannot be written
     */
    CompletableFuture<ArchivePage> page(ArchiveQuery query);

    /**
     * Reads one page after the other, until nothing is left. Each subscriber reads for itself, and no page is asked for that it
     * has not requested.
     *
     * @param query which page is the first
     * @return gives the pages on the callback executor, one at a time. Fails as {@link #page} does, and after a failure can be
     *     taken up by the query for what follows the last page that came
     * @throws IllegalArgumentException if an id in the query cannot be written
     */
    Flow.Publisher<ArchivePage> pages(ArchiveQuery query);
}
