package org.partyline.xmpp.internal.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.partyline.internal.engine.DrainMark;
import org.partyline.store.StoreChange;
import org.partyline.transport.connection.EventLoop;
import org.partyline.transport.connection.XmlConnection;
import org.partyline.xmpp.internal.sm.SmElements;
import org.partyline.xmpp.internal.sm.SmSession;

/**
 * Tells the server how many stanzas are handled, when it asks (XEP-0198 section 4). A message is handled when the application has been
 * given it, and what is to be remembered of it is stored: a process that ends before gets it again. An application that takes
 * its time does not keep the server waiting for an answer, only for a higher count. Loop only.
 */
final class HandledCount {
    /** How long an answer waits for what came with the question to be handled. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Stanzas that may stay unhandled behind one that waits: servers end sessions that leave too much unacknowledged (L18). */
    static final int MOST_HELD = 200;

    private final SessionCore core;
    private final SmSession sm;
    private final XmlConnection connection;
    private boolean messages;
    /** The count before the first message that waits to be given to the application. */
    private OptionalInt brake = OptionalInt.empty();

    /** Whether what waited has been handed on, and may not all be given. */
    private boolean released;

    private boolean asked;
    private int marks;
    private boolean ended;
    private EventLoop.@Nullable Cancellable timer;

    HandledCount(SessionCore core, SmSession sm, XmlConnection connection) {
        this.core = core;
        this.sm = sm;
        this.connection = connection;
        // What came before the session was resumed may still wait to be given.
        this.released = sm.hasRepeats();
        core.counting(this);
    }

    /** The message that is being routed is in no archive. */
    void atRisk() {
        sm.atRisk();
    }

    /** The message that is being routed waits, and no archive is known to hold it: it is not handled, nor is what comes behind. */
    void hold() {
        if (brake.isEmpty()) {
            brake = OptionalInt.of(sm.received());
        }
    }

    /** What waited has been handed on. */
    void letGo() {
        released = true;
        if (brake.isPresent()) {
            brake = OptionalInt.empty();
            mark();
        }
    }

    /** {@return the count, or as much of it as nothing waits for} */
    private int braked(int count) {
        if (brake.isPresent() && sm.received() - brake.getAsInt() > MOST_HELD) {
            brake = OptionalInt.empty();
        }
        return brake.isPresent() && count - brake.getAsInt() > 0 ? brake.getAsInt() : count;
    }

    /** A stanza has been routed, and counted as received. */
    void received(boolean message) {
        messages |= message;
        if (!messages && marks == 0) {
            sm.handledUpTo(braked(sm.received()));
        }
    }

    /** The server asks. However many ask in one read, one count tells it. */
    void asked() {
        asked = true;
    }

    /** All that one read brought is routed. */
    void readComplete() {
        if (messages) {
            messages = false;
            mark();
        }
        if (!asked || ended) {
            return;
        }
        if (marks == 0) {
            answer();
        } else if (timer == null) {
            timer = connection.loop().schedule(this::answerLate, PATIENCE);
        }
    }

    private void mark() {
        marks++;
        int count = sm.received();
        // A subscriber's buffer holds no more than what was not handled yet and what waited, or is full.
        int most = core.limits().subscriberBuffer();
        int buffered = released ? most : Math.min(most, Math.max(1, count - sm.handled()));
        // Of what comes behind the mark nothing is remembered yet: it may not be given when the mark has passed.
        List<StoreChange> changes = core.takeUnwritten();
        DrainMark.behind(core.callbacks(), buffered, () -> later(() -> passed(count, changes)));
    }

    /** Stored before it is told. */
    private void passed(int passed, List<StoreChange> changes) {
        int count = braked(passed);
        core.handled(sm, count, changes).whenComplete((stored, never) -> onLoop(() -> handled(count)));
    }

    private void onLoop(Runnable task) {
        if (connection.loop().inLoop()) {
            task.run();
        } else {
            later(task);
        }
    }

    private void later(Runnable task) {
        try {
            connection.loop().execute(task);
        } catch (RejectedExecutionException e) {
            // The loop has ended, and nobody counts any more.
            return;
        }
    }

    private void handled(int count) {
        marks--;
        released &= marks > 0;
        sm.handledUpTo(braked(count));
        if (marks == 0 && !messages) {
            // What came since and is no message waits for nothing else.
            sm.handledUpTo(braked(sm.received()));
        }
        if (asked && marks == 0 && !ended) {
            answer();
        }
    }

    private void answerLate() {
        timer = null;
        if (asked && !ended) {
            answer();
        }
    }

    private void answer() {
        asked = false;
        int count = sm.handled();
        core.handled(sm, count, new ArrayList<>()).whenComplete((stored, never) -> onLoop(() -> tell(count)));
    }

    private void tell(int count) {
        if (!ended) {
            connection.write(SmElements.ack(count));
            connection.flush();
        }
    }

    /** The stream is over, or being closed. */
    void end() {
        ended = true;
        core.countingEnded(this);
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
