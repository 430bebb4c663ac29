package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.archive.ArchiveQuery;
import org.partyline.client.ChatClient;
import org.partyline.error.NotConnectedException;
import org.partyline.message.ChatState;
import org.partyline.message.DeliveryState;
import org.partyline.message.SentMessage;
import org.partyline.presence.Presence;
import org.partyline.session.ConnectionState;
import org.partyline.testkit.Faults;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.XmppAccess;

/** What the futures of the public API promise: where they complete, what cancelling does, and what is thrown at once. */
class FutureContractTest {
    private static final String CALLBACKS = "the-applications-own";

    private final TestNetwork network = TestNetwork.start();
    private final TestAccount juliet = network.account("juliet");
    private final TestAccount romeo = network.account("romeo");
    private final Jid to = Jid.parse(romeo.jid());
    private final ExecutorService callbacks = Executors.newSingleThreadExecutor(task -> new Thread(task, CALLBACKS));
    private final Clients clients = new Clients("contract");

    @AfterEach
    void end() {
        clients.close();
        Await.nobody(network);
        network.close();
        callbacks.shutdown();
    }

    /** Runs a call while the callback executor is busy, and tells who runs a stage that is chained to its future. */
    private <T> String completer(Supplier<CompletableFuture<T>> call) {
        CountDownLatch chained = new CountDownLatch(1);
        callbacks.execute(() -> {
            try {
                Await.zero(chained);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        CompletableFuture<?> future = call.get();
        // The answer may have been quicker than the call's return: then nobody completes what is handed out.
        boolean atOnce = future.isDone();
        CompletableFuture<String> name = atOnce
                ? CompletableFuture.completedFuture(CALLBACKS)
                : future.handle((value, failure) -> Thread.currentThread().getName());
        chained.countDown();
        return Await.outcome(name);
    }

    @Test
    void everyFuture_completesOnTheCallbackExecutor() {
        ChatClient client = clients.build(clients.builder(network, juliet).callbackExecutor(callbacks));
        XmppAccess door = client.extension(XmppAccess.class);
        Map<String, String> threads = new LinkedHashMap<>();
        network.faults().cutAt(Faults.Stage.STREAM_FEATURES);
        threads.put("failed connect", completer(client::connect));
        network.faults().clear();
        threads.put("connect", completer(client::connect));
        threads.put("ping", completer(() -> door.ping(null)));
        threads.put("ping of nobody", completer(() -> door.ping(Jid.parse("nobody@chat.test"))));
        threads.put("presence", completer(() -> client.presence().publish(Presence.available())));
        threads.put("save", completer(() -> client.roster().save(to, "Romeo", List.of())));
        threads.put("block list", completer(() -> client.blockList().load()));
        threads.put("archive", completer(() -> client.archive().page(ArchiveQuery.all())));
        threads.put("chat state", completer(() -> client.messages().chatState(to, ChatState.COMPOSING)));
        SentMessage sent = Await.outcome(client.messages().to(to).body("hi").send());
        network.faults(juliet).holdAcks();
        SentMessage held = Await.outcome(client.messages().to(to).body("held").send());
        threads.put("acknowledged", completer(() -> {
            CompletableFuture<SentMessage> acknowledged = held.acknowledged();
            network.faults(juliet).clear();
            return acknowledged;
        }));
        threads.put("drain", completer(() -> client.drain(Duration.ofSeconds(60))));
        threads.put("disconnect", completer(client::disconnect));
        threads.put("close", completer(client::closeAsync));
        Await.outcome(sent.acknowledged());
        threads.forEach((call, thread) -> assertEquals(CALLBACKS, thread, call));
    }

    @Test
    void subscribers_areCalledOnTheCallbackExecutor() {
        ChatClient client = clients.build(clients.builder(network, juliet).callbackExecutor(callbacks));
        CompletableFuture<String> state = new CompletableFuture<>();
        CompletableFuture<String> message = new CompletableFuture<>();
        CompletableFuture<String> stanza = new CompletableFuture<>();
        CompletableFuture<String> handler = new CompletableFuture<>();
        client.states()
                .subscribe(change -> state.complete(Thread.currentThread().getName()));
        client.messages()
                .incoming()
                .subscribe(each -> message.complete(Thread.currentThread().getName()));
        XmppAccess door = client.extension(XmppAccess.class);
        door.stanzas(each -> true)
                .subscribe(each -> stanza.complete(Thread.currentThread().getName()));
        door.onRequest("urn:example:test", "question", iq -> {
            handler.complete(Thread.currentThread().getName());
            return XmlElement.of("urn:example:test", "answer");
        });
        Await.outcome(client.connect());
        Await.outcome(network.flood(juliet, 1, "hello"));
        ChatClient other = clients.online(clients.builder(network, romeo));
        XmlElement answer = Await.outcome(other.extension(XmppAccess.class)
                .query("get", client.self().orElseThrow(), XmlElement.of("urn:example:test", "question")));
        assertEquals("answer", answer.children().get(0).name());
        for (CompletableFuture<String> each : List.of(state, message, stanza, handler)) {
            assertEquals(CALLBACKS, Await.outcome(each));
        }
    }

    @Test
    void cancel_ofARequest_forgetsIt_andHarmsNothing() {
        ChatClient client = clients.online(clients.builder(network, juliet));
        XmppAccess door = client.extension(XmppAccess.class);
        for (int i = 0; i < 1_000; i++) {
            // Above the limit of requests that may wait, were they not forgotten.
            CompletableFuture<Duration> ping = door.ping(null);
            ping.cancel(true);
            assertTrue(ping.isDone());
        }
        assertFalse(Await.outcome(door.ping(null)).isNegative());
    }

    @Test
    void cancel_ofConnectAfterItSucceeded_doesNothing() {
        ChatClient client = clients.build(clients.builder(network, juliet));
        CompletableFuture<Void> connected = client.connect();
        Await.outcome(connected);
        connected.cancel(true);
        assertEquals(ConnectionState.ONLINE, client.state());
        Await.outcome(client.extension(XmppAccess.class).ping(null));
    }

    @Test
    void cancel_ofSendOrAcknowledged_doesNotTakeTheMessageBack() {
        ChatClient client = clients.online(clients.builder(network, juliet));
        network.faults(juliet).holdAcks();
        SentMessage message =
                Await.outcome(client.messages().to(to).body("stays").send());
        message.acknowledged().cancel(true);
        network.faults(juliet).clear();
        Await.outcome(client.drain(Duration.ofSeconds(60)));
        assertEquals(1, network.offlineMessages(romeo));
        assertEquals(DeliveryState.SERVER_ACKED, message.state());
    }

    @Test
    void whatIsWrong_isThrownAtOnce_andAllElseThroughTheFuture() {
        ChatClient client = clients.build(clients.builder(network, juliet));
        assertThrows(IllegalStateException.class, () -> client.messages().to(to).send(), "neither body nor subject");
        var message = client.messages().to(to).body("once");
        Await.outcome(message.send());
        assertThrows(IllegalStateException.class, message::send, "sent before");
        assertThrows(
                IllegalArgumentException.class,
                () -> client.extension(XmppAccess.class).query("put", null, XmlElement.of("a", "b")));
        assertThrows(IllegalArgumentException.class, () -> client.extension(String.class));
        assertThrows(IllegalArgumentException.class, () -> client.blocking(Duration.ZERO));
        XmppAccess door = client.extension(XmppAccess.class);
        assertTrue(Await.failure(NotConnectedException.class, door.ping(null)).isRetryable());
        Await.failure(NotConnectedException.class, client.roster().remove(to));
        Await.failure(NotConnectedException.class, client.blockList().load());
        Await.failure(NotConnectedException.class, client.archive().page(ArchiveQuery.all()));
        client.close();
        assertThrows(IllegalStateException.class, client::connect);
        assertThrows(
                IllegalStateException.class,
                () -> client.messages().to(to).body("late").send());
        Await.failure(NotConnectedException.class, door.ping(null));
        Await.outcome(client.disconnect());
    }
}
