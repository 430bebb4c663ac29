package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.client.ChatClient;
import org.partyline.error.AuthenticationFailedException;
import org.partyline.error.ImException;
import org.partyline.error.NotConnectedException;
import org.partyline.error.ServerClosedException;
import org.partyline.message.DeliveryState;
import org.partyline.message.SentMessage;
import org.partyline.session.ConnectionState;
import org.partyline.session.StateChange;
import org.partyline.session.UserAgent;
import org.partyline.spi.SessionLimits;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.xmpp.XmppAccess;

/** Losing the connection and coming back: what was said arrives, once where anybody can know, and in order. */
class ReconnectTest {
    private final TestNetwork network = TestNetwork.start();
    private final TestAccount juliet = network.account("juliet");
    private final TestAccount romeo = network.account("romeo");
    private final Clients clients = new Clients("reconnect");
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        clients.close();
        Await.nobody(network);
        network.close();
    }

    private ChatClient sender() {
        ChatClient client = clients.online(clients.builder(network, juliet));
        Clients.comeBackAtOnce(client);
        return client;
    }

    /** A receiver that counts down for each message. */
    private ChatClient receiver(CountDownLatch missing) {
        ChatClient client = clients.build(clients.builder(network, romeo));
        client.messages().incoming().subscribe(message -> {
            arrived.add(message.body());
            missing.countDown();
        });
        Await.outcome(client.connect());
        return client;
    }

    private SentMessage send(ChatClient client, String body) {
        return Await.outcome(
                client.messages().to(Jid.parse(romeo.jid())).body(body).send());
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    /** Loses the connection, and gives the change that comes of coming back. */
    private StateChange cutAndComeBack(ChatClient client) {
        CompletableFuture<StateChange> online = Clients.next(client, ConnectionState.ONLINE);
        network.cut(juliet);
        return Await.outcome(online);
    }

    @Test
    void cutsUnderLoad_withResumption_loseAndDoubleNothing() throws Exception {
        CountDownLatch missing = new CountDownLatch(2_000);
        ChatClient receiver = receiver(missing);
        Clients.comeBackAtOnce(receiver);
        ChatClient sender = sender();
        List<SentMessage> sent = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            sent.add(send(sender, String.valueOf(i)));
            if (i % 200 == 100) {
                network.faults(i % 400 == 100 ? juliet : romeo).cutAfterReceived(1 + i % 7);
            }
            if (i % 500 == 499) {
                network.cut(juliet);
            }
        }
        Await.zero(missing);
        for (SentMessage each : sent) {
            Await.outcome(each.acknowledged());
        }
        assertEquals(numbers(2_000), arrived);
        assertTrue(network.statistics().resumptions() > 0);
    }

    @Test
    void resumptionRefusedWithCount_sendsOnlyWhatIsMissing() throws Exception {
        CountDownLatch missing = new CountDownLatch(100);
        receiver(missing);
        ChatClient sender = sender();
        network.faults(juliet).holdAcks().refuseResume(true).cutAfterReceived(30);
        List<SentMessage> sent = new ArrayList<>();
        CompletableFuture<StateChange> online = Clients.next(sender, ConnectionState.ONLINE);
        for (int i = 0; i < 100; i++) {
            sent.add(send(sender, String.valueOf(i)));
        }
        assertFalse(Await.outcome(online).resumed());
        network.faults(juliet).clear();
        Await.zero(missing);
        for (SentMessage each : sent) {
            Await.outcome(each.acknowledged());
        }
        assertEquals(numbers(100), arrived, "the count says what the server has");
    }

    @Test
    void resumptionRefusedWithoutCount_losesNothing_andKeepsTheIds() throws Exception {
        ChatClient receiver = clients.online(clients.builder(network, romeo));
        List<String> ids = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> last = new CompletableFuture<>();
        receiver.messages().incoming().subscribe(message -> {
            ids.add(String.valueOf(message.id()));
            if (message.body().equals("last")) {
                last.complete(null);
            }
        });
        ChatClient sender = sender();
        network.faults(juliet).holdAcks().refuseResume(false).cutAfterReceived(30);
        List<String> sent = new ArrayList<>();
        CompletableFuture<StateChange> online = Clients.next(sender, ConnectionState.ONLINE);
        for (int i = 0; i < 100; i++) {
            sent.add(send(sender, String.valueOf(i)).id());
        }
        assertFalse(Await.outcome(online).resumed());
        network.faults(juliet).clear();
        sent.add(send(sender, "last").id());
        Await.outcome(last);
        assertEquals(
                new HashSet<>(sent), new HashSet<>(ids), "nothing is lost, and what came twice can be told by its id");
        assertEquals(sent, ids.subList(ids.size() - sent.size(), ids.size()), "in order");
    }

    @Test
    void receiptBeforeTheCount_isEnoughNotToSendAgain() throws Exception {
        CountDownLatch missing = new CountDownLatch(2);
        ChatClient receiver = receiver(missing);
        ChatClient sender = sender();
        // Whoever was written to may know that this account is there, and so gives receipts.
        Await.outcome(Await.outcome(receiver.messages()
                        .to(Jid.parse(juliet.jid()))
                        .body("hello")
                        .send())
                .acknowledged());
        network.faults(juliet).holdAcks().refuseResume(false);
        SentMessage delivered = Await.outcome(sender.messages()
                .to(Jid.parse(romeo.jid()))
                .body("0")
                .requestReceipt()
                .send());
        Await.outcome(delivered.delivered());
        assertFalse(cutAndComeBack(sender).resumed());
        network.faults(juliet).clear();
        Await.outcome(send(sender, "1").acknowledged());
        Await.zero(missing);
        assertEquals(numbers(2), arrived);
        assertEquals(DeliveryState.DELIVERED, delivered.state());
    }

    @Test
    void deadConnection_isFoundOut_andResumed() {
        ChatClient sender = clients.online(clients.builder(network, juliet)
                .limits(SessionLimits.builder()
                        .idleProbe(Duration.ofMillis(300))
                        .probeTimeout(Duration.ofMillis(300))
                        .build()));
        Clients.comeBackAtOnce(sender);
        CompletableFuture<StateChange> waiting = Clients.next(sender, ConnectionState.WAITING);
        CompletableFuture<StateChange> online = Clients.next(sender, ConnectionState.ONLINE);
        network.faults(juliet).halfOpen();
        SentMessage message = send(sender, "into the void");
        assertTrue(String.valueOf(Await.outcome(waiting).failure()).contains("probe"));
        assertTrue(Await.outcome(online).resumed());
        Await.outcome(message.acknowledged());
        assertEquals(1, network.offlineMessages(romeo));
    }

    @Test
    void serverThatGoesAndComes_getsWhatWasSaidMeanwhile() throws Exception {
        CountDownLatch missing = new CountDownLatch(20);
        ChatClient sender = sender();
        send(sender, "0");
        CompletableFuture<StateChange> waiting = Clients.next(sender, ConnectionState.WAITING);
        network.shutdownGracefully();
        ServerClosedException shutdown = assertInstanceOf(
                ServerClosedException.class, Await.outcome(waiting).failure());
        assertEquals("system-shutdown", shutdown.condition());
        for (int i = 1; i < 20; i++) {
            send(sender, String.valueOf(i));
        }
        CompletableFuture<StateChange> online = Clients.next(sender, ConnectionState.ONLINE);
        network.restart();
        sender.reconnectNow();
        Await.outcome(online);
        receiver(missing);
        Await.zero(missing);
        assertEquals(numbers(20), arrived);
    }

    private void assertStaysAway(ChatClient client) {
        long accepted = network.statistics().connectionsAccepted();
        client.reconnectNow();
        Await.outcome(client.disconnect());
        assertEquals(ConnectionState.DISCONNECTED, client.state());
        assertEquals(accepted, network.statistics().connectionsAccepted());
    }

    @Test
    void passwordThatChangedMeanwhile_isFinal() {
        AtomicReference<String> password = new AtomicReference<>(juliet.password());
        ChatClient client = clients.online(clients.builder(network, juliet)
                .credentials(Credentials.password(() -> password.get().toCharArray())));
        Clients.comeBackAtOnce(client);
        password.set("wrong");
        network.account("juliet", "changed");
        CompletableFuture<StateChange> gone = Clients.next(client, ConnectionState.DISCONNECTED);
        network.cut(juliet);
        assertInstanceOf(
                AuthenticationFailedException.class, Await.outcome(gone).failure());
        SentMessage waiting = send(client, "waits for the right password");
        assertStaysAway(client);
        password.set("changed");
        Await.outcome(client.connect());
        Await.outcome(waiting.acknowledged());
        assertEquals(1, network.offlineMessages(romeo));
    }

    @Test
    void anotherDeviceOfTheSameName_isFinal() {
        // What a server adds to a name (XEP-0386 section 3.2.1) is the same for one installation.
        UserAgent installation = new UserAgent(UUID.randomUUID(), null, null);
        ChatClient first = clients.online(
                clients.builder(network, juliet).userAgent(installation).account(juliet.jid() + "/balcony"));
        Clients.comeBackAtOnce(first);
        CompletableFuture<StateChange> gone = Clients.next(first, ConnectionState.DISCONNECTED);
        ChatClient second = clients.online(
                clients.builder(network, juliet).userAgent(installation).account(juliet.jid() + "/balcony"));
        ServerClosedException conflict = assertInstanceOf(
                ServerClosedException.class, Await.outcome(gone).failure());
        assertEquals("conflict", conflict.condition());
        assertStaysAway(first);
        assertEquals(ConnectionState.ONLINE, second.state());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1, 1_000_000})
    void wrongCounters_endTheSession_andLoseNothing(int offset) {
        ChatClient sender = sender();
        CompletableFuture<StateChange> waiting = Clients.next(sender, ConnectionState.WAITING);
        CompletableFuture<StateChange> gone = Clients.next(sender, ConnectionState.DISCONNECTED);
        Await.outcome(send(sender, "0").acknowledged());
        network.faults(juliet).wrongCounter(offset);
        SentMessage message = send(sender, "1");
        if (offset == -1) {
            // One too few is what a slow server says; the message waits for the next count.
            assertFalse(message.acknowledged().isDone());
        } else {
            Await.outcome(CompletableFuture.anyOf(waiting, gone));
        }
        network.faults(juliet).clear();
        if (offset != -1) {
            Await.outcome(sender.connect());
        } else {
            cutAndComeBack(sender);
        }
        Await.outcome(message.acknowledged());
        assertEquals(ConnectionState.ONLINE, sender.state());
    }

    @Test
    void requestsUnderWay_areAnsweredOrFail_whenTheConnectionIsLost() {
        ChatClient sender = sender();
        XmppAccess door = sender.extension(XmppAccess.class);
        List<CompletableFuture<Duration>> pings = new ArrayList<>();
        network.faults(juliet).cutAfterReceived(10);
        CompletableFuture<StateChange> online = Clients.next(sender, ConnectionState.ONLINE);
        for (int i = 0; i < 50; i++) {
            pings.add(door.ping(null));
        }
        assertTrue(Await.outcome(online).resumed());
        int answered = 0;
        for (CompletableFuture<Duration> each : pings) {
            try {
                Await.outcome(each);
                answered++;
            } catch (ImException lost) {
                assertInstanceOf(NotConnectedException.class, lost);
            }
        }
        assertTrue(answered >= 10, () -> "a resumed session owes its answers: " + pings);
    }
}
