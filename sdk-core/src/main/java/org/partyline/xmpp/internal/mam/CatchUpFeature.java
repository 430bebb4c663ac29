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
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.ArchiveMarker;
import org.partyline.xmpp.internal.stanza.ArchiveReader;
import org.partyline.xmpp.internal.stanza.CatchUpTarget;
import org.partyline.xmpp.internal.stanza.Feature;
import org.partyline.xmpp.internal.stanza.StanzaRoutes;
import org.partyline.xmpp.internal.stanza.StanzaSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the gaps that lost connections leave: reads the account's archive from where it was known up to its end, while what
 * arrives meanwhile waits, and what is to be sent again too. Only then is anything sent again that the archive does not hold.
 *
 * <p>A resumed session is read behind too, because there are servers that deliver what came meanwhile in another order, or a
 * copy not at all; and some time after each reading the archive is looked at once more, because a message can come between
 * the reading and the server's beginning to deliver. Up to there nothing that arrives moves the place up to which the archive
 * is known. Loop only.
 */
public final class CatchUpFeature implements Feature {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUpFeature.class);
    /** Clocks are not of one time, and archives not of one order: what is asked for by time is asked for from before it. */
    static final Duration OVERLAP = Duration.ofMinutes(10);
    /** When the archive is looked at once more after a reading. */
    static final Duration CHECK = Duration.ofSeconds(5);
    /** What the archive refuses now it may answer later. */
    private static final List<Duration> RETRIES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15));

    private final StanzaSession session;
    private final Function<String, CompletableFuture<Boolean>> accountHas;
    private final ArchivePosition position;
    private final EventSource<CatchUp> reports;
    private @Nullable CatchUpTarget target;
    private @Nullable ArchiveReader archive;
    private @Nullable Run run;
    private EventLoop.@Nullable Cancellable check;
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
        this.position = new ArchivePosition(session.records());
        this.reports = new EventSource<>(session.callbacks(), session.limits().subscriberBuffer());
    }

    /**
     * Says what is caught up with, and from what. Called once, before anything is sent.
     *
     * @param target what is given what was missed
     * @param archive reads the account's archive
     */
    public void connect(CatchUpTarget target, ArchiveReader archive) {
        this.target = target;
        this.archive = archive;
    }

    @Override
    public void register(StanzaRoutes routes) {
        session.onHandled(position::takeUnwritten);
    }

    /** {@return up to where the archive is known} */
    public ArchiveMarker marker() {
        return position.marker();
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
        ArchiveReader reader = archive;
        if (with == null || reader == null) {
            return CompletableFuture.completedFuture(null);
        }
        gap = true;
        ArchiveMarker inDoubt = with.firstInDoubt();
        boolean first = !position.isKnown();
        if (first) {
            position.moveBackTo(Instant.now().minus(OVERLAP));
            storePosition();
        }
        if (inDoubt != null) {
            session.holdOutbox();
        }
        begin(new Run(
                with,
                reader,
                // A process that was killed may have noted a place that it did not come to store as known.
                inDoubt != null && inDoubt.step() <= marker().step() ? inDoubt : marker(),
                first && inDoubt == null ? Mode.FIRST_MEETING : Mode.READING));
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Stores the position at once, and not together with the next message that is handled: there may be none before the process
     * ends, and what comes until the next one begins would be taken for what was there before this device was.
     */
    private void storePosition() {
        session.records().commit(position.takeUnwritten()).whenComplete((stored, failure) -> {
            if (failure != null) {
                LOG.warn("the place in the archive could not be stored: {}", failure.toString());
            }
        });
    }

    private void begin(Run begun) {
        run = begun;
        if (begun.mode == Mode.READING) {
            begun.target.hold();
        }
        begun.ask();
    }

    @Override
    public void onResumed() {
        Run under = run;
        CatchUpTarget with = target;
        ArchiveReader reader = archive;
        if (under != null && under.mode != Mode.CHECK) {
            under.goOn();
        } else if (with != null && reader != null) {
            begin(new Run(with, reader, marker(), Mode.READING));
        }
    }

    @Override
    public void onOffline() {
        gap = true;
        stopCheck();
    }

    @Override
    public void onSessionEnded() {
        // What waits waits on: the next session reads on from where this one came to, and that goes before it.
        run = null;
        stopCheck();
    }

    private void checkLater(CatchUpTarget with, ArchiveReader reader) {
        stopCheck();
        check = session.loop()
                .schedule(
                        () -> {
                            check = null;
                            if (run == null && session.isOnline()) {
                                begin(new Run(with, reader, marker(), Mode.CHECK));
                            }
                        },
                        CHECK);
    }

    private void stopCheck() {
        if (check != null) {
            check.cancel();
            check = null;
        }
    }

    @Override
    public void onClosed() {
        stopCheck();
        reports.complete();
    }

    /** What a run is for. */
    private enum Mode {
        /** There is nothing to catch up with. */
        FIRST_MEETING,
        /** There may be a gap, and what arrives waits. */
        READING,
        /** There should be no gap. */
        CHECK
    }

    /** One run through the archive. */
    private final class Run {
        final CatchUpTarget target;
        final ArchiveReader archive;
        final ArchiveMarker from;
        final Mode mode;

        /** Up to where it was read, or null where no id is known. */
        private @Nullable String reached;

        private int messages;
        private int given;
        private int failures;
        private boolean gapPossible;
        /** What failed while there was no connection, to be done again with the next one. */
        private @Nullable Runnable again;

        Run(CatchUpTarget target, ArchiveReader archive, ArchiveMarker from, Mode mode) {
            this.target = target;
            this.archive = archive;
            this.from = from;
            this.reached = from.id();
            this.mode = mode;
        }

        void ask() {
            accountHas.apply(ArchiveStanzas.ARCHIVE).whenComplete((has, failure) -> {
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
            if (mode == Mode.FIRST_MEETING) {
                readNewest();
            } else {
                readOn();
            }
        }

        private void readOn() {
            if (reached != null) {
                read(archive.forwards(reached, null), true);
            } else {
                byTime();
            }
        }

        private void byTime() {
            Instant time = from.time() == null ? position.time() : from.time();
            read(archive.forwards(null, time == null ? Instant.EPOCH : time.minus(OVERLAP)), false);
        }

        private void readNewest() {
            archive.newest().whenComplete((page, failure) -> {
                if (run != this) {
                    return;
                }
                if (failure == null) {
                    if (page.last() != null) {
                        position.moveTo(page.last(), Instant.now());
                        storePosition();
                    }
                    end(null, true);
                } else {
                    tryAgain(this::readNewest, unwrapped(failure));
                }
            });
        }

        /** Reads on; the first page behind an id may be refused because the archive does not know the id any more. */
        private void read(ArchiveReader.Run pages, boolean behindId) {
            pages.next().whenComplete((page, failure) -> {
                if (run != this) {
                    return;
                }
                if (failure == null) {
                    take(page);
                    if (page.complete()) {
                        end(null, true);
                    } else {
                        read(pages, behindId);
                    }
                } else {
                    failed(pages, behindId, unwrapped(failure));
                }
            });
        }

        private void take(ArchiveReader.Page page) {
            failures = 0;
            for (ArchiveReader.Entry entry : page.entries()) {
                XmlElement message = entry.delayedMessage();
                given += message != null && target.archived(entry.id(), message) ? 1 : 0;
            }
            messages += page.entries().size();
            if (page.last() != null) {
                // Read from where it was known on, so there is no gap up to here.
                position.moveTo(page.last(), null);
                reached = page.last();
            }
        }

        private void failed(ArchiveReader.Run pages, boolean behindId, Throwable failure) {
            if (failure instanceof RequestRejectedException refused
                    && refused.condition().equals("item-not-found")
                    && behindId
                    && !gapPossible) {
                gapPossible = true; // the archive has let go of what the position stood at
                reached = null;
                byTime();
            } else if (failure instanceof ProtocolViolationException && messages < ArchiveRun.MAX_MESSAGES) {
                // A page that cannot be believed may be another when it is asked for anew.
                tryAgain(this::readOn, failure);
            } else {
                tryAgain(() -> read(pages, behindId), failure);
            }
        }

        private void tryAgain(Runnable next, Throwable failure) {
            ImException known = failure instanceof ImException im
                    ? im
                    : new ProtocolViolationException("catch up", failure.toString(), failure);
            if (!session.isOnline()) {
                again = next; // the session ends, and this with it, or it is resumed
            } else if (isPassing(known) && failures < RETRIES.size()) {
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
            if (failure == null && hasArchive && mode != Mode.CHECK) {
                checkLater(target, archive);
            } else {
                gap = failure != null;
            }
            target.release();
            session.letGoOutbox();
            boolean quiet = mode == Mode.FIRST_MEETING || (mode == Mode.CHECK && given == 0 && failure == null);
            if (hasArchive && !quiet) {
                reports.emit(new CatchUp(messages, given, gapPossible || failure != null, failure));
            }
        }
    }

    /** {@return whether it may be of use to ask again} */
    private static boolean isPassing(ImException failure) {
        return (failure.isRetryable() && !(failure instanceof LimitExceededException))
                || failure instanceof ProtocolViolationException;
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
