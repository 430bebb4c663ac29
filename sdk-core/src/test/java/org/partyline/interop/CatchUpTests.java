package org.partyline.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.client.ChatClient;
import org.partyline.internal.store.MemoryStore;
import org.partyline.message.CatchUp;
import org.partyline.message.DeliveryState;
import org.partyline.message.Message;
import org.partyline.message.SentMessage;
import org.partyline.testkit.Fault;
import org.partyline.testkit.FaultProxy;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.XmppAccess;

/** A session that could not be resumed, and what it missed and does not know, with an archive (XEP-0313). */
interface CatchUpTests extends InteropTests {

    @Test
    default void newSession_readsWhatTheOneBeforeMissed_inOrder_andOnce() {
        try (FaultProxy proxy = FaultProxy.to(interop().server.startTls().port())) {
            ChatClient juliet = interop().online(interop().account("juliet"));
            ChatClient romeo = romeoThrough(proxy);
            EventLog<Message> toRomeo = EventLog.of(romeo.messages().incoming());
            EventLog<CatchUp> catchUps = EventLog.of(romeo.messages().catchUps());
            say(juliet, Interop.bare(romeo), "in 0");
            toRomeo.await("first", each -> true);

            proxy.inject(Fault.silence());
            for (int i = 1; i < 130; i++) {
                say(juliet, Interop.bare(romeo), "in " + i);
            }
            Interop.await(romeo.disconnect());
            proxy.heal();
            Interop.await(romeo.connect());
            CatchUp report = catchUps.await("catch-up", each -> true);
            say(juliet, Interop.bare(romeo), "in 130");
            toRomeo.await("last", each -> each.body().equals("in 130"));

            assertFalse(report.gapPossible());
            assertTrue(report.messages() >= 129, report::toString);
            assertEquals(
                    Numbered.list("in ", 0, 131),
                    toRomeo.all().stream().map(Message::body).toList());
        }
    }

    @Test
    default void whatTheServerHad_isNotSentAgain_thoughItsWordForItWasLost() {
        try (FaultProxy proxy = FaultProxy.to(interop().server.startTls().port())) {
            ChatClient juliet = interop().online(interop().account("juliet"));
            ChatClient romeo = romeoThrough(proxy);
            EventLog<XmlElement> onTheWire = EventLog.of(juliet.extension(XmppAccess.class)
                    .stanzas(each -> each.name().equals("message") && each.childText("body") != null));
            Interop.await(say(romeo, Interop.bare(juliet), "out 0").acknowledged());

            proxy.inject(Fault.silence().towardsClient());
            List<SentMessage> sent = new ArrayList<>();
            for (int i = 1; i < 30; i++) {
                sent.add(say(romeo, Interop.bare(juliet), "out " + i));
            }
            onTheWire.await("all of them", each -> true, 30);
            Interop.await(romeo.disconnect());
            sent.forEach(each -> assertEquals(DeliveryState.SENT, each.state()));
            sent.add(say(romeo, Interop.bare(juliet), "out 30"));
            proxy.heal();
            Interop.await(romeo.connect());
            sent.forEach(each -> Interop.await(each.acknowledged()));
            onTheWire.await("the last one", each -> "out 30".equals(each.childText("body")));

            assertEquals(
                    Numbered.list("out ", 0, 31),
                    onTheWire.all().stream().map(each -> each.childText("body")).toList());
            for (int i = 0; i < 29; i++) {
                assertEquals(DeliveryState.ARCHIVED, sent.get(i).state(), "out " + (i + 1));
            }
        }
    }

    @Test
    default void whatTheServerNeverHad_isSentAgain() {
        try (FaultProxy proxy = FaultProxy.to(interop().server.startTls().port())) {
            ChatClient juliet = interop().online(interop().account("juliet"));
            ChatClient romeo = romeoThrough(proxy);
            EventLog<Message> toJuliet = EventLog.of(juliet.messages().incoming());
            Interop.await(say(romeo, Interop.bare(juliet), "out 0").acknowledged());

            proxy.inject(Fault.silence());
            List<SentMessage> sent = new ArrayList<>();
            for (int i = 1; i < 30; i++) {
                sent.add(say(romeo, Interop.bare(juliet), "out " + i));
            }
            Interop.await(romeo.disconnect());
            proxy.heal();
            Interop.await(romeo.connect());
            sent.forEach(each -> Interop.await(each.acknowledged()));
            toJuliet.await("all", each -> true, 30);

            assertEquals(
                    Numbered.list("out ", 0, 30),
                    toJuliet.all().stream().map(Message::body).toList());
        }
    }

    /** A process ends without a word, and another goes on with its store: both ways, nothing is lost and nothing comes twice. */
    @Test
    default void anotherProcess_goesOnWhereOneWasKilled() {
        try (FaultProxy proxy = FaultProxy.to(interop().server.startTls().port())) {
            Account account = interop().account("romeo");
            MemoryStore disk = new MemoryStore();
            ChatClient juliet = interop().online(interop().account("juliet"));
            EventLog<XmlElement> onTheWire = EventLog.of(juliet.extension(XmppAccess.class)
                    .stanzas(each -> each.name().equals("message") && each.childText("body") != null));
            ChatClient killed = interop()
                    .online(interop()
                            .builder(account)
                            .store(disk)
                            .endpoints(Endpoint.startTls("127.0.0.1", proxy.port())));
            EventLog<Message> before = EventLog.of(killed.messages().incoming());
            say(juliet, account.jid(), "in 0");
            before.await("first", each -> true);
            Interop.await(say(killed, Interop.bare(juliet), "out 0").acknowledged());
            proxy.inject(Fault.silence().towardsClient());
            for (int i = 1; i < 10; i++) {
                say(killed, Interop.bare(juliet), "out " + i);
                say(juliet, account.jid(), "in " + i);
            }
            onTheWire.await("all of them", each -> true, 10);
            proxy.inject(Fault.silence());
            disk.restart(); // nothing that the killed one does is written from here on
            CompletableFuture<Void> gone = killed.closeAsync();

            ChatClient next = interop().build(interop().builder(account).store(disk));
            EventLog<Message> after = EventLog.of(next.messages().incoming());
            next.messages().to(Interop.bare(juliet)).body("out 10").send();
            Interop.await(next.connect());
            onTheWire.await("the last one", each -> "out 10".equals(each.childText("body")));
            say(juliet, account.jid(), "in 10");
            after.await("the last one", each -> each.body().equals("in 10"));
            Interop.await(gone);

            assertEquals(
                    Numbered.list("out ", 0, 11),
                    onTheWire.all().stream().map(each -> each.childText("body")).toList());
            assertEquals(
                    Numbered.list("in ", 1, 11),
                    after.all().stream().map(Message::body).toList());
        }
    }

    private ChatClient romeoThrough(FaultProxy proxy) {
        return interop()
                .online(interop()
                        .builder(interop().account("romeo"))
                        .endpoints(Endpoint.startTls("127.0.0.1", proxy.port())));
    }

    private static SentMessage say(ChatClient from, Jid to, String text) {
        return Interop.await(from.messages().to(to).body(text).send());
    }
}
