package org.partyline.testkit.internal.route;

import java.util.ArrayList;
import java.util.List;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Archive;

/**
 * A page of an archive.
 *
 * @param entries its messages, oldest first
 * @param index the place of the first among all that were asked for
 * @param count how many all are
 * @param complete whether nothing is left in the direction of the page
 */
record ArchivePage(List<Archive.Entry> entries, int index, int count, boolean complete) {

    /** {@return the page that is asked for} */
    static ArchivePage of(Account account, ArchiveWish wish) throws ArchiveWish.Refused {
        Archive archive = account.archive();
        long[] range = wish.range(archive);
        long[] span = wish.span(archive);
        List<Archive.Entry> within = new ArrayList<>();
        int before = 0;
        int count = 0;
        for (Archive.Entry entry : archive.entries()) {
            if (wish.selects(entry, range, account.address())) {
                count++;
                if (entry.position() < span[0]) {
                    before++;
                } else if (entry.position() < span[1]) {
                    within.add(entry);
                }
            }
        }
        int size = Math.min(within.size(), wish.max());
        int from = wish.isBackwards() ? within.size() - size : 0;
        return new ArchivePage(
                List.copyOf(within.subList(from, from + size)), before + from, count, size == within.size());
    }
}
