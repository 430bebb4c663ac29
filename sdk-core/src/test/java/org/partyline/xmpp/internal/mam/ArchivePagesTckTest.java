package org.partyline.xmpp.internal.mam;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.archive.ArchivePage;
import org.partyline.archive.ArchiveQuery;
import org.partyline.internal.events.Tck;
import org.partyline.internal.future.CallbackExecutor;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;

/** The pages of an archive keep the rules of Reactive Streams; see {@code ReactiveStreamsTckTest}. */
class ArchivePagesTckTest {
    private static final int PASSED = 29;

    @Test
    @DisplayName("Reactive Streams TCK 1.0.4 for Flow")
    void pagesConform() {
        Tck.holds(Pages.class, PASSED, Set.of());
    }

    /** An archive of as many pages as the TCK asks for, which answers from another thread. */
    public static final class Pages extends FlowPublisherVerification<ArchivePage> {
        private final ExecutorService loop = Executors.newSingleThreadExecutor();
        private final ExecutorService callbacks = Executors.newFixedThreadPool(2);

        public Pages() {
            super(new TestEnvironment(1_000, 50));
        }

        private CompletableFuture<ArchivePage> read(ArchiveQuery query, long pages) {
            String before = query.afterId();
            long number = before == null ? 1 : Long.parseLong(before) + 1;
            String id = Long.toString(number);
            return CompletableFuture.supplyAsync(
                    () -> new ArchivePage(query, List.of(), id, id, number >= pages, true, OptionalLong.of(pages)),
                    loop);
        }

        @Override
        public Flow.Publisher<ArchivePage> createFlowPublisher(long pages) {
            return new ArchivePages(ArchiveQuery.all(), query -> read(query, pages), new CallbackExecutor(callbacks));
        }

        @Override
        public Flow.@Nullable Publisher<ArchivePage> createFailedFlowPublisher() {
            return null;
        }

        @AfterClass
        void end() {
            loop.shutdownNow();
            callbacks.shutdownNow();
        }
    }
}
