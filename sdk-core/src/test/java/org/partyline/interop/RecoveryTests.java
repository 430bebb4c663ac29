package org.partyline.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.partyline.address.Jid;
import org.partyline.client.ChatClient;
import org.partyline.internal.store.MemoryStore;
import org.partyline.message.DeliveryChange;
import org.partyline.message.DeliveryState;
import org.partyline.message.Message;
import org.partyline.message.SentMessage;
import org.partyline.presence.PresenceUpdate;
import org.partyline.session.ConnectionState;
import org.partyline.session.StateChange;
import org.partyline.spi.SessionLimits;
import org.partyline.testkit.Fault;
import org.partyline.testkit.FaultProxy;
import org.partyline.transport.connection.Endpoint;

/** What happens when the connection is lost (XEP-0198). */
interface RecoveryTests extends InteropTests {

    /** By what a client is connected. */
    enum Way {
        STARTTLS,
        WEBSOCKET
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    default void resume_afterTheConnectionWasReset_losesAndDoublesNothing(Way way) {
        try (FaultProxy proxy = proxy(way)) {
            ChatClient juliet = interop().online(interop().account("juliet"));
            ChatClient romeo = interop()
                    .online(interop().builder(interop().account("romeo")).endpoints(through(proxy, way)));
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

    /**
     * The first process ends as by a signal that asks nothing: its network ends, and the store hears nothing more of it. What it
     * wrote last has come through, the acknowledgement has not.
     */
    @ParameterizedTest
    @EnumSource(Way.class)
    default void nextProcess_goesOnWithTheSession_losesAndDoublesNothing(Way way) {
        Account account = interop().account("romeo");
        MemoryStore disk = new MemoryStore();
        ChatClient juliet = interop().online(interop().account("juliet"));
        EventLog<Message> toJuliet = EventLog.of(juliet.messages().incoming());
        Jid device;
        try (FaultProxy proxy = proxy(way)) {
            ChatClient first =
                    interop().online(interop().builder(account).store(disk).endpoints(through(proxy, way)));
            interop().befriend(juliet, first);
            device = first.self().orElseThrow();
            EventLog<Message> given = EventLog.of(first.messages().incoming());
            EventLog<DeliveryChange> written = EventLog.of(first.messages().deliveries());
            Interop.await(say(first, Interop.bare(juliet), "out 0"));
            Interop.await(say(juliet, device.bare(), "in 0"));
            given.await("in 0", each -> each.body().equals("in 0"));
            proxy.inject(Fault.silence().towardsClient());
            SentMessage second = Interop.await(
                    first.messages().to(Interop.bare(juliet)).body("out 1").send());
            toJuliet.await("out 1", each -> each.body().equals("out 1"));
            written.await(
                    "the note that it was written",
                    change -> change.message().id().equals(second.id()) && change.to() == DeliveryState.SENT);
            proxy.inject(Fault.silence());
            disk.restart();
        }
        for (int i = 1; i <= 5; i++) {
            Interop.await(say(juliet, device.bare(), "in " + i));
        }
        try (FaultProxy proxy = proxy(way)) {
            ChatClient next =
                    interop().build(interop().builder(account).store(disk).endpoints(through(proxy, way)));
            EventLog<Message> toNext = EventLog.of(next.messages().incoming());
            EventLog<StateChange> states = EventLog.of(next.states());
            EventLog<DeliveryChange> deliveries = EventLog.of(next.messages().deliveries());
            EventLog<PresenceUpdate> presence = EventLog.of(next.presence().updates());
            Interop.await(next.connect());

            StateChange online = states.await("online", change -> change.to() == ConnectionState.ONLINE);
            assertTrue(online.resumed());
            assertEquals(device, next.self().orElseThrow());
            assertEquals(Numbered.list("in ", 1, 6), bodies(toNext, 5));
            deliveries.await(
                    "out 1",
                    change -> change.from() == DeliveryState.SENT && change.to() == DeliveryState.SERVER_ACKED);
            presence.await("juliet", update -> update.from().bare().equals(Interop.bare(juliet)));
            assertEquals(1, next.roster().contacts().size());
            Interop.await(say(next, Interop.bare(juliet), "out 2"));
            assertEquals(Numbered.list("out ", 0, 3), bodies(toJuliet, 3));

            // It goes on as any other session does.
            proxy.cut();
            states.await("lost", change -> change.to() == ConnectionState.WAITING);
            next.reconnectNow();
            assertTrue(states.await("back", change -> change.to() == ConnectionState.ONLINE, 2)
                    .get(1)
                    .resumed());
            assertNothingFollows(juliet, next, toNext, 6);
        }
    }

    @Test
    default void halfOpenConnection_isNoticed_andResumed() {
        try (FaultProxy proxy = proxy(Way.STARTTLS)) {
            ChatClient juliet = interop().online(interop().account("juliet"));
            ChatClient romeo = interop()
                    .online(interop()
                            .builder(interop().account("romeo"))
                            .limits(impatient())
                            .endpoints(through(proxy, Way.STARTTLS)));
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

    private FaultProxy proxy(Way way) {
        InteropServer server = interop().server;
        return FaultProxy.to((way == Way.STARTTLS ? server.startTls() : server.webSocket()).port());
    }

    private Endpoint through(FaultProxy proxy, Way way) {
        return way == Way.STARTTLS
                ? Endpoint.startTls("127.0.0.1", proxy.port())
                : Endpoint.webSocket(URI.create("wss://localhost:" + proxy.port()
                        + interop().server.webSocket().uri().getPath()));
    }

    private static SessionLimits impatient() {
        return SessionLimits.builder()
                .idleProbe(Duration.ofSeconds(1))
                .probeTimeout(Duration.ofSeconds(1))
                .build();
    }
}
