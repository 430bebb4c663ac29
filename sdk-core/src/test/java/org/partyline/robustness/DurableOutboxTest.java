package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partyline.client.ChatClient;
import org.partyline.error.NotConnectedException;
import org.partyline.error.NotSentException;
import org.partyline.error.StoreException;
import org.partyline.internal.store.MemoryStore;
import org.partyline.message.DeliveryChange;
import org.partyline.message.DeliveryState;
import org.partyline.message.LocalEcho;
import org.partyline.message.SentMessage;
import org.partyline.spi.SessionLimits;
import org.partyline.store.Store;
import org.partyline.store.file.FileStore;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;

/** D1, D4 and D6: what was accepted is sent, once, in order, by whichever process has the store. */
class DurableOutboxTest {
    private static final String NAME = "durable";

    private final TestNetwork network = TestNetwork.start();
    private final TestAccount juliet = network.account("juliet");
    private final TestAccount romeo = network.account("romeo");
    private final Clients clients = new Clients(NAME);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @TempDir
    Path directory;

    @AfterEach
    void end() {
        clients.close();
        network.close();
    }

    private ChatClient juliet(Store store) {
        return clients.build(clients.builder(network, juliet).store(store));
    }

    private void romeoListens() {
        ChatClient client = clients.build(clients.builder(network, romeo));
        client.messages().incoming().subscribe(message -> heard.add(message.body()));
        Await.outcome(client.connect());
        // Whom one writes to, one gives receipts (XEP-0184 section 8).
        SentMessage hello =
                Await.outcome(client.messages().to(juliet.jid()).body("hello").send());
        Await.outcome(hello.acknowledged());
    }

    private SentMessage send(ChatClient client, String text) {
        return Await.outcome(
                client.messages().to(romeo.jid()).body(text).requestReceipt().send());
    }

    private void hears(String... texts) throws InterruptedException {
        for (String text : texts) {
            assertEquals(text, heard.poll(60, TimeUnit.SECONDS));
        }
    }

    private static List<String> waiting(ChatClient client) {
        return client.messages().pending().stream()
                .map(echo -> echo.message().body() + " " + echo.delivery().state())
                .toList();
    }

    @Test
    @DisplayName(
            "What waits when the client closes is sent by the next one, in order, and its states are reported there")
    void closedClient_leavesItsMessagesToTheNext() throws Exception {
        Store store = FileStore.in(directory);
        ChatClient first = juliet(store);
        List<CompletableFuture<SentMessage>> acknowledged = new ArrayList<>();
        for (String text : List.of("one", "two", "three")) {
            acknowledged.add(send(first, text).acknowledged());
        }
        Await.outcome(first.closeAsync());
        for (CompletableFuture<SentMessage> each : acknowledged) {
            Await.failure(NotConnectedException.class, each);
        }

        romeoListens();
        ChatClient second = juliet(store);
        assertEquals(List.of("one QUEUED", "two QUEUED", "three QUEUED"), waiting(second));
        List<LocalEcho> pending = second.messages().pending();
        Map<String, List<DeliveryState>> states = new ConcurrentHashMap<>();
        second.messages()
                .deliveries()
                .subscribe(change -> states.computeIfAbsent(change.message().id(), id -> new CopyOnWriteArrayList<>())
                        .add(change.to()));
        Await.outcome(second.connect());
        hears("one", "two", "three");
        for (LocalEcho each : pending) {
            Await.outcome(each.delivery().delivered());
        }
        assertEquals(List.of(), waiting(second));
        Await.outcome(second.closeAsync());
        assertEquals(3, states.size());
        states.values().forEach(each -> {
            assertEquals(DeliveryState.SENT, each.get(0));
            assertTrue(each.contains(DeliveryState.DELIVERED));
            assertEquals(each.stream().sorted().distinct().toList(), each);
        });
        ChatClient third = juliet(store);
        assertEquals(List.of(), waiting(third));
        assertTrue(heard.isEmpty());
    }

    @Test
    @DisplayName("A process that ended without closing left nothing behind but its files; it may have sent what it had")
    void killedClient_leavesItsMessagesToTheNext() throws Exception {
        ChatClient killed = juliet(FileStore.in(directory));
        SentMessage sent = send(killed, "one");
        send(killed, "two");
        Path files = copyOf(directory);

        romeoListens();
        ChatClient next = juliet(FileStore.in(files));
        assertEquals(List.of("one SENT", "two SENT"), waiting(next));
        SentMessage same = next.messages().pending().get(0).delivery();
        assertEquals(sent.id(), same.id());
        assertFalse(Await.outcome(same.cancel()), "who knows whether it was sent");
        assertFalse(Await.outcome(same.edit("another")));
        Await.outcome(next.connect());
        hears("one", "two");
        Await.outcome(same.delivered());
    }

    private Path copyOf(Path from) throws java.io.IOException {
        Path to = Files.createDirectory(directory.resolve("copy"));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    @Test
    void cancelledAndEdited_acrossARestart() throws Exception {
        Store store = FileStore.in(directory);
        ChatClient first = juliet(store);
        SentMessage one = send(first, "one");
        SentMessage two = send(first, "two");
        send(first, "three");
        CompletableFuture<SentMessage> acknowledged = one.acknowledged();
        assertTrue(Await.outcome(one.cancel()));
        assertFalse(Await.outcome(one.cancel()), "it is taken back already");
        assertEquals(DeliveryState.CANCELLED, one.state());
        Await.failure(NotSentException.class, acknowledged);
        assertTrue(Await.outcome(two.edit("zwei")));
        assertEquals(List.of("zwei QUEUED", "three QUEUED"), waiting(first));
        Await.outcome(first.closeAsync());

        romeoListens();
        ChatClient second = juliet(store);
        SentMessage three = second.messages().pending().get(1).delivery();
        assertTrue(Await.outcome(three.edit("drei")));
        Await.outcome(second.connect());
        hears("zwei", "drei");
        Await.outcome(three.acknowledged());
        assertFalse(Await.outcome(three.cancel()));
        assertFalse(Await.outcome(three.edit("vier")));
    }

    @Test
    void timeThatIsUp_isCountedAcrossARestart() throws Exception {
        Store store = FileStore.in(directory);
        ChatClient first = juliet(store);
        Await.outcome(first.messages()
                .to(romeo.jid())
                .body("stale")
                .expiresAfter(Duration.ofSeconds(3))
                .send());
        send(first, "fresh");
        Await.outcome(first.closeAsync());

        romeoListens();
        ChatClient second = juliet(store);
        CompletableFuture<DeliveryChange> expired = new CompletableFuture<>();
        second.messages()
                .deliveries()
                .filter(change -> change.to() == DeliveryState.EXPIRED)
                .subscribe(expired::complete);
        assertEquals(DeliveryState.QUEUED, Await.outcome(expired).from());
        Await.outcome(second.connect());
        hears("fresh");
        assertTrue(Await.outcome(expired).cause().orElseThrow() instanceof NotSentException);
        assertTrue(heard.isEmpty());
    }

    @Test
    @DisplayName("A disk that takes nothing: the message is not accepted, and not sent, and the next one is")
    void failingStore_refusesTheMessage() throws Exception {
        romeoListens();
        MemoryStore disk = new MemoryStore();
        ChatClient client = juliet(disk);
        Await.outcome(client.connect());
        disk.failing(number -> true);
        StoreException refused = Await.failure(
                StoreException.class,
                client.messages().to(romeo.jid()).body("lost").send());
        assertEquals(StoreException.Reason.NOT_WRITTEN, refused.reason());
        assertTrue(refused.isRetryable());
        assertEquals(List.of(), waiting(client));
        disk.failing(number -> false);
        send(client, "kept");
        hears("kept");
        Await.outcome(client.drain(Duration.ofSeconds(60)));
        Await.outcome(client.closeAsync());
        assertEquals(List.of(), disk.keys("outbox"));
    }

    @Test
    void secondClient_onTheSameStore_isRefused() {
        Store store = FileStore.in(directory);
        juliet(store);
        try {
            juliet(store);
        } catch (StoreException e) {
            assertEquals(StoreException.Reason.IN_USE, e.reason());
            return;
        }
        throw new AssertionError("two clients have one outbox");
    }

    @Test
    @DisplayName("L15 with a store: a full outbox refuses, and what it refused is in no store")
    void fullOutbox_refuses() {
        MemoryStore disk = new MemoryStore();
        ChatClient client = clients.build(clients.builder(network, juliet)
                .store(disk)
                .limits(SessionLimits.builder().outboxMessages(2).build()));
        send(client, "one");
        SentMessage two = send(client, "two");
        Await.failure(
                org.partyline.error.LimitExceededException.class,
                client.messages().to(romeo.jid()).body("three").send());
        assertEquals(2, disk.keys("outbox").size());
        assertTrue(Await.outcome(two.cancel()));
        send(client, "three");
        assertEquals(List.of("one QUEUED", "three QUEUED"), waiting(client));
    }

    @Test
    void localEcho_showsWhatWasAccepted_atOnce() throws Exception {
        ChatClient client = juliet(new MemoryStore());
        BlockingQueue<LocalEcho> echoes = new LinkedBlockingQueue<>();
        client.messages().localEcho().subscribe(echoes::add);
        SentMessage sent = send(client, "one");
        LocalEcho echo = echoes.poll(60, TimeUnit.SECONDS);
        assertEquals("one", echo.message().body());
        assertEquals(sent.id(), echo.message().id());
        assertEquals(romeo.jid(), echo.message().to().toString());
        assertEquals(juliet.jid(), echo.message().from().bare().toString());
        assertEquals(sent, echo.delivery());
    }

    @Test
    @DisplayName("Many messages that wait for the disk together cost fewer commits than messages")
    void commits_areShared() throws Exception {
        romeoListens();
        ChatClient client = juliet(FileStore.in(directory));
        Await.outcome(client.connect());
        List<CompletableFuture<SentMessage>> sending = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            sending.add(client.messages().to(romeo.jid()).body("m" + i).send());
        }
        Await.outcome(Await.all(sending));
        for (int i = 0; i < 500; i++) {
            hears("m" + i);
        }
        Await.outcome(client.drain(Duration.ofSeconds(60)));
    }
}
