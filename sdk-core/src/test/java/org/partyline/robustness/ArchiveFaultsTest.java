package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.partyline.archive.ArchivePage;
import org.partyline.archive.ArchiveQuery;
import org.partyline.client.ChatClient;
import org.partyline.error.ConnectionLostException;
import org.partyline.error.NotConnectedException;
import org.partyline.error.ProtocolViolationException;
import org.partyline.error.RequestRejectedException;
import org.partyline.error.RequestTimeoutException;
import org.partyline.error.UnsupportedFeatureException;
import org.partyline.session.ConnectionState;
import org.partyline.session.StateChange;
import org.partyline.spi.SessionLimits;
import org.partyline.testkit.ArchiveFaults.PageFault;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;

/** Archives that answer late, never, or wrongly, over real connections. */
class ArchiveFaultsTest {
    private static final long OWN_QUERIES = 2;
    private static final ArchiveQuery QUERY = ArchiveQuery.all().pageSize(2);

    private final TestNetwork network = TestNetwork.start();
    private final TestAccount juliet = network.account("juliet");
    private final TestAccount romeo = network.account("romeo");
    private final Clients clients = new Clients("archive");

    @AfterEach
    void end() {
        clients.close();
        Await.nobody(network);
        network.close();
    }

    private ChatClient withMessages(int count) throws InterruptedException {
        ChatClient client = clients.online(clients.builder(network, juliet));
        // The client meets its archive, and looks at it once more some seconds later.
        network.await(now -> now.archive().queries() == OWN_QUERIES, Duration.ofSeconds(60));
        Await.all(IntStream.range(0, count)
                        .mapToObj(i -> Await.outcome(client.messages()
                                        .to(romeo.jid())
                                        .body("m" + i)
                                        .send())
                                .acknowledged())
                        .toList())
                .join();
        return client;
    }

    private static List<String> bodies(ArchivePage page) {
        return page.messages().stream().map(each -> each.message().body()).toList();
    }

    private static void comesBackAtOnce(ChatClient client) {
        client.states()
                .filter(change -> change.to() == ConnectionState.WAITING)
                .subscribe(change -> client.reconnectNow());
    }

    private void await(long queries) throws InterruptedException {
        network.await(now -> now.archive().queries() == OWN_QUERIES + queries, Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @EnumSource(PageFault.class)
    void spoiledPage_isNotBelieved_andTheNextOneIs(PageFault how) throws Exception {
        ChatClient client = withMessages(5);
        ArchivePage first = Await.outcome(client.archive().page(QUERY));
        ArchiveQuery more = first.more().orElseThrow();
        network.faults(juliet).archive().spoil(1, how);

        Await.failure(ProtocolViolationException.class, client.archive().page(more));

        assertEquals(List.of("m2", "m3"), bodies(Await.outcome(client.archive().page(more))));
    }

    @Test
    void refusedPage_saysWhy_andWhetherToTryAgain() throws Exception {
        ChatClient client = withMessages(1);
        network.faults(juliet).archive().refuse(1, "resource-constraint");

        RequestRejectedException failure =
                Await.failure(RequestRejectedException.class, client.archive().page(QUERY));

        assertEquals("resource-constraint", failure.condition());
        assertTrue(failure.isRetryable());
        assertEquals(List.of("m0"), bodies(Await.outcome(client.archive().page(QUERY))));
    }

    @Test
    void latePage_isComplete_alsoAfterAResumption() throws Exception {
        ChatClient client = withMessages(2);
        network.faults(juliet).archive().hold();
        CompletableFuture<ArchivePage> page = client.archive().page(QUERY);
        await(1);
        CompletableFuture<StateChange> back = Clients.next(client, ConnectionState.ONLINE);
        comesBackAtOnce(client);

        network.faults(juliet).cut();
        assertTrue(Await.outcome(back).resumed());
        network.faults(juliet).clear();

        assertEquals(List.of("m0", "m1"), bodies(Await.outcome(page)));
        assertEquals(1, network.statistics().resumptions());
    }

    @Test
    void pageThatIsAwaited_failsWithTheSession() throws Exception {
        ChatClient client = withMessages(2);
        network.faults(juliet).archive().hold();
        CompletableFuture<ArchivePage> page = client.archive().page(QUERY);
        await(1);

        Await.outcome(client.disconnect());

        Await.failure(ConnectionLostException.class, page);
    }

    @Test
    void pageThatNeverComes_isGivenUpInTime() {
        ChatClient client = clients.online(clients.builder(network, juliet)
                .limits(SessionLimits.builder()
                        .requestTimeout(Duration.ofSeconds(1))
                        .build()));
        network.faults(juliet).archive().hold();

        Await.failure(RequestTimeoutException.class, client.archive().page(QUERY));

        network.faults(juliet).clear();
        assertTrue(Await.outcome(client.archive().page(QUERY)).complete());
    }

    @Test
    void cancelledPage_comesInVain() throws Exception {
        ChatClient client = withMessages(2);
        network.faults(juliet).archive().hold();
        CompletableFuture<ArchivePage> page = client.archive().page(QUERY);
        await(1);
        page.cancel(true);

        network.faults(juliet).clear();

        assertEquals(List.of("m0", "m1"), bodies(Await.outcome(client.archive().page(QUERY))));
        assertTrue(page.isCancelled());
    }

    @Test
    void networkWithoutArchives_isToldSo() {
        try (TestNetwork without = TestNetwork.builder().archives(false).start();
                Clients others = new Clients("without")) {
            ChatClient client = others.online(others.builder(without, without.account("juliet")));

            Await.failure(UnsupportedFeatureException.class, client.archive().page(QUERY));
        }
    }

    @Test
    void offline_andClosed_itFails() {
        ChatClient client = clients.build(clients.builder(network, juliet));
        Await.failure(NotConnectedException.class, client.archive().page(QUERY));
        Await.outcome(client.closeAsync());
        Await.failure(NotConnectedException.class, client.archive().page(QUERY));
        assertThrows(
                NotConnectedException.class,
                () -> client.blocking(Duration.ofSeconds(60)).archive().page(QUERY));
    }

    /** What came over the wire twice would be seen here: the archive tells every message by its origin's id. */
    @Test
    void messages_overManyResumptions_areArchivedOnce() throws InterruptedException {
        ChatClient client = clients.online(clients.builder(network, juliet));
        // The client meets its archive, and looks at it once more some seconds later.
        network.await(now -> now.archive().queries() == OWN_QUERIES, Duration.ofSeconds(60));
        comesBackAtOnce(client);
        for (int i = 0; i < 30; i++) {
            if (i % 10 == 5) {
                network.faults(juliet).cutAfterReceived(1 + i % 3);
            }
            client.messages().to(romeo.jid()).body("m" + i).send();
        }
        Await.outcome(client.drain(Duration.ofSeconds(60)));

        ArchivePage page = Await.outcome(client.archive().page(ArchiveQuery.all()));
        assertEquals(IntStream.range(0, 30).mapToObj(i -> "m" + i).toList(), bodies(page));
        assertEquals(0, network.statistics().archive().repeated());
    }
}
