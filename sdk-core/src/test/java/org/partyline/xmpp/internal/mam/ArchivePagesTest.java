package org.partyline.xmpp.internal.mam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.partyline.archive.ArchivePage;
import org.partyline.archive.ArchiveQuery;
import org.partyline.error.ProtocolViolationException;

class ArchivePagesTest {
    private final Archive archive = new Archive();
    private final Reader reader = new Reader();

    private static final class Reader implements Flow.Subscriber<ArchivePage> {
        private final List<String> heard = new ArrayList<>();
        private @Nullable Throwable failure;
        private Flow.@Nullable Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
        }

        private Flow.Subscription subscription() {
            return Objects.requireNonNull(subscription);
        }

        @Override
        public void onNext(ArchivePage page) {
            heard.add(page.firstId() + "-" + page.lastId());
        }

        @Override
        public void onError(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public void onComplete() {
            heard.add("end");
        }
    }

    private void answer(String id, boolean complete) {
        archive.routes.asked(archive.session.lastQuery());
        archive.result(id);
        archive.fin(id, id, complete);
    }

    @Test
    void pages_areAskedForOneAtATime_asTheyAreRequested() {
        archive.feature.pages(ArchiveQuery.all()).subscribe(reader);
        assertEquals(0, archive.session.queries.size());
        reader.subscription().request(2);
        assertEquals(1, archive.session.queries.size());
        answer("1", false);
        answer("2", false);
        assertEquals(2, archive.session.queries.size(), "no more were requested");
        reader.subscription().request(Long.MAX_VALUE);
        reader.subscription().request(Long.MAX_VALUE);
        answer("3", true);
        reader.subscription().request(1);

        assertEquals(List.of("1-1", "2-2", "3-3", "end"), reader.heard);
        assertEquals(3, archive.session.queries.size());
    }

    @Test
    void failure_endsIt() {
        archive.feature.pages(ArchiveQuery.all()).subscribe(reader);
        reader.subscription().request(9);
        answer("1", false);
        answer("1", false);

        assertEquals(List.of("1-1"), reader.heard);
        assertInstanceOf(ProtocolViolationException.class, reader.failure);
        reader.subscription().request(1);
        assertEquals(2, archive.session.queries.size());
    }

    @Test
    void cancelled_nothingIsAwaited() {
        archive.feature.pages(ArchiveQuery.all()).subscribe(reader);
        reader.subscription().request(9);
        reader.subscription().cancel();
        reader.subscription().request(-1);

        assertTrue(archive.session.lastQuery().answer().isCancelled());
        assertEquals(List.of(), reader.heard);
        assertEquals(null, reader.failure);
    }

    @Test
    void whatCannotBeAsked_isThrownAtOnce() {
        assertThrows(
                IllegalArgumentException.class,
                () -> archive.feature.pages(ArchiveQuery.all().after("\u0000")));
    }
}
