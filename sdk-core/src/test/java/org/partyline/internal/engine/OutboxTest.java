package org.partyline.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.error.ConnectionLostException;
import org.partyline.error.ImException;
import org.partyline.error.LimitExceededException;
import org.partyline.error.NotConnectedException;
import org.partyline.internal.engine.Outbound.Kind;

class OutboxTest implements Outbox.Wire {
    private final ManualLoop loop = new ManualLoop();
    private final Outbox outbox = new Outbox(loop, 1_000, 100_000, 40);
    private final List<String> wire = new ArrayList<>();
    private int asked;
    private int flushes;
    private boolean writable = true;

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void write(byte[] encoded) {
        wire.add(new String(encoded, StandardCharsets.UTF_8));
    }

    @Override
    public void ask() {
        asked++;
    }

    @Override
    public void flush() {
        flushes++;
    }

    private static final class Item extends Outbound {
        int written;
        int countedAs;
        int acknowledged;

        int expired;

        @Nullable
        ImException dropped;

        Item(String text, Kind kind) {
            this(text, kind, NEVER);
        }

        Item(String text, Kind kind, long deadline) {
            super(text.getBytes(StandardCharsets.UTF_8), kind, deadline);
        }

        @Override
        protected void onExpired() {
            expired++;
        }

        @Override
        protected void onWritten(int count) {
            countedAs = count;
            written++;
        }

        @Override
        protected void onAcknowledged() {
            acknowledged++;
        }

        @Override
        protected void onDropped(ImException cause) {
            dropped = cause;
        }
    }

    private Item offer(String text, Kind kind) {
        Item item = new Item(text, kind);
        outbox.offer("send", item);
        return item;
    }

    private void offerMany(int count) {
        for (int i = 0; i < count; i++) {
            offer("m" + i, Kind.KEPT);
        }
        loop.run();
    }

    @Test
    void manyOffersAreOneDrainAndOneFlush() {
        outbox.attach(this, true);
        offerMany(30);
        assertEquals(30, wire.size());
        assertEquals(1, flushes);
    }

    @Test
    void nothingKeptIsWrittenWithoutAConnection_andTheRestIsDropped() {
        Item kept = offer("k", Kind.KEPT);
        Item query = offer("q", Kind.SESSION);
        loop.run();
        assertEquals(0, kept.written);
        assertInstanceOf(NotConnectedException.class, query.dropped);
        outbox.attach(this, true);
        outbox.drain();
        assertEquals(List.of("k"), wire);
    }

    @Test
    @DisplayName("L16: no more than the window is in flight, and the rest goes on with acknowledgements")
    void theWindowHoldsBack() {
        outbox.attach(this, true);
        offerMany(100);
        assertEquals(40, wire.size());
        assertTrue(outbox.acknowledge(40));
        assertEquals(80, wire.size());
        assertTrue(outbox.acknowledge(80));
        assertEquals(100, wire.size());
        assertTrue(outbox.acknowledge(100));
        assertEquals(0, outbox.inFlight().size());
    }

    @ParameterizedTest
    @DisplayName("L16: what waits for the window: at the limit, one more, ten times as many")
    @ValueSource(ints = {40, 41, 400})
    void theWindowHolds_howeverManyWait(int offered) {
        outbox.attach(this, true);
        offerMany(offered);
        assertEquals(40, wire.size());
        assertEquals(40, outbox.inFlight().size());
    }

    @Test
    void aBurstAsksMoreThanOnceSoThatTheWindowNeverRunsDry() {
        outbox.attach(this, true);
        offerMany(40);
        assertEquals(4, asked, "each quarter of the window");
    }

    @Test
    void aSingleMessageAsksAtOnce_andWhileThatIsOutOnlyEveryTenth() {
        outbox.attach(this, true);
        offer("m", Kind.KEPT);
        loop.run();
        assertEquals(1, asked);
        for (int i = 0; i < 9; i++) {
            offer("n" + i, Kind.KEPT);
            loop.run();
        }
        assertEquals(1, asked);
        offer("n9", Kind.KEPT);
        loop.run();
        assertEquals(2, asked);
    }

    @Test
    void whatWasWrittenAfterTheQuestionIsAskedForWhenTheAnswerComes() {
        outbox.attach(this, true);
        offer("a", Kind.KEPT);
        loop.run();
        offer("b", Kind.KEPT);
        loop.run();
        assertEquals(1, asked);
        outbox.acknowledge(1);
        assertEquals(2, asked);
    }

    @Test
    void anUnwritableConnectionIsWaitedFor() {
        outbox.attach(this, true);
        writable = false;
        offerMany(5);
        assertEquals(0, wire.size());
        writable = true;
        outbox.drain();
        assertEquals(5, wire.size());
    }

    @Test
    void resume_sendsAgainWhatTheOtherSideLacks_beforeAnythingNew() {
        outbox.attach(this, true);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            items.add(offer("m" + i, i == 3 ? Kind.SESSION : Kind.KEPT));
        }
        loop.run();
        outbox.detach();
        offer("new", Kind.KEPT);
        loop.run();
        wire.clear();
        assertTrue(outbox.resume(2));
        outbox.attach(this, true);
        outbox.drain();
        assertEquals(List.of("m2", "m3", "m4", "new"), wire);
        assertEquals(1, items.get(1).acknowledged);
        assertEquals(2, items.get(2).written);
        assertEquals(6, outbox.inFlight().sent());
    }

    @Test
    void restart_sendsKeptItemsAgain_andDropsTheRest() {
        outbox.attach(this, true);
        Item first = offer("m0", Kind.KEPT);
        Item query = offer("q", Kind.SESSION);
        Item last = offer("m1", Kind.KEPT);
        loop.run();
        outbox.detach();
        outbox.restart(OptionalInt.of(1));
        assertEquals(1, first.acknowledged);
        assertTrue(
                assertInstanceOf(ConnectionLostException.class, query.dropped).outcomeUnknown());
        wire.clear();
        outbox.attach(this, true);
        outbox.drain();
        assertEquals(List.of("m1"), wire);
        assertEquals(2, last.written);
        assertEquals(1, outbox.inFlight().sent());
    }

    @Test
    @DisplayName("R8: counters pass 2^32 without a fault")
    void countersWrap() {
        outbox.inFlight().reset(-3);
        outbox.attach(this, true);
        offerMany(10);
        assertTrue(outbox.acknowledge(-1));
        assertEquals(8, outbox.inFlight().size());
        assertTrue(outbox.acknowledge(0));
        assertTrue(outbox.acknowledge(7));
        assertEquals(0, outbox.inFlight().size());
        assertEquals(7, outbox.inFlight().sent());
    }

    @Test
    void impossibleCounts_changeNothing() {
        outbox.attach(this, true);
        offerMany(5);
        assertTrue(outbox.acknowledge(3));
        assertFalse(outbox.acknowledge(6), "more than was sent");
        assertFalse(outbox.acknowledge(2), "less than before");
        assertEquals(2, outbox.inFlight().size());
        assertTrue(outbox.acknowledge(3), "nothing new");
    }

    @Test
    @DisplayName("L15: at the limit, one more, and with room again")
    void aFullOutboxRefuses() {
        for (int i = 0; i < 1_000; i++) {
            offer("m", Kind.KEPT);
        }
        LimitExceededException full = assertThrows(LimitExceededException.class, () -> offer("m", Kind.KEPT));
        assertEquals("outboxMessages", full.limit());
        assertEquals(1_000, full.value());
        for (int i = 0; i < 9_000; i++) {
            assertThrows(LimitExceededException.class, () -> offer("m", Kind.KEPT));
        }
        outbox.attach(this, true);
        loop.run();
        outbox.acknowledge(40);
        offer("m", Kind.KEPT);
    }

    @Test
    void aHeavyOutboxRefuses() {
        offer("x".repeat(60_000), Kind.KEPT);
        LimitExceededException full =
                assertThrows(LimitExceededException.class, () -> offer("x".repeat(60_000), Kind.KEPT));
        assertEquals("outboxBytes", full.limit());
        assertThrows(LimitExceededException.class, () -> offer("x".repeat(1_000_000), Kind.KEPT));
        offer("x".repeat(40_000), Kind.KEPT);
    }

    @Test
    void close_dropsEverythingNowAndLater() {
        outbox.attach(this, true);
        writable = false;
        Item waiting = offer("a", Kind.KEPT);
        loop.run();
        outbox.close();
        assertInstanceOf(NotConnectedException.class, waiting.dropped);
        assertThrows(NotConnectedException.class, () -> offer("b", Kind.KEPT));
    }

    @Test
    void whenEmpty_isCalledOnceTheLastKeptItemIsAcknowledged() {
        outbox.attach(this, true);
        offerMany(2);
        offer("q", Kind.SESSION);
        loop.run();
        List<String> calls = new ArrayList<>();
        outbox.whenEmpty(() -> calls.add("empty"));
        outbox.acknowledge(1);
        assertEquals(List.of(), calls);
        outbox.acknowledge(2);
        assertEquals(List.of("empty"), calls);
        outbox.acknowledge(3);
        assertEquals(List.of("empty"), calls);
    }

    @Test
    void whatIsHeld_waitsWhileTheRestPasses() {
        outbox.hold();
        outbox.attach(this, true);
        offer("k1", Kind.KEPT);
        offer("q", Kind.SESSION);
        offer("k2", Kind.KEPT);
        loop.run();
        assertEquals(List.of("q"), wire);
        assertEquals(2, outbox.held().size());
        outbox.letGo();
        assertEquals(List.of("q", "k1", "k2"), wire);
    }

    private Item earlier(String text, int count) {
        Item item = new Item(text, Kind.KEPT);
        outbox.restore(item, OptionalInt.of(count));
        return item;
    }

    @Test
    @DisplayName(
            "The session of the process before goes on: its count settles what it covers, and the counting goes on")
    void earlierSession_isGoneOnWith() {
        Item first = earlier("k1", -1);
        Item second = earlier("k2", 1); // the count went round between
        Item third = earlier("k3", 2);
        Item unknown = new Item("k4", Kind.KEPT);
        outbox.restore(unknown, OptionalInt.empty());
        outbox.resumeEarlier(1);
        outbox.attach(this, true);
        loop.run();
        outbox.drain();
        assertEquals(
                List.of(1, 1, 0, 0),
                List.of(first, second, third, unknown).stream()
                        .map(item -> item.acknowledged)
                        .toList());
        assertEquals(List.of("k3", "k4"), wire);
        assertEquals(List.of(2, 3), List.of(third.countedAs, unknown.countedAs));
        assertTrue(outbox.acknowledge(3));
        assertEquals(1, unknown.acknowledged);
    }

    @Test
    void earlierSession_thatTheServerHasNoMore_settlesWhatItSays() {
        Item first = earlier("k1", 4);
        Item second = earlier("k2", 5);
        outbox.restart(OptionalInt.of(4));
        outbox.attach(this, true);
        outbox.drain();
        assertEquals(1, first.acknowledged);
        assertEquals(List.of("k2"), wire);
        assertEquals(1, second.countedAs);
        outbox.restart(OptionalInt.of(0));
        assertEquals(0, second.acknowledged, "what the session before counted says nothing of this one");
    }

    @Test
    void whatWaitedBefore_isHeldToo_inItsOrder() {
        Item before = new Item("k0", Kind.KEPT);
        outbox.restore(before, OptionalInt.empty());
        offer("k1", Kind.KEPT);
        loop.run();
        outbox.hold();
        offer("k2", Kind.KEPT);
        outbox.attach(this, true);
        loop.run();
        assertEquals(List.of(), wire);
        outbox.detach();
        outbox.restart(OptionalInt.empty());
        outbox.attach(this, true);
        outbox.letGo();
        assertEquals(List.of("k0", "k1", "k2"), wire);
    }

    @Test
    void resumed_goesOutAtOnce_thoughTheRestIsHeld() {
        outbox.attach(this, true);
        offer("k1", Kind.KEPT);
        loop.run();
        outbox.detach();
        outbox.hold();
        offer("k2", Kind.KEPT);
        loop.run();
        assertTrue(outbox.resume(0));
        outbox.attach(this, true);
        outbox.drain();
        assertEquals(List.of("k1", "k1"), wire);
    }

    @Test
    void settledByOtherMeans_leavesTheOutbox() {
        outbox.hold();
        Item item = offer("k", Kind.KEPT);
        loop.run();
        boolean[] empty = new boolean[1];
        outbox.whenEmpty(() -> empty[0] = true);
        assertTrue(outbox.settle(item));
        assertFalse(outbox.settle(item));
        assertTrue(empty[0]);
        outbox.letGo();
        outbox.attach(this, true);
        outbox.drain();
        assertEquals(List.of(), wire);
    }

    @Test
    void withdrawnAndReplaced_whileNobodyCanHaveIt() {
        Item first = offer("one", Kind.KEPT);
        Item second = offer("two", Kind.KEPT);
        loop.run();
        assertTrue(outbox.replace(second, "zwei".getBytes(StandardCharsets.UTF_8)));
        assertTrue(outbox.withdraw(first));
        assertFalse(outbox.withdraw(first));
        assertFalse(outbox.replace(first, new byte[1]));
        outbox.attach(this, true);
        outbox.drain();
        assertEquals(List.of("zwei"), wire);
        assertFalse(outbox.withdraw(second));
        assertFalse(outbox.replace(second, new byte[1]));
        outbox.detach();
        outbox.restart(OptionalInt.empty());
        assertFalse(outbox.withdraw(second), "a server may have it");
    }

    @Test
    void bytesOfWhatWasWithdrawnOrReplaced_areFreeAgain() {
        Item large = offer("x".repeat(90_000), Kind.KEPT);
        loop.run();
        assertThrows(LimitExceededException.class, () -> offer("y".repeat(20_000), Kind.KEPT));
        assertTrue(outbox.replace(large, new byte[10]));
        Item other = offer("y".repeat(90_000), Kind.KEPT);
        assertThrows(LimitExceededException.class, () -> offer("z".repeat(20_000), Kind.KEPT));
        assertTrue(outbox.withdraw(other));
        offer("z".repeat(90_000), Kind.KEPT);
    }

    @Test
    void deadline_endsWhatWasNeverWritten_andNothingElse() {
        long start = loop.nanoTime();
        Item written = new Item("w", Kind.KEPT, start + Duration.ofSeconds(5).toNanos());
        outbox.attach(this, true);
        outbox.offer("send", written);
        loop.run();
        outbox.detach();
        outbox.restart(OptionalInt.empty());
        Item late = new Item("l", Kind.KEPT, start + Duration.ofSeconds(20).toNanos());
        Item soon = new Item("s", Kind.KEPT, start + Duration.ofSeconds(10).toNanos());
        outbox.offer("send", late);
        loop.run();
        outbox.offer("send", soon);
        loop.run();
        loop.advance(Duration.ofSeconds(9));
        assertEquals(0, soon.expired);
        loop.advance(Duration.ofSeconds(2));
        assertEquals(1, soon.expired);
        assertEquals(0, late.expired);
        loop.advance(Duration.ofSeconds(20));
        assertEquals(1, late.expired);
        assertEquals(0, written.expired);
        wire.clear();
        outbox.attach(this, true);
        outbox.drain();
        assertEquals(List.of("w"), wire);
        assertEquals(0, loop.timers());
    }

    @Test
    void whatGoesOutAtOnce_setsNoTimer() {
        outbox.attach(this, true);
        outbox.offer("send", new Item("k", Kind.KEPT, loop.nanoTime() + 1_000_000));
        loop.run();
        assertEquals(0, loop.timers());
        assertEquals(List.of("k"), wire);
    }
}
