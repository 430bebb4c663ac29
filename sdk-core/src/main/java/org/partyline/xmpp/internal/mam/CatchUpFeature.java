package org.partyline.xmpp.internal.mam;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.partyline.error.ImException;
import org.partyline.error.LimitExceededException;
import org.partyline.error.ProtocolViolationException;
import org.partyline.error.RequestRejectedException;
import org.partyline.internal.events.EventSource;
import org.partyline.message.CatchUp;
import org.partyline.stream.EventStream;
import org.partyline.xmpp.internal.stanza.ArchiveMarker;
import org.partyline.xmpp.internal.stanza.CatchUpTarget;
import org.partyline.xmpp.internal.stanza.Feature;
import org.partyline.xmpp.internal.stanza.StanzaRoutes;
import org.partyline.xmpp.internal.stanza.StanzaSession;

/**
 * Closes the gap that a session leaves which could not be resumed: reads the account's archive from where it was known up to
 * its end, while what arrives meanwhile waits, and what is to be sent again too. Only then is anything sent again that the archive
 * does not hold. Loop only.
 */
public final class CatchUpFeature implements Feature {
    /** Messages on a page (L37). */
    static final int PAGE = 100;
    /** Messages that one catch-up reads (L37). */
    static final int MOST = 100_000;
    /** Clocks are not of one time, and archives not of one order: what is asked for by time is asked for from before it. */
    static final Duration OVERLAP = Duration.ofMinutes(10);
    /** What the archive refuses now it may answer later. */
    private static final List<Duration> RETRIES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15));

    private final StanzaSession session;
    private final Function<String, CompletableFuture<Boolean>> accountHas;
    private final ArchiveReader archive;
    private final ArchivePosition position;
    private final EventSource<CatchUp> reports;
    private @Nullable CatchUpTarget target;
    private @Nullable Run run;
    /** Whether something may be missing between the position and what arrives now. */
    private boolean gap = true;

    /**
     * Makes the feature.
     *
     * @param session the session
     * @param accountHas asks whether the account has a feature
     */
    public CatchUpFeature(StanzaSession session, Function<String, CompletableFuture<Boolean>> accountHas) {
        this.session = session;
        this.accountHas = accountHas;
        this.archive = new ArchiveReader(session);
        this.position = new ArchivePosition(session.records());
        this.reports = new EventSource<>(session.callbacks(), session.limits().subscriberBuffer());
    }

    /**
     * Says what is caught up with. Called once, before anything is sent.
     *
     * @param target it
     */
    public void target(CatchUpTarget target) {
        this.target = target;
    }

    @Override
    public void register(StanzaRoutes routes) {
        archive.register(routes);
        session.onHandled(position::takeUnwritten);
    }

    /** {@return up to where the archive is known} */
    public ArchiveMarker marker() {
        return new ArchiveMarker(position.id(), position.time());
    }

    /** {@return how each catch-up ended} */
    public EventStream<CatchUp> reports() {
        return reports.stream();
    }

    /**
     * A message was handed on that the account's archive holds.
     *
     * @param archiveId the archive's id of it
     */
    public void handedOn(String archiveId) {
        if (!gap) {
            position.moveTo(archiveId, Instant.now());
        }
    }

    @Override
    public CompletableFuture<Void> onBound() {
        CatchUpTarget with = target;
        if (with == null) {
            return CompletableFuture.completedFuture(null);
        }
        gap = true;
        ArchiveMarker inDoubt = with.firstInDoubt();
        boolean first = !position.isKnown();
        if (first) {
            position.moveBackTo(Instant.now().minus(OVERLAP));
        }
        Run begun = new Run(with, inDoubt != null ? inDoubt : marker(), first && inDoubt == null);
        run = begun;
        if (inDoubt != null) {
            session.holdOutbox();
        }
        if (!begun.onlyNewest) {
            with.hold();
        }
        begun.ask();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onResumed() {
        if (run != null) {
            run.goOn();
        }
    }

    @Override
    public void onSessionEnded() {
        Run former = run;
        run = null;
        if (former != null) {
            former.target.release();
        }
    }

    @Override
    public void onClosed() {
        reports.complete();
    }

    /** One catch-up. */
    private final class Run {
        final CatchUpTarget target;
        final ArchiveMarker from;
        /** Whether there is nothing to catch up with: the archive is met for the first time. */
        final boolean onlyNewest;

        private int messages;
        private int emptyPages;
        private int failures;
        private boolean gapPossible;
        /** What failed while there was no connection, to be done again with the next one. */
        private @Nullable Runnable again;

        Run(CatchUpTarget target, ArchiveMarker from, boolean onlyNewest) {
            this.target = target;
            this.from = from;
            this.onlyNewest = onlyNewest;
        }

        void ask() {
            accountHas.apply(ArchiveRequest.ARCHIVE).whenComplete((has, failure) -> {
                if (run != this) {
                    return;
                }
                if (failure == null && has) {
                    start();
                } else if (failure == null || unwrapped(failure) instanceof RequestRejectedException) {
                    end(null, false);
                } else {
                    tryAgain(this::ask, unwrapped(failure));
                }
            });
        }

        void goOn() {
            Runnable next = again;
            again = null;
            if (next != null) {
                next.run();
            }
        }

        private void start() {
            if (onlyNewest) {
                read(ArchiveRequest.ofNewest());
            } else if (from.id() != null) {
                read(new ArchiveRequest(from.id(), null, false, PAGE));
            } else {
                byTime();
            }
        }

        private void byTime() {
            Instant time = from.time() == null ? position.time() : from.time();
            read(new ArchiveRequest(null, time == null ? Instant.EPOCH : time.minus(OVERLAP), false, PAGE));
        }

        private void read(ArchiveRequest request) {
            if (run != this) {
                return;
            }
            archive.read(request).whenComplete((page, failure) -> {
                if (run != this) {
                    return;
                }
                if (failure == null) {
                    take(request, page);
                } else {
                    failed(request, unwrapped(failure));
                }
            });
        }

        private void take(ArchiveRequest request, ArchivePage page) {
            failures = 0;
            if (onlyNewest) {
                if (page.last() != null) {
                    position.moveTo(page.last(), Instant.now());
                }
                end(null, true);
                return;
            }
            for (ArchivePage.Result result : page.results()) {
                target.archived(result.id(), result.message());
            }
            messages += page.results().size();
            emptyPages = page.last() == null ? emptyPages + 1 : 0;
            if (page.last() != null) {
                // Read from where it was known on, so there is no gap up to here.
                position.moveTo(page.last(), null);
            }
            if (page.complete()) {
                end(null, true);
            } else if (emptyPages > 1 || (page.last() != null && page.last().equals(request.after()))) {
                end(new ProtocolViolationException("catch up", "the archive's pages lead nowhere", null), true);
            } else if (messages >= MOST) {
                end(new LimitExceededException("catch up", "archivedMessages", MOST), true);
            } else {
                read(new ArchiveRequest(
                        page.last() == null ? request.after() : page.last(), request.start(), false, PAGE));
            }
        }

        private void failed(ArchiveRequest request, Throwable failure) {
            if (failure instanceof RequestRejectedException refused
                    && refused.condition().equals("item-not-found")
                    && request.after() != null
                    && !gapPossible) {
                gapPossible = true; // the archive has let go of what the position stood at
                byTime();
            } else {
                tryAgain(() -> read(request), failure);
            }
        }

        private void tryAgain(Runnable next, Throwable failure) {
            ImException known = failure instanceof ImException im
                    ? im
                    : new ProtocolViolationException("catch up", failure.toString(), failure);
            if (!session.isOnline()) {
                again = next; // the session ends, and this with it, or it is resumed
            } else if (known.isRetryable() && failures < RETRIES.size()) {
                session.loop()
                        .schedule(
                                () -> {
                                    if (run == this) {
                                        next.run();
                                    }
                                },
                                RETRIES.get(failures++));
            } else {
                end(known, true);
            }
        }

        /** Hands on what waited. Without a failure there is no gap any more. */
        void end(@Nullable ImException failure, boolean hasArchive) {
            if (run != this) {
                return;
            }
            run = null;
            gap = failure != null;
            target.release();
            session.letGoOutbox();
            if (hasArchive && !onlyNewest) {
                reports.emit(new CatchUp(messages, gapPossible || failure != null, failure));
            }
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
