package org.partyline.xmpp.internal.mam;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.partyline.archive.ArchivePage;
import org.partyline.archive.ArchiveQuery;

/** All pages of a query, of which each subscriber has as many asked for as it wants, one at a time. */
final class ArchivePages implements Flow.Publisher<ArchivePage> {
    private final ArchiveQuery first;
    private final Function<ArchiveQuery, CompletableFuture<ArchivePage>> read;
    private final Executor callbacks;

    /**
     * @param first asks for the first page
     * @param read reads a page
     * @param callbacks runs one task at a time, in order: all that a subscription does
     */
    ArchivePages(ArchiveQuery first, Function<ArchiveQuery, CompletableFuture<ArchivePage>> read, Executor callbacks) {
        this.first = first;
        this.read = read;
        this.callbacks = callbacks;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ArchivePage> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        callbacks.execute(() -> subscriber.onSubscribe(new Reading(subscriber)));
    }

    /** One subscriber's way through the pages. Its state belongs to the callbacks, but for what says otherwise. */
    private final class Reading implements Flow.Subscription {
        private Flow.@Nullable Subscriber<? super ArchivePage> subscriber;
        private ArchiveQuery next = first;
        private long demand;
        private boolean asking;
        /** Any thread. */
        private volatile boolean cancelled;

        private volatile @Nullable CompletableFuture<ArchivePage> page;

        Reading(Flow.Subscriber<? super ArchivePage> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long pages) {
            callbacks.execute(() -> {
                if (pages <= 0) {
                    fail(new IllegalArgumentException("a request is for at least one page (rule 3.9): " + pages));
                } else {
                    demand = demand + pages < 0 ? Long.MAX_VALUE : demand + pages;
                    ask();
                }
            });
        }

        @Override
        public void cancel() {
            cancelled = true;
            CompletableFuture<ArchivePage> asked = page;
            if (asked != null) {
                asked.cancel(false);
            }
            callbacks.execute(() -> subscriber = null);
        }

        private void ask() {
            if (asking || demand == 0 || cancelled || subscriber == null) {
                return;
            }
            asking = true;
            CompletableFuture<ArchivePage> asked = read.apply(next);
            page = asked;
            if (cancelled) {
                asked.cancel(false);
            }
            asked.whenComplete((found, failure) -> callbacks.execute(() -> {
                asking = false;
                if (failure == null) {
                    hand(found);
                } else {
                    Throwable cause = failure.getCause();
                    fail(failure instanceof CompletionException && cause != null ? cause : failure);
                }
            }));
        }

        private void hand(ArchivePage found) {
            Flow.Subscriber<? super ArchivePage> target = subscriber;
            if (cancelled || target == null) {
                return;
            }
            if (demand != Long.MAX_VALUE) {
                demand--;
            }
            Optional<ArchiveQuery> more = found.more();
            if (more.isEmpty()) {
                subscriber = null;
            } else {
                next = more.get();
            }
            target.onNext(found);
            if (more.isPresent()) {
                ask();
            } else if (!cancelled) {
                target.onComplete();
            }
        }

        private void fail(Throwable failure) {
            Flow.Subscriber<? super ArchivePage> target = subscriber;
            subscriber = null;
            if (target != null && !cancelled) {
                target.onError(failure);
            }
        }
    }
}
