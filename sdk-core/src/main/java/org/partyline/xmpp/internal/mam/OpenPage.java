package org.partyline.xmpp.internal.mam;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.archive.ArchiveQuery;
import org.partyline.error.ImException;
import org.partyline.error.LimitExceededException;
import org.partyline.error.ProtocolViolationException;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.ArchiveReader.Entry;
import org.partyline.xmpp.internal.stanza.ArchiveReader.Page;
import org.partyline.xmpp.internal.stanza.Weight;

/**
 * A page that is under way. Nothing of it is given out before all of it has been checked: a page that lies about where it ends
 * would make the next begin at the wrong place. Loop only.
 */
final class OpenPage {
    static final String OPERATION = "read an archive";
    /** Characters, roughly, of a page's messages; there are no more than 250 of them in any case. */
    static final int MAX_CHARS = 16 * 1024 * 1024;

    private final ArchiveQuery query;
    private final CompletableFuture<Page> done;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Entry> ids = new HashMap<>();
    private int repeated;
    private int chars;

    /**
     * @param query what is asked for
     * @param done completes when the page is there and checked
     */
    OpenPage(ArchiveQuery query, CompletableFuture<Page> done) {
        this.query = query;
        this.done = done;
    }

    CompletableFuture<Page> done() {
        return done;
    }

    /**
     * Takes a result, which comes from the archive that was asked, by the query's id: the origin gate sees to that. A query that
     * went again with a resumed session is answered twice, and what comes again is taken once. There are archives whose ids are
     * times, so that two messages of one moment share one (ejabberd 23.01).
     *
     * @throws ImException if the page is not to be believed, or too large
     */
    void take(XmlElement result) {
        Entry entry = ArchiveStanzas.entry(result);
        if (entry == null) {
            throw violation("a result has no id");
        }
        Entry same = ids.put(entry.id(), entry);
        if (entry.equals(same)) {
            if (++repeated > query.pageSize()) {
                throw violation("results come again and again");
            }
            return;
        }
        if (entries.size() == query.pageSize()) {
            throw violation("there are more results than the " + query.pageSize() + " that were asked for");
        }
        if (isBound(entry.id())) {
            throw violation("the page holds a message that it was to begin behind or to end before");
        }
        chars += Weight.of(result);
        if (chars > MAX_CHARS) {
            throw new LimitExceededException(OPERATION, "archivePageChars", MAX_CHARS);
        }
        entries.add(entry);
    }

    private boolean isBound(String id) {
        return id.equals(query.afterId()) || id.equals(query.beforeId());
    }

    /** Takes the answer, which comes after the results. */
    void close(XmlElement iq) {
        try {
            done.complete(checked(iq));
        } catch (ImException e) {
            done.completeExceptionally(e);
        }
    }

    private Page checked(XmlElement iq) {
        XmlElement fin = iq.child(ArchiveStanzas.ARCHIVE, "fin");
        if (fin == null) {
            throw violation("the answer does not say how the page ends");
        }
        String first = ArchiveStanzas.end(fin, "first");
        String last = ArchiveStanzas.end(fin, "last");
        boolean complete = ArchiveStanzas.is(fin, "complete", false);
        check(first, last, complete);
        return new Page(
                List.copyOf(entries),
                first,
                last,
                complete,
                ArchiveStanzas.is(fin, "stable", true),
                ArchiveStanzas.total(fin));
    }

    /**
     * The ends that are told need not be among the results, for an archive can keep some of them to itself; where they are, they
     * stand at the ends.
     */
    private void check(@Nullable String first, @Nullable String last, boolean complete) {
        if (first == null || last == null) {
            if (first != null || last != null || !entries.isEmpty()) {
                throw violation("the page does not say where it begins or ends");
            }
            if (!complete) {
                throw violation("the page is empty, and yet not the last: there is no way on");
            }
            return;
        }
        if (isBound(first) || isBound(last)) {
            throw violation("the page ends where it was to begin: it does not lead on");
        }
        if (entries.size() > 1 && first.equals(last)) {
            throw violation("the page has several results, and one end");
        }
        if (!entries.isEmpty()
                && ((ids.containsKey(first) && !entries.get(0).id().equals(first))
                        || (ids.containsKey(last)
                                && !entries.get(entries.size() - 1).id().equals(last)))) {
            throw violation("the results are not in the order of the page's ends");
        }
    }

    static ProtocolViolationException violation(String rule) {
        return new ProtocolViolationException(OPERATION, OPERATION + ": " + rule, null);
    }
}
