package org.partyline.xmpp.internal.stanza;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;

/** Reads the account's own archive forwards, for whoever has to catch up with it (XEP-0313). Loop only. */
public interface ArchiveReader {

    /**
     * One result.
     *
     * @param id the archive's id
     * @param stamp when the archive took it, or null if it does not say
     * @param message the message as it was archived, or null if the archive withholds it (XEP-0313 section 3.2)
     */
    record Entry(
            String id, @Nullable Instant stamp, @Nullable XmlElement message) {

        /** {@return the message with the archive's time in it where it bore none (XEP-0297 section 3), or null if it is withheld} */
        public @Nullable XmlElement delayedMessage() {
            return message == null ? null : Delay.stamped(message, stamp);
        }
    }

    /**
     * A page that was checked.
     *
     * @param entries its results, oldest first
     * @param first the id of the first, or null for an empty page
     * @param last the id of the last, or null for an empty page
     * @param complete whether nothing is left
     * @param stable whether the archive is sure of it
     * @param total how many match on all pages, if the archive says so
     */
    record Page(
            List<Entry> entries,
            @Nullable String first,
            @Nullable String last,
            boolean complete,
            boolean stable,
            OptionalLong total) {}

    /** Pages that follow each other. */
    interface Run {
        /**
         * {@return the next page, on the loop; not to be asked for before the one before has come, nor after the complete one}
         * Fails as {@link org.partyline.archive.MessageArchive#page} does, and also with {@code ProtocolViolationException} where
         * results of an earlier page come again, and with {@code LimitExceededException} where all pages have too many. After
         * other failures the same page can be asked for again.
         */
        CompletableFuture<Page> next();
    }

    /**
     * {@return the pages from some place to the end} Where the archive does not know the message, or no longer, the first page is
     * refused with {@code item-not-found} (XEP-0313 section 4.3.2), but ejabberd 23.01 begins at the beginning and says nothing
     * of it: what comes may be known already.
     *
     * @param after the archive's id of the message behind which they begin, or null
     * @param since from when on, or null
     */
    Run forwards(@Nullable String after, @Nullable Instant since);

    /** {@return the page with the last message, on the loop; fails as {@link Run#next} does} */
    CompletableFuture<Page> newest();
}
