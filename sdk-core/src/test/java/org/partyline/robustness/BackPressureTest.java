package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partyline.address.Jid;
import org.partyline.client.ChatClient;
import org.partyline.error.LimitExceededException;
import org.partyline.message.SentMessage;
import org.partyline.session.ConnectionState;
import org.partyline.spi.SessionLimits;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;

/** Application code that is slow, blocks, throws or refuses, and applications that send faster than the network takes. */
class BackPressureTest {
    private static final int FLOOD = 20_000;

    private final TestNetwork network = TestNetwork.start();
    private final TestAccount juliet = network.account("juliet");
    private final TestAccount sink = network.sink("sink");
    private final Jid to = Jid.parse(sink.jid());
    private final Clients clients = new Clients("pressure");

    @AfterEach
    void end() throws Exception {
        clients.close();
        Await.nobody(network);
        network.close();
    }

    private static SessionLimits limits(int outboxMessages, int subscriberBuffer) {
        return SessionLimits.builder()
                .outboxMessages(outboxMessages)
                .subscriberBuffer(subscriberBuffer)
                .build();
    }

    /** The buffer is small beside the flood: if reading did not stop, it would overflow and the subscription would end. */
    @ParameterizedTest
    @CsvSource({"100, 1000", "1000, 1", "1000, 500"})
    void subscriberThatHangs_stopsReading_andLosesNothing(int buffer, int bodyLength) throws Exception {
        ChatClient client = clients.online(clients.builder(network, juliet).limits(limits(1_000, buffer)));
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch missing = new CountDownLatch(FLOOD);
        List<String> ids = new ArrayList<>();
        client.messages().incoming().subscribe(message -> {
            first.countDown();
            if (ids.isEmpty()) {
                waitFor(release);
            }
            ids.add(String.valueOf(message.id()));
            missing.countDown();
        });
        CompletableFuture<Void> flood = network.flood(juliet, FLOOD, "x".repeat(bodyLength));
        Await.zero(first);
        release.countDown();
        Await.outcome(flood);
        Await.zero(missing);
        assertEquals(IntStream.rangeClosed(1, FLOOD).mapToObj(i -> "flood-" + i).toList(), ids);
        assertEquals(ConnectionState.ONLINE, client.state());
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            Await.zero(latch);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void disconnectAndClose_whileASubscriberHangs_end() throws Exception {
        ChatClient client = clients.build(clients.builder(network, juliet).limits(limits(1_000, 100)));
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        client.messages().incoming().subscribe(message -> {
            first.countDown();
            waitFor(release);
        });
        var blocking = client.blocking(Duration.ofSeconds(60));
        blocking.connect();
        network.flood(juliet, FLOOD, "x".repeat(1_000));
        Await.zero(first);
        blocking.disconnect();
        assertEquals(ConnectionState.DISCONNECTED, client.state());
        Await.nobody(network);
        client.close();
        release.countDown();
    }

    @Test
    void subscriberThatThrows_harmsNobody() {
        ChatClient client = clients.online(clients.builder(network, juliet));
        client.messages().incoming().subscribe(message -> {
            throw new IllegalStateException("on purpose");
        });
        client.states().subscribe(change -> {
            throw new IllegalStateException("on purpose");
        });
        List<String> ids = new CopyOnWriteArrayList<>();
        CountDownLatch missing = new CountDownLatch(100);
        client.messages().incoming().subscribe(message -> {
            ids.add(String.valueOf(message.id()));
            missing.countDown();
        });
        Await.outcome(network.flood(juliet, 100, "hello"));
        waitFor(missing);
        assertEquals(IntStream.rangeClosed(1, 100).mapToObj(i -> "flood-" + i).toList(), ids);
        Await.outcome(client.disconnect());
        Await.outcome(client.connect());
    }

    @Test
    void callbackExecutorThatRejects_doesNotStopTheClient() {
        ChatClient client = clients.build(clients.builder(network, juliet).callbackExecutor(task -> {
            throw new RejectedExecutionException("full");
        }));
        Await.outcome(client.connect());
        CountDownLatch missing = new CountDownLatch(100);
        client.messages().incoming().subscribe(message -> missing.countDown());
        Await.outcome(network.flood(juliet, 100, "hello"));
        waitFor(missing);
        Await.outcome(Await.outcome(client.messages().to(to).body("hi").send()).acknowledged());
        assertEquals(1, network.swallowed(sink));
    }

    @Test
    void callbackExecutorThatBlocks_doesNotStopTheSession() throws Exception {
        ExecutorService callbacks = Executors.newSingleThreadExecutor();
        CountDownLatch release = new CountDownLatch(1);
        callbacks.execute(() -> waitFor(release));
        ChatClient client = clients.build(clients.builder(network, juliet).callbackExecutor(callbacks));
        CompletableFuture<Void> connected = client.connect();
        client.blocking(Duration.ofSeconds(60)).connect();
        assertEquals(ConnectionState.ONLINE, client.state());
        assertFalse(connected.isDone(), "completed on the callback executor alone");
        SentMessage sent = Await.outcome(client.messages().to(to).body("hi").send());
        client.blocking(Duration.ofSeconds(60)).drain(Duration.ofSeconds(60));
        assertEquals(1, network.swallowed(sink));
        release.countDown();
        Await.outcome(connected);
        Await.outcome(sent.acknowledged());
        client.closeAsync();
        Await.outcome(client.closeAsync());
        callbacks.shutdown();
    }

    @Test
    void fullOutbox_refusesByName_andDropsNothing() {
        ChatClient client = clients.build(clients.builder(network, juliet).limits(limits(100, 1_000)));
        List<SentMessage> accepted = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            accepted.add(
                    Await.outcome(client.messages().to(to).body("offline " + i).send()));
        }
        for (int i = 0; i < 10; i++) {
            LimitExceededException full = Await.failure(
                    LimitExceededException.class,
                    client.messages().to(to).body("too many").send());
            assertEquals("outboxMessages", full.limit());
            assertTrue(full.isRetryable());
        }
        Await.outcome(client.connect());
        for (SentMessage each : accepted) {
            Await.outcome(each.acknowledged());
        }
        assertEquals(100, network.swallowed(sink));

        network.faults(juliet).holdAcks();
        int refused = 0;
        accepted.clear();
        for (int i = 0; i < 1_000; i++) {
            try {
                accepted.add(Await.outcome(
                        client.messages().to(to).body("online " + i).send()));
            } catch (LimitExceededException full) {
                refused++;
            }
        }
        network.faults(juliet).clear();
        for (SentMessage each : accepted) {
            Await.outcome(each.acknowledged());
        }
        assertEquals(100, accepted.size());
        assertEquals(900, refused);
        assertEquals(200, network.swallowed(sink), "what was accepted arrived, and nothing else");
    }

    @Test
    void messageThatIsTooLarge_isRefusedByName() {
        ChatClient client = clients.online(clients.builder(network, juliet));
        LimitExceededException large = Await.failure(
                LimitExceededException.class,
                client.messages().to(to).body("x".repeat(10_000_000)).send());
        assertEquals("outboundBytes", large.limit());
        Await.outcome(
                Await.outcome(client.messages().to(to).body("small").send()).acknowledged());
        assertEquals(1, network.swallowed(sink));
    }
}
