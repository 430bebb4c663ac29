package org.partyline.snippets;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.partyline.address.Jid;
import org.partyline.archive.ArchivePage;
import org.partyline.archive.ArchiveQuery;
import org.partyline.archive.ArchivedMessage;
import org.partyline.archive.MessageArchive;
import org.partyline.client.ChatClient;

/** What was said before. */
final class Archives {
    private Archives() {}

    static CompletableFuture<ArchivePage> latest(ChatClient client, Jid romeo) {
        // @start region="latest"
        return client.archive().page(ArchiveQuery.all().with(romeo).latest().pageSize(50));
        // @end
    }

    // @start region="read"
    static CompletableFuture<Void> read(MessageArchive archive, ArchiveQuery query, Consumer<ArchivedMessage> each) {
        return archive.page(query).thenCompose(page -> {
            page.messages().forEach(each);
            return page.more().map(more -> read(archive, more, each)).orElse(CompletableFuture.completedFuture(null));
        });
    }
    // @end
}
