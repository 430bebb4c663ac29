package org.partyline.xmpp.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
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
        connection.receive(Bench.incoming("one"));
        bench.engine.core().onHandled(() -> List.of(StoreChange.put("test", "seen", new byte[0])));
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
    }
}
