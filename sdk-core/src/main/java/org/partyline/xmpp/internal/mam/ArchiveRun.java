package org.partyline.xmpp.internal.mam;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.partyline.archive.ArchiveQuery;
import org.partyline.error.LimitExceededException;
import org.partyline.xmpp.internal.stanza.ArchiveReader;

/** Pages of an archive, one after the other. What one page alone cannot show is checked here. Loop only. */
final class ArchiveRun implements ArchiveReader.Run {
    /** Messages that are read in one run (L37). */
    static final int MAX_MESSAGES = 100_000;

    private final Function<ArchiveQuery, CompletableFuture<ArchiveReader.Page>> fetch;
    /** Where pages ended: no more of them than there were messages. */
    private final Set<String> ends = new HashSet<>();

    private Set<String> before = Set.of();
    private ArchiveQuery next;
    private int messages;

    ArchiveRun(ArchiveQuery first, Function<ArchiveQuery, CompletableFuture<ArchiveReader.Page>> fetch) {
        this.next = first;
        this.fetch = fetch;
    }

    @Override
    public CompletableFuture<ArchiveReader.Page> next() {
        if (messages >= MAX_MESSAGES) {
            return CompletableFuture.failedFuture(
                    new LimitExceededException(OpenPage.OPERATION, "archiveMessages", MAX_MESSAGES));
        }
        CompletableFuture<ArchiveReader.Page> page = fetch.apply(next);
        CompletableFuture<ArchiveReader.Page> checked = page.thenApply(this::checked);
        checked.whenComplete((done, failure) -> page.cancel(false));
        return checked;
    }

    private ArchiveReader.Page checked(ArchiveReader.Page page) {
        List<ArchiveReader.Entry> entries = page.entries();
        if (entries.stream().anyMatch(entry -> before.contains(entry.id()))) {
            throw OpenPage.violation("results of the page before come again");
        }
        String last = page.last();
        if (last != null) {
            if (!ends.add(last)) {
                throw OpenPage.violation("the page ends where an earlier one did: it does not lead on");
            }
            before = entries.stream().map(ArchiveReader.Entry::id).collect(Collectors.toSet());
            // A page of which all was withheld counts too, so that there is an end to them.
            messages += Math.max(1, entries.size());
            next = next.after(last);
        }
        return page;
    }
}
