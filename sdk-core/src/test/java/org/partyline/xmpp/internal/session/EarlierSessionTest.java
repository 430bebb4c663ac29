package org.partyline.xmpp.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.internal.store.MemoryStore;
import org.partyline.session.ConnectionState;
import org.partyline.session.StateChange;
import org.partyline.spi.SessionLimits;
import org.partyline.store.StoreChange;
import org.partyline.store.StoreRecord;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.Feature;
import org.partyline.xmpp.internal.stanza.Stanzas;

/** A process that ends, and the next one that goes on with its session. */
class EarlierSessionTest {
    private final MemoryStore store = new MemoryStore();
    private final List<String> heard = new ArrayList<>();
    private Bench bench = start();

    private final Feature feature = new Feature() {
        @Override
        public CompletableFuture<Void> onBound() {
            heard.add("bound");
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> onTakenOver() {
            heard.add("taken over");
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onResumed() {
            heard.add("resumed");
        }
    };

    private Bench start() {
        return new Bench(SessionLimits.DEFAULT, 0, Runnable::run, store);
    }

    /** The process ends as by a signal that asks nothing, and the next one is up to the features after sign-in. */
    private FakeConnection endAndComeBack() {
        store.restart();
        bench = start();
        bench.engine.core().features(List.of(feature));
        bench.engine.lifecycle().connect();
        FakeConnection server = bench.signIn();
        server.offer(Bench.BINDING, Bench.MANAGEMENT);
        return server;
    }

    private static XmlElement resumed(int h) {
        return XmlElement.builder(Bench.SM, "resumed")
                .attribute("previd", "sm1")
                .attribute("h", Integer.toUnsignedString(h))
                .build();
    }

    private static XmlElement failed() {
        return XmlElement.builder(Bench.SM, "failed")
                .child(XmlElement.of("urn:ietf:params:xml:ns:xmpp-stanzas", "item-not-found"))
                .build();
    }

    private StateChange lastChange() {
        return bench.changes.get(bench.changes.size() - 1);
    }

    @Test
    void nextProcess_resumes_andFeaturesBeginAnew() {
        FakeConnection server = bench.online();
        server.receive(Bench.incoming("hi"));
        server.receive(Bench.incoming("ho"));
        server = endAndComeBack();
        assertEquals(List.of("<resume xmlns='urn:xmpp:sm:3' h='2' previd='sm1'/>"), server.sent());
        server.receive(resumed(0));
        assertEquals(List.of("taken over"), heard);
        assertEquals(ConnectionState.ONLINE, lastChange().to());
        assertTrue(lastChange().resumed());
        assertEquals(
                Jid.parse("juliet@capulet.example/balcony"), bench.engine.core().self());
        assertTrue(bench.engine.core().streamFeature(Bench.SM, "sm"));
    }

    @Test
    void resumptionGoesOn_afterIt() {
        FakeConnection server = bench.online();
        server.receive(Bench.incoming("hi"));
        server = endAndComeBack();
        server.receive(resumed(7));
        Bench.Progress progress = bench.message("m1");
        server.receive(Bench.incoming("ho"));
        server.lose();
        bench.engine.lifecycle().reconnectNow();
        server = bench.signIn();
        server.offer(Bench.BINDING, Bench.MANAGEMENT);
        assertEquals(
                "<resume xmlns='urn:xmpp:sm:3' h='2' previd='sm1'/>",
                server.sent().get(0));
        server.receive(resumed(8));
        assertEquals(1, progress.acknowledged, "the server counts on from what it had counted for the process before");
        assertEquals(List.of("taken over", "resumed"), heard);
    }

    @Test
    void processAfterThat_goesOnWithItToo() {
        FakeConnection server = bench.online();
        server.receive(Bench.incoming("hi"));
        server = endAndComeBack();
        server.receive(resumed(0));
        server.receive(Bench.incoming("ho"));
        server = endAndComeBack();
        assertEquals(List.of("<resume xmlns='urn:xmpp:sm:3' h='2' previd='sm1'/>"), server.sent());
    }

    @Test
    @DisplayName("Where the first process wrote what the server did not get, the second writes something else")
    void placesOfTheFirstProcess_areNoneForTheThird() {
        bench.online();
        String first = bench.engine.core().sessionName();
        FakeConnection server = endAndComeBack();
        String second = bench.engine.core().sessionName();
        server.receive(resumed(0));
        assertFalse(first.equals(second), "it has another name before the session is asked for");
        endAndComeBack();
        assertFalse(first.equals(bench.engine.core().sessionName()));
    }

    @Test
    @DisplayName(
            "A count that was told when a session was resumed is told by the next process too (XEP-0198 section 4)")
    void countThatWasToldOnResuming_isStoredBefore() {
        List<Runnable> application = new ArrayList<>();
        bench = new Bench(SessionLimits.DEFAULT, 0, application::add, store);
        FakeConnection server = bench.online();
        server.receive(Bench.incoming("hi"));
        server.lose();
        bench.engine.lifecycle().reconnectNow();
        server = bench.signIn();
        server.offer(Bench.BINDING, Bench.MANAGEMENT);
        String told = "<resume xmlns='urn:xmpp:sm:3' h='1' previd='sm1'/>";
        assertEquals(told, server.sent().get(0), "the application has not been given it, but this process has it");
        server.receive(resumed(0));
        server = endAndComeBack();
        assertEquals(told, server.sent().get(0));
    }

    @Test
    @DisplayName(
            "What no archive has, and the application has not been given, a server is asked for again (XEP-0198 section 5)")
    void messageThatWouldBeLost_isNotTold_untilTheApplicationHasIt() {
        List<Runnable> application = new ArrayList<>();
        bench = new Bench(SessionLimits.DEFAULT, 0, application::add, store);
        List<String> routed = new ArrayList<>();
        bench.engine.core().router().onMessage(message -> {
            bench.engine.core().atRisk();
            return routed.add(String.valueOf(message.childText("body")));
        });
        FakeConnection server = bench.online();
        server.receive(Bench.incoming("hi"));
        server.lose();
        server = resumeAsking(0);
        server.receive(resumed(0));
        server.receive(Bench.incoming("hi"));
        server.receive(Bench.incoming("ho"));
        assertEquals(List.of("hi", "ho"), routed, "what comes again is not handed on again");
        server.lose();
        server = resumeAsking(0);
        server.receive(resumed(0));
        give(application);
        server.receive(Bench.incoming("hi"));
        server.receive(Bench.incoming("ho"));
        give(application);
        assertEquals(List.of("hi", "ho"), routed);
        server = endAndComeBack();
        assertEquals(List.of("<resume xmlns='urn:xmpp:sm:3' h='2' previd='sm1'/>"), server.sent());
    }

    @Test
    void messageThatTheApplicationIsGiven_afterTheServerWasAskedForIt_isNotGivenAgain() {
        List<Runnable> application = new ArrayList<>();
        bench = new Bench(SessionLimits.DEFAULT, 0, application::add, store);
        List<String> routed = new ArrayList<>();
        bench.engine.core().router().onMessage(message -> {
            bench.engine.core().atRisk();
            return routed.add(String.valueOf(message.childText("body")));
        });
        FakeConnection server = bench.online();
        server.receive(Bench.incoming("hi"));
        server.lose();
        server = resumeAsking(0);
        give(application);
        server.receive(resumed(0));
        server.receive(Bench.incoming("hi"));
        give(application);
        assertEquals(List.of("hi"), routed);
        server.sent();
        server.receive(XmlElement.of(Bench.SM, "r"));
        give(application);
        assertEquals(List.of("<a xmlns='urn:xmpp:sm:3' h='1'/>"), server.sent());
    }

    /** The application gets its turn. */
    private void give(List<Runnable> application) {
        while (!application.isEmpty()) {
            application.remove(0).run();
            bench.loop.run();
        }
    }

    @Test
    void processThatEnds_beforeTheApplicationHasWhatNoArchiveHas_leavesItToTheNext() {
        bench = new Bench(SessionLimits.DEFAULT, 0, task -> {}, store);
        FakeConnection server = bench.online();
        bench.engine.core().atRisk();
        server.receive(Bench.incoming("hi"));
        server.lose();
        resumeAsking(0).receive(resumed(0));
        server = endAndComeBack();
        assertEquals(List.of("<resume xmlns='urn:xmpp:sm:3' h='0' previd='sm1'/>"), server.sent());
    }

    private FakeConnection resumeAsking(int told) {
        bench.engine.lifecycle().reconnectNow();
        FakeConnection server = bench.signIn();
        server.offer(Bench.BINDING, Bench.MANAGEMENT);
        assertEquals(List.of("<resume xmlns='urn:xmpp:sm:3' h='" + told + "' previd='sm1'/>"), server.sent());
        return server;
    }

    @Test
    void sessionIsNotAskedFor_beforeItsNameIsStored() {
        bench.online();
        store.restart();
        List<Runnable> disk = new ArrayList<>();
        bench = new Bench(SessionLimits.DEFAULT, 0, Runnable::run, disk::add, store);
        bench.engine.core().features(List.of(feature));
        bench.engine.lifecycle().connect();
        bench.loop.run();
        assertEquals(0, bench.transport.connections.size());
        disk.remove(0).run();
        bench.loop.run();
        assertEquals(1, bench.transport.connections.size());
    }

    @Test
    void attemptThatIsGivenUp_whileTheNameIsStored_isNone() {
        bench.online();
        store.restart();
        List<Runnable> disk = new ArrayList<>();
        bench = new Bench(SessionLimits.DEFAULT, 0, Runnable::run, disk::add, store);
        bench.engine.lifecycle().connect();
        bench.loop.run();
        bench.engine.lifecycle().disconnect();
        bench.loop.run();
        disk.remove(0).run();
        bench.loop.run();
        assertEquals(0, bench.transport.connections.size());
    }

    @Test
    void serverThatHasItNoMore_bindsANewOne_whichIsKeptInItsPlace() {
        bench.online();
        FakeConnection server = endAndComeBack();
        server.sent();
        server.receive(failed());
        bench.answerBind(server);
        bench.enabled(server, "sm2");
        assertEquals(List.of("bound"), heard);
        assertFalse(lastChange().resumed());
        server = endAndComeBack();
        assertEquals(List.of("<resume xmlns='urn:xmpp:sm:3' h='0' previd='sm2'/>"), server.sent());
    }

    @Test
    void sessionThatEndedInOrder_isNotAskedFor() {
        bench.online();
        bench.engine.lifecycle().disconnect();
        bench.loop.run();
        bench.transport.last().lose();
        assertEquals(List.of(), store.keys("session"));
        FakeConnection server = endAndComeBack();
        assertTrue(server.sent().get(0).startsWith("<iq"));
    }

    @Test
    void sessionThatCannotBeResumed_isNotKept() {
        bench.engine.lifecycle().connect();
        FakeConnection server = bench.signIn();
        server.offer(Bench.BINDING, Bench.MANAGEMENT);
        bench.answerBind(server);
        server.receive(XmlElement.of(Bench.SM, "enabled"));
        assertEquals(ConnectionState.ONLINE, lastChange().to());
        assertEquals(List.of(), store.keys("session"));
        assertEquals("", bench.engine.core().sessionName());
    }

    @Test
    @DisplayName("What a server is told to be handled is on the disk before, whatever kind of stanza it was")
    void countIsStored_beforeItIsTold() {
        FakeConnection server = bench.online();
        server.receive(XmlElement.of(Stanzas.CLIENT, "presence"));
        server.receive(XmlElement.of(Bench.SM, "r"));
        assertEquals(List.of("<a xmlns='urn:xmpp:sm:3' h='1'/>"), server.sent());
        int commits = store.commits();
        server.receive(XmlElement.of(Bench.SM, "r"));
        assertEquals(List.of("<a xmlns='urn:xmpp:sm:3' h='1'/>"), server.sent());
        assertEquals(commits, store.commits(), "it is stored once");
        store.failing(number -> true);
        server.receive(XmlElement.of(Stanzas.CLIENT, "presence"));
        server.receive(XmlElement.of(Bench.SM, "r"));
        assertEquals(List.of("<a xmlns='urn:xmpp:sm:3' h='2'/>"), server.sent(), "a disk that fails stops nothing");
        store.failing(number -> false);
        server = endAndComeBack();
        assertEquals(List.of("<resume xmlns='urn:xmpp:sm:3' h='1' previd='sm1'/>"), server.sent());
    }

    @Test
    @DisplayName(
            "What the application is given of a session that is over counts for that session, and not for the one after it")
    void lateApplication_countsForNoOtherSession() {
        List<Runnable> application = new ArrayList<>();
        bench = new Bench(SessionLimits.DEFAULT, 0, application::add, store);
        FakeConnection server = bench.online();
        server.receive(Bench.incoming("hi"));
        server.receive(Bench.incoming("ho"));
        server.lose();
        bench.engine.lifecycle().reconnectNow();
        server = bench.signIn();
        server.offer(Bench.BINDING, Bench.MANAGEMENT);
        server.sent();
        server.receive(failed());
        bench.answerBind(server);
        bench.enabled(server, "sm2");
        give(application);
        server = endAndComeBack();
        assertEquals(List.of("<resume xmlns='urn:xmpp:sm:3' h='0' previd='sm2'/>"), server.sent());
    }

    @Test
    @DisplayName("A record that is damaged, or of a later version, is no session")
    void recordThatIsNotUnderstood_isNotHeeded() {
        for (byte[] damaged : List.of(new byte[0], new byte[] {9, 0, 0}, new byte[] {1, 0, 4, 'n', 'a', 'm', 'e'})) {
            bench = start();
            bench.online();
            store.restart();
            store.open(Jid.parse("juliet@capulet.example"))
                    .commit(List.of(StoreChange.put("session", "session", damaged)));
            FakeConnection server = endAndComeBack();
            assertTrue(server.sent().get(0).startsWith("<iq"), "binds");
        }
    }

    @Test
    void nameOfTheSession_isTheSame_asLongAsOneProcessHasIt() {
        FakeConnection server = bench.online();
        String name = bench.engine.core().sessionName();
        server.lose();
        bench.engine.lifecycle().reconnectNow();
        server = bench.signIn();
        server.offer(Bench.BINDING, Bench.MANAGEMENT);
        server.receive(resumed(0));
        assertEquals(name, bench.engine.core().sessionName());
        server = endAndComeBack();
        server.receive(failed());
        bench.answerBind(server);
        bench.enabled(server, "sm2");
        assertFalse(name.equals(bench.engine.core().sessionName()));
    }

    @Test
    void idOfTheSession_isNotShown() {
        bench.online();
        store.restart();
        bench = start();
        List<StoreRecord> records = new ArrayList<>();
        store.open(Jid.parse("juliet@capulet.example")).readAll(records::add);
        String all = bench.engine.core().earlierSession() + " " + StoredSession.read(records);
        assertFalse(all.contains("sm1"), all);
    }
}
