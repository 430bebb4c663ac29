package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.client.ChatClient;
import org.partyline.client.ChatResources;
import org.partyline.error.ConnectionLostException;
import org.partyline.error.ImException;
import org.partyline.error.NotConnectedException;
import org.partyline.error.RequestTimeoutException;
import org.partyline.message.DeliveryState;
import org.partyline.message.SentMessage;
import org.partyline.session.ConnectionState;
import org.partyline.testkit.Faults;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;

/** Connecting, disconnecting and closing, at every moment and in every order. */
class LifeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestNetwork network = TestNetwork.start();
    private final TestAccount juliet = network.account("juliet");
    private final TestAccount sink = network.sink("sink");
    private final Jid to = Jid.parse(sink.jid());
    private final Clients clients = new Clients("life");

    @AfterEach
    void end() throws Exception {
        clients.close();
        Await.nobody(network);
        network.close();
    }

    private ChatClient.Builder builder() {
        return clients.builder(network, juliet);
    }

    private static SentMessage send(ChatClient client, Jid to, String body) {
        return Await.outcome(client.messages().to(to).body(body).send());
    }

    /** Brings a client to a stage at which the server falls silent. */
    private CompletableFuture<Void> connectUpTo(ChatClient client, Faults.Stage stage) throws InterruptedException {
        network.faults().stopAt(stage);
        CompletableFuture<Void> connecting = client.connect();
        network.await(now -> now.connectionsOpen() == 1, PATIENCE);
        if (stage == Faults.Stage.BIND) {
            network.await(now -> now.signIns() == 1, PATIENCE);
        }
        return connecting;
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Stage.class, mode = EnumSource.Mode.EXCLUDE, names = "RESUME")
    void close_duringConnect_leavesNothing(Faults.Stage stage) throws Exception {
        ChatClient client = builder().build();
        SentMessage waiting = send(client, to, "never sent");
        CompletableFuture<Void> connecting = connectUpTo(client, stage);
        Await.outcome(client.closeAsync());
        Await.failure(NotConnectedException.class, connecting);
        assertEquals(ConnectionState.CLOSED, client.state());
        Await.failure(NotConnectedException.class, waiting.acknowledged());
        assertEquals(DeliveryState.CANCELLED, waiting.state());
        Await.nobody(network);
        assertEquals(0, network.swallowed(sink));
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Stage.class, mode = EnumSource.Mode.EXCLUDE, names = "RESUME")
    void cancel_duringConnect_disconnects_andTheNextConnectWorks(Faults.Stage stage) throws Exception {
        ChatClient client = clients.build(builder());
        SentMessage waiting = send(client, to, "waits");
        CompletableFuture<Void> disconnected =
                Clients.next(client, ConnectionState.DISCONNECTED).thenAccept(change -> {});
        CompletableFuture<Void> connecting = connectUpTo(client, stage);
        assertTrue(connecting.cancel(false));
        Await.outcome(disconnected);
        Await.nobody(network);
        network.faults().clear();
        Await.outcome(client.connect());
        Await.outcome(waiting.acknowledged());
        assertEquals(1, network.swallowed(sink));
    }

    @Test
    void twoHundredCycles_loseAndLeaveNothing() throws Exception {
        ChatClient client = clients.build(builder());
        List<SentMessage> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sent.add(send(client, to, "cycle " + i));
            Await.outcome(client.connect());
            assertEquals(ConnectionState.ONLINE, client.state());
            if (i % 2 == 0) {
                Await.outcome(client.disconnect());
            } else {
                // The next connect() comes before this is over.
                client.disconnect();
            }
        }
        Await.outcome(client.connect());
        for (SentMessage each : sent) {
            Await.outcome(each.acknowledged());
        }
        assertEquals(200, network.swallowed(sink), "each once");
        assertEquals(201, network.statistics().signIns());
        Await.outcome(client.disconnect());
        network.await(now -> now.connectionsOpen() == 0 && now.sessionsOnline() == 0, PATIENCE);
    }

    @Test
    void connectAndDisconnect_interleaved_endInOneState() throws Exception {
        ChatClient client = clients.build(builder());
        for (int round = 0; round < 25; round++) {
            List<CompletableFuture<Void>> outcomes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                outcomes.add(client.connect());
                outcomes.add(client.disconnect());
            }
            CompletableFuture<Void> last = client.connect();
            for (CompletableFuture<Void> each : outcomes) {
                // Superseded or done: each has an outcome.
                assertTrue(each.handle((done, failure) -> failure == null || failure instanceof ConnectionLostException)
                        .get(60, TimeUnit.SECONDS));
            }
            Await.outcome(last);
            assertEquals(ConnectionState.ONLINE, client.state());
            Await.outcome(client.disconnect());
        }
        Await.nobody(network);
    }

    @Test
    void drain_underLoad_sendsAll_andRefusesMore() {
        ChatClient client = clients.online(builder());
        List<SentMessage> sent = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            sent.add(send(client, to, "load " + i));
        }
        Await.outcome(client.drain(PATIENCE));
        assertEquals(5_000, network.swallowed(sink));
        assertTrue(sent.stream().allMatch(each -> each.state() == DeliveryState.SERVER_ACKED));
        Await.failure(
                NotConnectedException.class,
                client.messages().to(to).body("late").send());
        Await.outcome(client.closeAsync());
        assertThrows(
                IllegalStateException.class,
                () -> client.messages().to(to).body("later").send());
    }

    @Test
    void drain_withoutAcknowledgements_endsInTime_andKeepsWhatWaits() {
        ChatClient client = clients.online(builder());
        network.faults(juliet).holdAcks();
        SentMessage waiting = send(client, to, "unacknowledged");
        Await.failure(RequestTimeoutException.class, client.drain(Duration.ofMillis(200)));
        network.faults(juliet).clear();
        Await.outcome(waiting.acknowledged());
    }

    @Test
    void close_underLoad_givesEveryMessageOneOutcome() throws Exception {
        ChatClient client = builder().build();
        Await.outcome(client.connect());
        List<CompletableFuture<SentMessage>> offered = new ArrayList<>();
        CountDownLatch running = new CountDownLatch(500);
        Thread sender = new Thread(() -> {
            try {
                while (true) {
                    offered.add(client.messages().to(to).body("load").send());
                    running.countDown();
                }
            } catch (IllegalStateException closed) {
                // as it should be
            }
        });
        sender.start();
        Await.zero(running);
        Await.outcome(client.closeAsync());
        sender.join();
        int acknowledged = 0;
        int accepted = 0;
        for (CompletableFuture<SentMessage> each : offered) {
            SentMessage message;
            try {
                message = Await.outcome(each);
            } catch (ImException refused) {
                continue;
            }
            accepted++;
            try {
                Await.outcome(message.acknowledged());
                assertEquals(DeliveryState.SERVER_ACKED, message.state());
                acknowledged++;
            } catch (NotConnectedException dropped) {
                assertEquals(DeliveryState.CANCELLED, message.state());
            }
        }
        Await.nobody(network);
        long arrived = network.swallowed(sink);
        assertTrue(acknowledged > 0);
        assertTrue(
                acknowledged <= arrived && arrived <= accepted,
                acknowledged + " acknowledged, " + arrived + " arrived, " + accepted + " accepted");
    }

    @Test
    void receiptAskedForAfterClose_fails() {
        ChatClient client = builder().build();
        Await.outcome(client.connect());
        SentMessage message = Await.outcome(
                client.messages().to(to).body("to a sink").requestReceipt().send());
        Await.outcome(message.acknowledged());
        Await.outcome(client.closeAsync());
        Await.failure(NotConnectedException.class, message.delivered());
        Await.outcome(message.acknowledged());
    }

    @Test
    void threadsEndedBeforeTheirClients_leaveNobodyWaiting() {
        ChatResources early = ChatResources.create(1, 1, "early");
        ChatClient online = builder().resources(early).build();
        ChatClient idle = builder().resources(early).build();
        Await.outcome(online.connect());
        SentMessage waiting = send(idle, to, "never sent");
        CompletableFuture<SentMessage> acknowledged = waiting.acknowledged();
        assertFalse(acknowledged.isDone());
        Await.outcome(early.closeAsync());
        Await.failure(NotConnectedException.class, idle.connect());
        Await.failure(NotConnectedException.class, acknowledged);
        for (ChatClient client : List.of(online, idle)) {
            Await.outcome(client.disconnect());
            Await.outcome(client.closeAsync());
            assertInstanceOf(ImException.class, Await.failure(ImException.class, client.drain(Duration.ofSeconds(1))));
            assertEquals(ConnectionState.CLOSED, client.state());
        }
        assertThrows(IllegalStateException.class, online::connect);
    }

    @Test
    void credentialsThatComeAfterTheEnd_areDroppedWithoutNoise() throws Exception {
        List<Throwable> noise = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> noise.add(failure));
        try {
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            ChatResources own = ChatResources.create(1, 1, "late");
            ChatClient client = builder()
                    .resources(own)
                    .credentials(Credentials.password(() -> {
                        asked.countDown();
                        awaitZero(release);
                        return juliet.password().toCharArray();
                    }))
                    .build();
            CompletableFuture<Void> connecting = client.connect();
            Await.zero(asked);
            Await.outcome(client.closeAsync());
            CompletableFuture<Void> ended = own.closeAsync();
            for (Thread thread : Threads.now()) {
                if (thread.getName().startsWith("partyline-late-loop-")) {
                    thread.join();
                }
            }
            release.countDown();
            Await.outcome(ended);
            Await.failure(NotConnectedException.class, connecting);
            assertEquals(Set.of(), Threads.named("late"));
            assertEquals(List.of(), noise);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    private static void awaitZero(CountDownLatch latch) {
        try {
            Await.zero(latch);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
