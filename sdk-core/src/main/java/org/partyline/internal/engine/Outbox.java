package org.partyline.internal.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.partyline.error.ConnectionLostException;
import org.partyline.error.ImException;
import org.partyline.error.LimitExceededException;
import org.partyline.error.NotConnectedException;
import org.partyline.transport.connection.EventLoop;

/**
 * All that goes out, in one order. Any thread offers; the loop drains while the connection takes more, many items a turn
 * and one flush a turn. What is in flight stays until it is acknowledged, and goes out first, in its order, when a
 * connection comes back.
 */
public final class Outbox {
    /** Items after which an acknowledgement is asked for, though one is awaited already (L16). */
    private static final int ASK_EVERY = 10;

    /** The connection, as far as the outbox needs it. */
    public interface Wire {
        /** {@return whether it takes more now} */
        boolean isWritable();

        /**
         * Writes without flushing.
         *
         * @param encoded the bytes
         */
        void write(byte[] encoded);

        /** Asks the other side how much it has, without flushing; {@link #acknowledge} brings the answer. */
        void ask();

        /** Sends what was written. */
        void flush();
    }

    private final EventLoop loop;
    private final int maxItems;
    private final long maxBytes;
    private final int window;

    // Any thread.
    private final Queue<Outbound> offered = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean drainScheduled = new AtomicBoolean();
    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicInteger passing = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean refusing;

    // The loop.
    private final WaitingItems waiting;
    private final InFlight inFlight = new InFlight();
    /** What the process before this wrote in the session that may go on, by the count that covers it. */
    private final Map<Outbound, Integer> writtenEarlier = new LinkedHashMap<>();

    private @Nullable Wire wire;
    private boolean countsSession;
    private boolean closed;
    private int unasked;
    private boolean keptUnasked;
    private boolean asking;
    private final List<Runnable> whenEmpty = new ArrayList<>();

    /**
     * @param loop the loop to live on
     * @param maxItems how many kept items it holds, and again how many others
     * @param maxBytes how many bytes it holds
     * @param window how many items may be in flight
     */
    public Outbox(EventLoop loop, int maxItems, long maxBytes, int window) {
        this.loop = loop;
        this.maxItems = maxItems;
        this.maxBytes = maxBytes;
        this.window = window;
        this.waiting = new WaitingItems(loop, this::expire);
    }

    /**
     * Takes an item. Any thread.
     *
     * @param operation what is attempted, for exceptions
     * @param item the item
     * @throws LimitExceededException if the outbox is full
     * @throws NotConnectedException if it takes no more
     */
    public void offer(String operation, Outbound item) {
        reserve(operation, item);
        enter(item);
    }

    /**
     * Makes room for an item, which is to be followed by {@link #enter} or {@link #giveBack}. Any thread.
     *
     * @param operation what is attempted, for exceptions
     * @param item the item
     * @throws LimitExceededException if the outbox is full
     * @throws NotConnectedException if it takes no more
     */
    public void reserve(String operation, Outbound item) {
        boolean keep = item.kind() == Outbound.Kind.KEPT;
        if (refusing && keep) {
            throw new NotConnectedException(operation);
        }
        AtomicInteger count = keep ? kept : passing;
        if (count.incrementAndGet() > maxItems) {
            count.decrementAndGet();
            throw new LimitExceededException(operation, "outboxMessages", maxItems);
        }
        if (bytes.addAndGet(item.encoded().length) > maxBytes) {
            release(item);
            throw new LimitExceededException(operation, "outboxBytes", maxBytes);
        }
    }

    /**
     * Takes an item that has room. Any thread.
     *
     * @param item the item
     */
    public void enter(Outbound item) {
        offered.add(item);
        wake();
    }

    /**
     * Lets go of the room that was made for an item. Any thread.
     *
     * @param item the item
     */
    public void giveBack(Outbound item) {
        release(item);
        wake();
    }

    /**
     * Takes an item that an outbox before this one had taken, whatever the bounds. Called before anything is offered.
     *
     * @param item the item, which is kept
     * @param count what the other side counts when it has it, if it was written in the session that may go on
     */
    public void restore(Outbound item, OptionalInt count) {
        kept.incrementAndGet();
        bytes.addAndGet(item.encoded().length);
        waiting.add(item);
        count.ifPresent(covering -> writtenEarlier.put(item, covering));
    }

    /** Keeps what is kept from being written, until {@link #letGo}; the rest passes by it. */
    public void hold() {
        waiting.hold();
    }

    /** Has what was held back written, in its order. */
    public void letGo() {
        waiting.letGo();
        drain();
    }

    /** {@return what is held back, in order} */
    public List<Outbound> held() {
        return waiting.held();
    }

    /**
     * Takes back an item that no server can have.
     *
     * @param item the item, which is kept
     * @return whether it was taken back; if not, it was written, or is done with
     */
    public boolean withdraw(Outbound item) {
        if (item.wasWritten() || !(waiting.remove(item) || offered.remove(item))) {
            return false;
        }
        release(item);
        checkEmpty();
        return true;
    }

    /**
     * Takes an item out of what waits, because it is known by other means what became of it.
     *
     * @param item the item
     * @return whether it was there
     */
    public boolean settle(Outbound item) {
        boolean was = waiting.remove(item);
        if (was) {
            release(item);
            checkEmpty();
        }
        return was;
    }

    /**
     * Puts other bytes in the place of an item's, if no server can have it.
     *
     * @param item the item, which is kept
     * @param encoded the bytes; not copied
     * @return whether this was done; if not, it was written, or is done with
     */
    public boolean replace(Outbound item, byte[] encoded) {
        if (item.wasWritten() || !(waiting.contains(item) || offered.contains(item))) {
            return false;
        }
        bytes.addAndGet(encoded.length - item.encoded().length);
        item.replace(encoded);
        return true;
    }

    /** Has the loop drain soon. Any thread. */
    public void wake() {
        if (!drainScheduled.get() && drainScheduled.compareAndSet(false, true)) {
            try {
                loop.execute(this::drain);
            } catch (RejectedExecutionException e) {
                // The loop has ended, and so has all that lived on it: nothing else will look at the queue again.
                dropAll(new NotConnectedException("send"));
            }
        }
    }

    /** Takes no more kept items. Any thread. */
    public void refuse() {
        refusing = true;
    }

    /** {@return the counters} */
    public InFlight inFlight() {
        return inFlight;
    }

    /**
     * Starts to write to a connection. Whatever was in flight before must have been settled by {@link #resume} or
     * {@link #restart}.
     *
     * @param wire the connection
     * @param counting whether the other side counts {@link Outbound.Kind#SESSION} items too
     */
    public void attach(Wire wire, boolean counting) {
        this.wire = wire;
        this.countsSession = counting;
        this.asking = false;
        this.unasked = 0;
        this.keptUnasked = false;
    }

    /** Stops writing: the connection is gone. */
    public void detach() {
        wire = null;
    }

    /**
     * The session goes on: what the other side has is done with, and the rest goes out again, before anything new.
     *
     * @param count how many the other side has
     * @return false if the count is impossible; nothing has happened then
     */
    public boolean resume(int count) {
        if (!settle(count)) {
            return false;
        }
        waiting.addFirst(inFlight.takeAll());
        inFlight.reset(count);
        return true;
    }

    /**
     * The session of the process before this goes on. What that is known to have written is settled by its count; the rest goes
     * out, whether it was written or not.
     *
     * @param count how many the other side has
     */
    public void resumeEarlier(int count) {
        settleEarlier(OptionalInt.of(count));
        inFlight.reset(count);
    }

    private void settleEarlier(OptionalInt count) {
        count.ifPresent(has -> writtenEarlier.forEach((item, covering) -> {
            // Modulo 2^32, so that a count that went round is the later one.
            if (has - covering >= 0 && settle(item)) {
                item.onAcknowledged();
            }
        }));
        writtenEarlier.clear();
    }

    /**
     * The session is over: what is to be kept goes out again in the next one, first and in order; the rest is dropped.
     *
     * @param handled how many of the items in flight the other side has, where it said so; an impossible count is not heeded
     */
    public void restart(OptionalInt handled) {
        settleEarlier(handled);
        handled.ifPresent(this::settle);
        List<Outbound> written = inFlight.takeAll();
        inFlight.reset(0);
        List<Outbound> unwritten = waiting.takeAll();
        for (Outbound item : written) {
            keepOrDrop(item, true);
        }
        for (Outbound item : unwritten) {
            keepOrDrop(item, false);
        }
        checkEmpty();
    }

    private void keepOrDrop(Outbound item, boolean written) {
        if (item.kind() == Outbound.Kind.KEPT) {
            if (written && item.isKnownHandled()) {
                release(item);
                item.onAcknowledged();
            } else {
                waiting.add(item);
            }
        } else {
            drop(
                    item,
                    new ConnectionLostException("send", "the session ended before the server had it", null, written));
        }
    }

    /**
     * Takes an acknowledgement, and goes on writing.
     *
     * @param count how many the other side has
     * @return false if the count is impossible; nothing has happened then
     */
    public boolean acknowledge(int count) {
        if (!settle(count)) {
            return false;
        }
        asking = false;
        if (inFlight.size() == 0) {
            unasked = 0;
            keptUnasked = false;
        }
        drain();
        return true;
    }

    private boolean settle(int count) {
        return inFlight.acknowledge(count, item -> {
            release(item);
            item.onAcknowledged();
        });
    }

    /**
     * Calls back once nothing that is to be kept is left.
     *
     * @param then called once, on the loop
     */
    public void whenEmpty(Runnable then) {
        whenEmpty.add(then);
        checkEmpty();
    }

    /** Drops everything, now and from now on. */
    public void close() {
        refusing = true;
        closed = true;
        drain();
    }

    /** Writes what can be written. */
    public void drain() {
        drainScheduled.set(false);
        if (closed) {
            dropAll(new NotConnectedException("send"));
            return;
        }
        collect();
        Wire to = wire;
        if (to == null) {
            waiting.watchDeadlines();
            return;
        }
        boolean wrote = false;
        while (inFlight.size() < window && waiting.hasReady() && to.isWritable()) {
            write(to, waiting.nextReady());
            wrote = true;
            if (unasked >= window / 4) {
                ask(to);
            }
        }
        // While no answer is awaited, asking at once costs no more than asking later, and tells the sender sooner.
        if (unasked >= ASK_EVERY || (keptUnasked && !asking)) {
            ask(to);
            wrote = true;
        }
        if (wrote) {
            to.flush();
        }
        waiting.watchDeadlines();
        checkEmpty();
    }

    private void write(Wire to, Outbound item) {
        to.write(item.encoded());
        item.markWritten();
        boolean keep = item.kind() == Outbound.Kind.KEPT;
        if (keep || (countsSession && item.kind() == Outbound.Kind.SESSION)) {
            inFlight.add(item);
            unasked++;
            keptUnasked |= keep;
        } else {
            release(item);
        }
        item.onWritten(inFlight.sent());
    }

    private void ask(Wire to) {
        to.ask();
        unasked = 0;
        keptUnasked = false;
        asking = true;
    }

    private void collect() {
        Outbound item;
        while ((item = offered.poll()) != null) {
            if (wire == null && item.kind() != Outbound.Kind.KEPT) {
                drop(item, new NotConnectedException("send"));
            } else if (item.admit()) {
                waiting.add(item);
            } else {
                release(item);
            }
        }
    }

    private void expire(Outbound item) {
        release(item);
        item.onExpired();
        checkEmpty();
    }

    private void dropAll(ImException cause) {
        inFlight.takeAll().forEach(item -> drop(item, cause));
        waiting.takeAll().forEach(item -> drop(item, cause));
        Outbound item;
        while ((item = offered.poll()) != null) {
            drop(item, cause);
        }
        checkEmpty();
    }

    private void drop(Outbound item, ImException cause) {
        release(item);
        item.onDropped(cause);
    }

    private void release(Outbound item) {
        bytes.addAndGet(-item.encoded().length);
        (item.kind() == Outbound.Kind.KEPT ? kept : passing).decrementAndGet();
    }

    private void checkEmpty() {
        if (!whenEmpty.isEmpty() && kept.get() == 0) {
            List<Runnable> all = List.copyOf(whenEmpty);
            whenEmpty.clear();
            all.forEach(Runnable::run);
        }
    }
}
