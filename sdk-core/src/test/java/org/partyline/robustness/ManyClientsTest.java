package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.client.ChatClient;
import org.partyline.message.SentMessage;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.xmpp.Xmpp;
import org.slf4j.event.Level;

/** Many clients cost memory, not threads; and neither stays. */
class ManyClientsTest {
    private static final int CLIENTS = 1_000;
    private static final int MOST_THREADS = 12;
    /** What one session may keep, the network's side of it included: it lives in the same heap. */
    private static final long MOST_BYTES_EACH = 256 * 1024;

    @Test
    @DisplayName("1,000 clients online at once, each gets a message, on 12 threads at most, which are gone afterwards")
    void thousandClients_onTwelveThreads() throws Exception {
        Set<Thread> before = Threads.now();
        List<WeakReference<ChatClient>> traces = new ArrayList<>();
        try (LogCapture log = LogCapture.from(Level.WARN)) {
            try (TestNetwork network =
                    TestNetwork.builder().mechanisms("SCRAM-SHA-1").start()) {
                Clients clients = new Clients("many");
                runMany(network, clients, before, traces);
                clients.close();
                Await.nobody(network);
                assertEquals(0, network.sessions().size());
            }
            assertEquals(Set.of(), Threads.leftSince(before), "threads are left");
            assertCollected(traces);
            List<String> leaks =
                    log.lines().stream().filter(line -> line.contains("LEAK")).toList();
            assertEquals(List.of(), leaks);
        }
    }

    private static void runMany(
            TestNetwork network, Clients clients, Set<Thread> before, List<WeakReference<ChatClient>> traces)
            throws Exception {
        long heapBefore = usedHeap();
        List<ChatClient> all = new ArrayList<>();
        List<TestAccount> accounts = new ArrayList<>();
        Set<String> got = ConcurrentHashMap.newKeySet();
        CountDownLatch missing = new CountDownLatch(CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            TestAccount account = network.account("user" + i);
            accounts.add(account);
            ChatClient client = clients.build(clients.builder(network, account));
            client.messages().incoming().subscribe(message -> {
                if (got.add(message.to().bare() + " " + message.body())) {
                    missing.countDown();
                }
            });
            all.add(client);
            traces.add(new WeakReference<>(client));
        }
        connect(all);
        assertEquals(CLIENTS, network.statistics().sessionsOnline());
        assertEquals(CLIENTS, network.statistics().connectionsOpen());

        List<CompletableFuture<SentMessage>> sent = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Jid next = Jid.parse(accounts.get((i + 1) % CLIENTS).jid());
            sent.add(all.get(i).messages().to(next).body("for " + next).send().thenCompose(SentMessage::acknowledged));
        }
        Await.zero(missing);
        Await.outcome(Await.all(sent));
        Set<String> wanted = new HashSet<>();
        accounts.forEach(account -> wanted.add(account.jid() + " for " + account.jid()));
        assertEquals(wanted, got);

        Set<String> threads = Threads.since(before);
        assertTrue(threads.size() <= MOST_THREADS, () -> threads.size() + " threads: " + threads);
        long each = (usedHeap() - heapBefore) / CLIENTS;
        assertTrue(each <= MOST_BYTES_EACH, () -> each + " bytes a session");
    }

    /** Connects with a few sign-ins at a time: the server of a real network would not take a thousand at once either. */
    private static void connect(List<ChatClient> all) throws InterruptedException {
        Semaphore places = new Semaphore(32);
        List<CompletableFuture<Void>> connecting = new ArrayList<>();
        for (ChatClient client : all) {
            places.acquire();
            CompletableFuture<Void> connected = client.connect();
            connected.whenComplete((done, failure) -> places.release());
            connecting.add(connected);
        }
        Await.outcome(Await.all(connecting));
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Nothing that outlives the clients may hold one. The collector is asked a bounded number of times. */
    private static void assertCollected(List<WeakReference<ChatClient>> traces) {
        long left = traces.size();
        for (int i = 0; i < 20 && left > 0; i++) {
            System.gc();
            left = traces.stream().filter(trace -> trace.get() != null).count();
        }
        assertEquals(0, left, "clients are held after they were closed");
    }

    @Test
    void clientWithItsOwnThreads_leavesNoneBehind() throws Exception {
        try (TestNetwork network = TestNetwork.start()) {
            TestAccount juliet = network.account("juliet");
            Set<Thread> before = Threads.now();
            for (int round = 0; round < 3; round++) {
                ChatClient client = ChatClient.builder()
                        .protocol(Xmpp.create())
                        .account(juliet.jid())
                        .credentials(Credentials.password(juliet.password()::toCharArray))
                        .tls(network.tlsConfig())
                        .endpoints(network.directTlsEndpoint())
                        .build();
                if (round > 0) {
                    Await.outcome(client.connect());
                }
                if (round == 2) {
                    network.cut(juliet);
                }
                Await.outcome(client.closeAsync());
                assertEquals(Set.of(), Threads.named(network.domain()), "round " + round);
            }
            assertEquals(Set.of(), Threads.leftSince(before));
        }
    }
}
