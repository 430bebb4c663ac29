package org.partyline.xmpp.internal.mam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.partyline.archive.ArchivePage;
import org.partyline.archive.ArchiveQuery;
import org.partyline.archive.ArchivedMessage;
import org.partyline.error.ImException;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.session.FuzzedStanzas;
import org.partyline.xmpp.internal.stanza.Stanzas;

/**
 * An archive that answers with anything. A page comes to an end at the latest with the answer; it is one that leads on and
 * holds no more than was asked for, or a failure that is documented. An input is the number of a query, and what the archive
 * sends, as XML, in which a queryid of {@code ?} is the query's.
 */
class ArchiveFuzzTest {
    private static final int MOST = 4;
    private static final List<ArchiveQuery> QUERIES = List.of(
            ArchiveQuery.all().pageSize(MOST),
            ArchiveQuery.all().pageSize(MOST).latest(),
            ArchiveQuery.all().pageSize(MOST).after("a"),
            ArchiveQuery.all().pageSize(MOST).before("a").latest(),
            ArchiveQuery.all().pageSize(MOST).after("a").before("z"));

    @DictionaryFile(resourcePath = "archive.dict")
    @FuzzTest
    void read(FuzzedDataProvider data) {
        ArchiveQuery query = QUERIES.get(data.consumeInt(0, QUERIES.size() - 1));
        Archive archive = new Archive();
        CompletableFuture<ArchivePage> page = archive.ask(query);
        boolean answered = false;
        for (XmlElement stanza : FuzzedStanzas.read(data.consumeRemainingAsBytes())) {
            if (stanza.is(Stanzas.CLIENT, "message")) {
                archive.routes.message(asked(stanza, archive.queryId()));
            } else if (stanza.is(Stanzas.CLIENT, "iq") && !answered) {
                answered = true;
                archive.session.lastQuery().answer().complete(stanza);
                assertTrue(page.isDone());
            }
        }
        if (page.isCompletedExceptionally()) {
            failed(page);
        } else if (page.isDone()) {
            check(query, page.join());
        } else {
            assertFalse(answered);
        }
    }

    private static XmlElement asked(XmlElement stanza, String queryId) {
        XmlElement.Builder copy =
                XmlElement.builder(Stanzas.CLIENT, "message").attribute("from", stanza.attribute("from"));
        for (XmlElement child : stanza.children()) {
            boolean asked = child.name().equals("result") && "?".equals(child.attribute("queryid"));
            copy.child(asked ? child.toBuilder().attribute("queryid", queryId).build() : child);
        }
        return copy.build();
    }

    private static void failed(CompletableFuture<ArchivePage> page) {
        try {
            page.join();
        } catch (CompletionException e) {
            assertInstanceOf(ImException.class, e.getCause());
        }
    }

    private static void check(ArchiveQuery query, ArchivePage page) {
        List<String> ids =
                page.messages().stream().map(ArchivedMessage::archiveId).toList();
        assertTrue(ids.size() <= MOST);
        assertEquals(ids.size(), ids.stream().distinct().count());
        assertFalse(ids.contains(query.afterId()) || ids.contains(query.beforeId()));
        assertEquals(page.firstId() == null, page.lastId() == null);
        assertTrue(page.complete() || page.more().isPresent(), "there is no way on");
        page.more().ifPresent(more -> assertFalse(more.equals(query), "the same page again"));
        if (page.firstId() != null && ids.contains(page.firstId())) {
            assertEquals(page.firstId(), ids.get(0));
        }
        if (page.lastId() != null && ids.contains(page.lastId())) {
            assertEquals(page.lastId(), ids.get(ids.size() - 1));
        }
        for (ArchivedMessage each : page.messages()) {
            assertNotNull(each.message().from());
            assertFalse(each.message().bodies().isEmpty()
                    && each.message().subjects().isEmpty());
        }
    }
}
