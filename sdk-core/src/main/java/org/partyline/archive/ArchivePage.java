package org.partyline.archive;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A page of an archive.
 *
 * @param query what it answers
 * @param messages its messages, oldest first; what the archive keeps besides, such as errors and messages without a text, is left
 *     out, so there can be fewer than were asked for, and none in a page behind which there are more
 * @param firstId the archive's id of the first on the page, left out or not; null for an empty page
 * @param lastId the archive's id of the last on the page, left out or not; null for an empty page
 * @param complete whether nothing is left in the direction of the query
 * @param stable whether the archive is sure of it: what is not stable is not to be kept for long (XEP-0313 section 4.3.2)
 * @param total how many messages match the query on all pages, if the archive says so; it may be a guess
 */
public record ArchivePage(
        ArchiveQuery query,
        List<ArchivedMessage> messages,
        @Nullable String firstId,
        @Nullable String lastId,
        boolean complete,
        boolean stable,
        OptionalLong total) {

    /** Copies the list. */
    public ArchivePage {
        messages = List.copyOf(messages);
    }

    /**
     * {@return the query for the page that follows in the same direction: newer messages, or older ones if the query asks for the
     * {@linkplain ArchiveQuery#latest() latest}; empty if there is nothing more}
     */
    public Optional<ArchiveQuery> more() {
        String from = query.backwards() ? firstId : lastId;
        if (complete || from == null) {
            return Optional.empty();
        }
        return Optional.of(query.backwards() ? query.before(from) : query.after(from));
    }
}
