package org.partyline.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.client.ChatClient;
import org.partyline.message.Message;
import org.partyline.message.SentMessage;
import org.partyline.session.ConnectionState;
import org.partyline.session.StateChange;
import org.partyline.spi.SessionLimits;
import org.partyline.testkit.Fault;
import org.partyline.testkit.FaultProxy;
import org.partyline.transport.connection.Endpoint;

/** What happens when the connection is lost (XEP-0198). */
interface RecoveryTests extends InteropTests {

    @Test
    default void resume_afterTheConnectionWasReset_losesAndDoublesNothing() {
        try (FaultProxy proxy = FaultProxy.to(interop().server.startTls().port())) {
            ChatClient juliet = interop().online(interop().account("juliet"));
            ChatClient romeo = interop()
                    .online(interop().builder(interop().account("romeo")).endpoints(through(proxy)));
            EventLog<Message> toRomeo = EventLog.of(romeo.messages().incoming());
            EventLog<Message> toJuliet = EventLog.of(juliet.messages().incoming());
            EventLog<StateChange> states = EventLog.of(romeo.states());
            Jid device = romeo.self().orElseThrow();
            List<CompletableFuture<SentMessage>> acknowledged = new ArrayList<>();

            for (int i = 0; i < 40; i++) {
                if (i == 15) {
                    proxy.cut();
                }
                acknowledged.add(say(juliet, device.bare(), "in " + i));
                acknowledged.add(say(romeo, Interop.bare(juliet), "out " + i));
            }
            states.await("lost", change -> change.to() == ConnectionState.WAITING);
            romeo.reconnectNow();
            StateChange back = states.await("back", change -> change.to() == ConnectionState.ONLINE);
            Interop.await(CompletableFuture.allOf(acknowledged.toArray(CompletableFuture[]::new)));

            assertTrue(back.resumed());
            assertEquals(device, romeo.self().orElseThrow());
            List<String> arrived = bodies(toRomeo, 40);
            if (interop().server.keepsOrderWhileResuming()) {
                assertEquals(Numbered.list("in ", 0, 40), arrived);
            } else {
                assertEquals(Set.copyOf(Numbered.list("in ", 0, 40)), Set.copyOf(arrived));
            }
            assertEquals(Numbered.list("out ", 0, 40), bodies(toJuliet, 40));
            assertNothingFollows(juliet, romeo, toRomeo, 41);
        }
    }

    @Test
    default void halfOpenConnection_isNoticed_andResumed() {
        try (FaultProxy proxy = FaultProxy.to(interop().server.startTls().port())) {
            ChatClient juliet = interop().online(interop().account("juliet"));
            ChatClient romeo = interop()
                    .online(interop()
                            .builder(interop().account("romeo"))
                            .limits(impatient())
                            .endpoints(through(proxy)));
            EventLog<Message> toRomeo = EventLog.of(romeo.messages().incoming());
            EventLog<StateChange> states = EventLog.of(romeo.states());

            proxy.inject(Fault.silence());
            say(juliet, Interop.bare(romeo), "in 0");
            CompletableFuture<SentMessage> own = say(romeo, Interop.bare(juliet), "out 0");
            states.await("lost", change -> change.to() == ConnectionState.WAITING);
            proxy.heal();
            romeo.reconnectNow();
            StateChange back = states.await("back", change -> change.to() == ConnectionState.ONLINE);
            Interop.await(own);

            assertTrue(back.resumed());
            assertEquals(List.of("in 0"), bodies(toRomeo, 1));
            assertNothingFollows(juliet, romeo, toRomeo, 2);
        }
    }

    @Test
    default void disconnect_andConnectAgain_isANewSession() {
        ChatClient romeo = interop().online(interop().account("romeo"));
        EventLog<StateChange> states = EventLog.of(romeo.states());

        Interop.await(romeo.disconnect());
        states.await("disconnected", change -> change.to() == ConnectionState.DISCONNECTED);
        Interop.await(romeo.connect());

        StateChange back = states.await("online", change -> change.to() == ConnectionState.ONLINE);
        assertEquals(false, back.resumed());
    }

    /** One more message goes through, and is the last one there is: nothing came twice. */
    private static void assertNothingFollows(ChatClient from, ChatClient to, EventLog<Message> inbox, int total) {
        Interop.await(say(from, Interop.bare(to), "last"));
        inbox.await("last", each -> each.body().equals("last"));
        assertEquals(total, inbox.all().size());
    }

    private static CompletableFuture<SentMessage> say(ChatClient from, Jid to, String text) {
        return Interop.await(from.messages().to(to).body(text).send()).acknowledged();
    }

    private static List<String> bodies(EventLog<Message> log, int count) {
        return log.await("messages", each -> true, count).stream()
                .map(Message::body)
                .toList();
    }

    private static Endpoint through(FaultProxy proxy) {
        return Endpoint.startTls("127.0.0.1", proxy.port());
    }

    private static SessionLimits impatient() {
        return SessionLimits.builder()
                .idleProbe(Duration.ofSeconds(1))
                .probeTimeout(Duration.ofSeconds(1))
                .build();
    }
}
