package org.partyline.xmpp.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.internal.store.MemoryStore;
import org.partyline.spi.SessionLimits;
import org.partyline.store.StoreChange;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.Stanzas;

/** D3: the server hears of a stanza when the application has been given it, and not before (XEP-0198 section 4). */
class HandledCountTest {
    private static final XmlElement ASK = XmlElement.of(Bench.SM, "r");

    private final Queue<Runnable> callbacks = new ArrayDeque<>();
    private final MemoryStore disk = new MemoryStore();
    private final Bench bench = new Bench(SessionLimits.DEFAULT, 0, callbacks::add, disk);
    private final FakeConnection connection = bench.online();

    HandledCountTest() {
        application();
        connection.sent();
    }

    /** The application gets its turn. */
    private void application() {
        Runnable next;
        while ((next = callbacks.poll()) != null) {
            next.run();
            bench.loop.run();
        }
    }

    private List<String> acknowledgements() {
        return connection.sent().stream().filter(each -> each.startsWith("<a ")).toList();
    }

    private static XmlElement presence() {
        return XmlElement.builder(Stanzas.CLIENT, "presence")
                .attribute("from", "romeo@montague.example/orchard")
                .build();
    }

    @Test
    void message_isAcknowledged_whenTheApplicationHasIt() {
        connection.receiveAtOnce(Bench.incoming("one"), ASK);
        assertEquals(List.of(), acknowledgements());
        application();
        assertEquals(1, acknowledgements().size());
    }

    @Test
    void whatIsNoMessage_isAcknowledgedAtOnce_unlessAMessageIsBeforeIt() {
        connection.receiveAtOnce(presence(), ASK);
        assertTrue(acknowledgements().get(0).contains("h='1'"));
        connection.receiveAtOnce(Bench.incoming("one"), presence(), ASK);
        assertEquals(List.of(), acknowledgements());
        application();
        assertTrue(acknowledgements().get(0).contains("h='3'"));
    }

    @Test
    void slowApplication_keepsNobodyWaitingForAnAnswer() {
        connection.receiveAtOnce(presence(), Bench.incoming("one"), ASK);
        bench.loop.advance(Duration.ofSeconds(2));
        assertTrue(acknowledgements().get(0).contains("h='1'"));
        application();
        connection.receive(ASK);
        assertTrue(acknowledgements().get(0).contains("h='2'"));
    }

    @Test
    void whatWasSeen_isStored_beforeItIsAcknowledged() {
        bench.engine.core().onHandled(() -> List.of(StoreChange.put("test", "seen", new byte[0])));
        connection.receive(Bench.incoming("one"));
        disk.failing(number -> {
            assertEquals(List.of(), acknowledgements());
            return false;
        });
        connection.receive(ASK);
        application();
        assertEquals(List.of("seen"), disk.keys("test"));
        assertEquals(1, acknowledgements().size());
    }

    @Test
    @DisplayName("What is remembered of a message is not stored before the application has been given it")
    void whatWasSeenLater_isNotStoredWithWhatCameBefore() {
        List<StoreChange> unwritten = new ArrayList<>();
        bench.engine.core().onHandled(() -> {
            List<StoreChange> taken = List.copyOf(unwritten);
            unwritten.clear();
            return taken;
        });
        unwritten.add(StoreChange.put("test", "one", new byte[0]));
        connection.receive(Bench.incoming("one"));
        List<Runnable> first = new ArrayList<>(callbacks);
        callbacks.clear();
        unwritten.add(StoreChange.put("test", "two", new byte[0]));
        first.forEach(Runnable::run);
        bench.loop.run();
        assertEquals(List.of("one"), disk.keys("test"));
        connection.receive(Bench.incoming("two"));
        application();
        assertEquals(List.of("one", "two"), disk.keys("test"));
    }

    @Test
    @DisplayName("Without stream management nobody counts, and what was given is remembered all the same")
    void withoutStreamManagement_whatWasGivenIsRemembered() {
        Bench uncounted = new Bench(SessionLimits.DEFAULT, 0, callbacks::add, disk);
        uncounted.engine.lifecycle().connect();
        FakeConnection server = uncounted.signIn();
        uncounted.bind(server, null);
        application();
        List<StoreChange> unwritten = new ArrayList<>(List.of(StoreChange.put("test", "one", new byte[0])));
        uncounted.engine.core().onHandled(() -> {
            List<StoreChange> taken = List.copyOf(unwritten);
            unwritten.clear();
            return taken;
        });
        server.receive(Bench.incoming("one"));
        assertEquals(List.of(), disk.keys("test"));
        application();
        assertEquals(List.of("one"), disk.keys("test"));
    }

    @Test
    void storeThatFails_doesNotStopTheTalk() {
        bench.engine.core().onHandled(() -> List.of(StoreChange.put("test", "seen", new byte[0])));
        disk.failing(number -> true);
        connection.receiveAtOnce(Bench.incoming("one"), ASK);
        application();
        assertTrue(acknowledgements().get(0).contains("h='1'"));
    }

    @Test
    void resume_tellsWhatCame_becauseTheApplicationStillGetsIt() {
        connection.receiveAtOnce(Bench.incoming("one"), Bench.incoming("two"));
        connection.lose();
        bench.loop.advance(Duration.ofMinutes(1));
        FakeConnection next = bench.signIn();
        next.offer(Bench.BINDING, Bench.MANAGEMENT);
        String resume = next.sent().get(0);
        assertTrue(resume.startsWith("<resume") && resume.contains("h='2'"), resume);
        next.receive(XmlElement.builder(Bench.SM, "resumed")
                .attribute("previd", "sm1")
                .attribute("h", "0")
                .build());
        next.receive(ASK);
        bench.loop.advance(Duration.ofSeconds(2));
        assertTrue(next.sent().get(0).contains("h='2'"), "no lower count follows");
    }

    /** Lets a message come that waits to be given to the application. */
    private void comeAndWait(String body) {
        bench.engine.core().holdHandled();
        connection.receive(Bench.incoming(body));
    }

    @Test
    @DisplayName("A message that waits, and would be lost with the process, is not handled, nor what comes behind it")
    void whatWaits_isNotAcknowledged_untilItIsHandedOn() {
        connection.receive(Bench.incoming("one"));
        comeAndWait("two");
        connection.receiveAtOnce(presence(), ASK);
        application();
        assertTrue(acknowledgements().get(0).contains("h='1'"));
        bench.engine.core().letGoHandled();
        connection.receive(ASK);
        assertEquals(List.of(), acknowledgements(), "the application has its turn first");
        application();
        assertTrue(acknowledgements().get(0).contains("h='3'"));
    }

    @Test
    @DisplayName("L18: no more than 200 stanzas stay unhandled behind one that waits")
    void whatWaitsForLong_isAcknowledged() {
        comeAndWait("one");
        for (int i = 1; i < HandledCount.MOST_HELD; i++) {
            connection.receive(presence());
        }
        connection.receive(ASK);
        application();
        assertTrue(acknowledgements().get(0).contains("h='0'"));
        connection.receive(presence());
        connection.receive(ASK);
        application();
        assertTrue(acknowledgements().get(0).contains("h='201'"));
    }

    @Test
    void whatWaitsOverTheEndOfAStream_holdsUpNoOther() {
        comeAndWait("one");
        connection.lose();
        bench.loop.advance(Duration.ofMinutes(1));
        FakeConnection next = bench.signIn();
        next.offer(Bench.BINDING, Bench.MANAGEMENT);
        next.sent();
        next.receive(XmlElement.builder(Bench.SM, "failed")
                .child(XmlElement.of("urn:ietf:params:xml:ns:xmpp-stanzas", "item-not-found"))
                .build());
        bench.answerBind(next);
        bench.enabled(next, "sm2");
        next.sent();
        bench.engine.core().letGoHandled();
        next.receiveAtOnce(presence(), ASK);
        application();
        assertTrue(next.sent().get(0).contains("h='1'"));
    }
}
