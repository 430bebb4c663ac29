package org.partyline.snippets;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.partyline.address.Jid;
import org.partyline.archive.ArchiveQuery;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.credentials.SecretStore;
import org.partyline.auth.sasl.PinStore;
import org.partyline.auth.sasl.SecurityPin;
import org.partyline.client.ChatClient;
import org.partyline.client.ChatResources;
import org.partyline.error.AuthenticationFailedException;
import org.partyline.error.ConnectionException;
import org.partyline.message.DeliveryState;
import org.partyline.message.SentMessage;
import org.partyline.session.ConnectionState;
import org.partyline.testkit.ClientCertificate;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.testkit.TestNetworkExtension;
import org.partyline.testkit.Username;
import org.partyline.xmpp.Xmpp;
import org.partyline.xmpp.XmppAccess;

/** The snippets do what the documents say of them. */
@ExtendWith(TestNetworkExtension.class)
class SnippetsTest {

    @Test
    void deliveryAndListen_messageIsDeliveredAndShown(
            TestNetwork network, @Username("juliet") TestAccount juliet, @Username("romeo") TestAccount romeo)
            throws Exception {
        try (ChatClient sender = ReconnectTest.client(network, juliet);
                ChatClient receiver = ReconnectTest.client(network, romeo)) {
            CompletableFuture<String> shown = new CompletableFuture<>();
            QuickStart.listen(receiver, (from, body) -> shown.complete(from.bare() + ": " + body));
            CompletableFuture.allOf(sender.connect(), receiver.connect()).get(30, SECONDS);
            // A receipt is given to those whom this account has written to, so that has to be out first.
            receiver.messages()
                    .to(juliet.jid())
                    .body("I am here")
                    .send()
                    .thenCompose(SentMessage::acknowledged)
                    .get(30, SECONDS);

            SentMessage sent = Delivery.send(sender, Jid.parse(romeo.jid())).get(30, SECONDS);

            assertEquals(DeliveryState.DELIVERED, sent.state());
            assertEquals(juliet.jid() + ": Wilt thou be gone?", shown.get(30, SECONDS));
        }
    }

    @Test
    void markers_tellWhatWasShown(
            TestNetwork network, @Username("juliet") TestAccount juliet, @Username("romeo") TestAccount romeo)
            throws Exception {
        try (ChatClient sender = ReconnectTest.client(network, juliet);
                ChatClient receiver = ReconnectTest.client(network, romeo)) {
            List<String> shown = new CopyOnWriteArrayList<>();
            Markers.show(receiver, message -> shown.add(message.body()));
            CompletableFuture.allOf(sender.connect(), receiver.connect()).get(30, SECONDS);
            // A marker is given to those whom this account has written to, so that has to be out first.
            receiver.messages()
                    .to(juliet.jid())
                    .body("I am here")
                    .send()
                    .thenCompose(SentMessage::acknowledged)
                    .get(30, SECONDS);
            CompletableFuture<Jid> seenBy = new CompletableFuture<>();
            Markers.ask(sender, Jid.parse(romeo.jid()), (who, upTo) -> seenBy.complete(who.bare()));

            assertEquals(Jid.parse(romeo.jid()), seenBy.get(30, SECONDS));
            assertEquals(List.of("Wilt thou be gone?"), shown);
        }
    }

    @Test
    void archives_areReadPageByPage(
            TestNetwork network, @Username("juliet") TestAccount juliet, @Username("romeo") TestAccount romeo)
            throws Exception {
        try (ChatClient client = ReconnectTest.client(network, juliet)) {
            client.connect().get(30, SECONDS);
            for (String text : List.of("one", "two", "three")) {
                client.messages()
                        .to(romeo.jid())
                        .body(text)
                        .send()
                        .thenCompose(SentMessage::acknowledged)
                        .get(30, SECONDS);
            }
            Queue<String> read = new ConcurrentLinkedQueue<>();

            Archives.read(
                            client.archive(),
                            ArchiveQuery.all().pageSize(2),
                            each -> read.add(each.message().body()))
                    .get(30, SECONDS);

            assertEquals(List.of("one", "two", "three"), List.copyOf(read));
            assertEquals(
                    3,
                    Archives.latest(client, Jid.parse(romeo.jid()))
                            .get(30, SECONDS)
                            .messages()
                            .size());
        }
    }

    @Test
    void blocking_sendsAndCloses(
            TestNetwork network, @Username("juliet") TestAccount juliet, @Username("romeo") TestAccount romeo) {
        ChatClient client = ReconnectTest.client(network, juliet);

        SentMessage sent = Blocking.send(client, Jid.parse(romeo.jid()));

        assertEquals(DeliveryState.SERVER_ACKED, sent.state());
        assertEquals(ConnectionState.CLOSED, client.state());
        assertEquals(1, network.offlineMessages(romeo));
    }

    @Test
    void support_writesWhatWentOverTheWire(
            TestNetwork network, @Username("juliet") TestAccount juliet, @TempDir Path folder) throws Exception {
        try (ChatClient client = Support.traced(builder(network, juliet))) {
            client.connect().get(30, SECONDS);
            Path file = folder.resolve("trace.txt");

            String report = Files.readString(Support.report(client, file));

            assertTrue(report.contains("TLS established"), report);
            assertTrue(report.contains("[secret]"), report);
            assertThrows(FileAlreadyExistsException.class, () -> Support.report(client, file));
        }
    }

    @Test
    void durable_showsWhatAnEarlierClientLeft(
            TestNetwork network,
            @Username("juliet") TestAccount juliet,
            @Username("romeo") TestAccount romeo,
            @TempDir Path folder)
            throws Exception {
        List<String> shown = new CopyOnWriteArrayList<>();
        try (ChatClient client = Durable.client(
                builder(network, juliet), folder, () -> new byte[32], (what, state) -> shown.add(what + " " + state))) {
            client.messages().to(romeo.jid()).body("later").send().get(30, SECONDS);
            client.closeAsync().get(30, SECONDS);
        }
        shown.clear();

        try (ChatClient client = Durable.client(
                builder(network, juliet), folder, () -> new byte[32], (what, state) -> shown.add(what + " " + state))) {
            assertEquals(List.of("later QUEUED"), shown);
            SentMessage left = client.messages().pending().get(0).delivery();
            client.connect().get(30, SECONDS);
            left.acknowledged().get(30, SECONDS);
        }
    }

    @Test
    void callbacks_runOnTheGivenExecutor(TestNetwork network, @Username("juliet") TestAccount juliet) throws Exception {
        ExecutorService userInterface = Executors.newSingleThreadExecutor(task -> new Thread(task, "user interface"));
        try (ChatClient client = Threads.callbacks(builder(network, juliet), userInterface)) {
            String thread = client.connect()
                    .thenApply(online -> Thread.currentThread().getName())
                    .get(30, SECONDS);

            assertEquals("user interface", thread);
            client.closeAsync().get(30, SECONDS);
        } finally {
            userInterface.shutdown();
        }
    }

    @Test
    void share_clientsLiveOnTheSameThreads(
            TestNetwork network, @Username("juliet") TestAccount juliet, @Username("romeo") TestAccount romeo)
            throws Exception {
        ChatResources shared = ChatResources.create(1, 1, "snippet");
        List<ChatClient> clients = Threads.many(shared, List.of(builder(network, juliet), builder(network, romeo)));
        for (ChatClient client : clients) {
            client.connect().get(30, SECONDS);
        }

        long loops = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("partyline-snippet-")
                        && thread.getName().contains("-net-"))
                .count();

        assertEquals(1, loops);
        for (ChatClient client : clients) {
            client.closeAsync().get(30, SECONDS);
        }
        shared.closeAsync().get(30, SECONDS);
    }

    @Test
    void ownAuthority_isTrustedAndNoOther(TestNetwork network, @Username("juliet") TestAccount juliet)
            throws Exception {
        try (TestNetwork stranger = TestNetwork.builder().ownAuthority().start();
                ChatClient right = Trust.onlyOwnAuthority(builder(network, juliet), network.trustAnchor())
                        .build();
                ChatClient wrong = Trust.onlyOwnAuthority(builder(network, juliet), stranger.trustAnchor())
                        .build()) {
            right.connect().get(30, SECONDS);
            Queue<String> told = new ConcurrentLinkedQueue<>();

            ExecutionException failure = assertThrows(
                    ExecutionException.class,
                    () -> Failures.connect(wrong, told::add).get(30, SECONDS));

            assertEquals(
                    ConnectionException.Reason.CERTIFICATE_REJECTED,
                    ((ConnectionException) failure.getCause()).reason());
            assertEquals(1, told.size());
        }
    }

    @Test
    void proxy_thatIsNotThere_isToldByItsName(TestNetwork network, @Username("juliet") TestAccount juliet)
            throws Exception {
        int port;
        try (ServerSocket closedAgain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closedAgain.getLocalPort();
        }
        try (ChatClient client = Proxies.socks(
                        builder(network, juliet), "127.0.0.1", port, "juliet", "secret"::toCharArray)
                .build()) {
            ExecutionException failure = assertThrows(
                    ExecutionException.class, () -> client.connect().get(30, SECONDS));

            ConnectionException told = (ConnectionException) failure.getCause();
            assertEquals(ConnectionException.Reason.PROXY_FAILED, told.reason());
            assertTrue(String.valueOf(told.getMessage()).contains("SOCKS5 127.0.0.1:" + port), told::getMessage);
        }
    }

    @Test
    void certificate_signsIn() throws Exception {
        try (TestNetwork network = TestNetwork.builder().mechanisms("EXTERNAL").start()) {
            TestAccount juliet = network.account("juliet");
            ClientCertificate issued = network.issueClientCertificate(juliet);
            try (ChatClient client = Trust.certificate(
                            builder(network, juliet), network.trustAnchor(), issued.key(), issued.chain())
                    .build()) {
                client.connect().get(30, SECONDS);

                assertEquals(juliet.jid(), client.self().orElseThrow().bare().toString());
            }
        }
    }

    @Test
    void signIn_isRemembered_andAsStrictAsItIsToBe(TestNetwork network, @Username("juliet") TestAccount juliet)
            throws Exception {
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        PinStore pins = PinStore.inMemory();
        pins.write(juliet.jid(), new SecurityPin(SecurityPin.Strength.PROVED, null, "a former key"));
        try (ChatClient client = SigningIn.strict(SigningIn.remember(
                        builder(network, juliet),
                        pins,
                        SecretStore.inMemory(),
                        UUID.randomUUID(),
                        question -> asked.add(question)))
                .build()) {
            client.connect().get(30, SECONDS);

            assertEquals(1, asked.size());
            String how = SigningIn.report(client);
            assertTrue(how.matches("SCRAM-SHA-512-PLUS over TLSv1.3, bound by tls-.+"), how);
        }
    }

    @Test
    void bearerToken_signsIn() throws Exception {
        try (TestNetwork network = TestNetwork.builder()
                .oauthBearer((user, token) -> user.equals("juliet") && token.equals("fresh"))
                .start()) {
            TestAccount juliet = network.account("juliet");
            SigningIn.Authorization authorization = () -> CompletableFuture.completedFuture(
                    new SigningIn.Answer("fresh", Instant.now().plusSeconds(3600)));
            try (ChatClient client =
                    SigningIn.token(builder(network, juliet), authorization).build()) {
                client.connect().get(30, SECONDS);

                assertEquals("OAUTHBEARER", client.signIn().orElseThrow().mechanism());
            }
        }
    }

    @Test
    void pinnedKeys_refuseOthers(TestNetwork network, @Username("juliet") TestAccount juliet) throws Exception {
        String other = Base64.getEncoder().encodeToString(new byte[32]);
        Instant later = Instant.now().plusSeconds(3600);
        try (ChatClient client = Trust.pinned(builder(network, juliet), other, other.replace('A', 'B'), later)
                .build()) {
            ExecutionException failure = assertThrows(
                    ExecutionException.class, () -> client.connect().get(30, SECONDS));

            assertEquals(
                    ConnectionException.Reason.CERTIFICATE_REJECTED,
                    ((ConnectionException) failure.getCause()).reason());
        }
    }

    @Test
    void failures_areTold(TestNetwork network, @Username("juliet") TestAccount juliet) {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        try (ChatClient client = builder(network, juliet)
                .credentials(Credentials.password("not the password"::toCharArray))
                .build()) {
            ExecutionException failure = assertThrows(
                    ExecutionException.class,
                    () -> Failures.connect(client, told::add).get(30, SECONDS));

            assertTrue(failure.getCause() instanceof AuthenticationFailedException, failure::toString);
            assertEquals(List.of("Sign-in failed: not-authorized"), List.copyOf(told));
        }
    }

    @Test
    void watchAndEnd_tellEveryState(
            TestNetwork network, @Username("juliet") TestAccount juliet, @Username("romeo") TestAccount romeo)
            throws Exception {
        ChatClient client = ReconnectTest.client(network, juliet);
        Queue<String> shown = new ConcurrentLinkedQueue<>();
        CompletableFuture<Void> back = new CompletableFuture<>();
        Lifetime.watch(client, state -> {
            shown.add(state.replaceAll("\\d+", "n"));
            if (state.startsWith("back")) {
                back.complete(null);
            }
        });
        client.connect().get(30, SECONDS);
        network.cut(juliet);
        back.get(30, SECONDS);
        client.messages().to(romeo.jid()).body("Good night").send().get(30, SECONDS);

        Lifetime.end(client).get(30, SECONDS);

        assertEquals(1, network.offlineMessages(romeo));
        assertEquals(
                List.of("connecting", "online", "lost, trying again in n s", "connecting", "back, nothing missed"),
                List.copyOf(shown).subList(0, 5));
    }

    @Test
    void rawStanzas_goBothWays(
            TestNetwork network, @Username("juliet") TestAccount juliet, @Username("romeo") TestAccount romeo)
            throws Exception {
        try (ChatClient one = ReconnectTest.client(network, juliet);
                ChatClient other = ReconnectTest.client(network, romeo)) {
            CompletableFuture.allOf(one.connect(), other.connect()).get(30, SECONDS);
            XmppAccess asking = RawStanzas.door(one);
            XmppAccess asked = RawStanzas.door(other);
            Jid device = other.self().orElseThrow();
            CompletableFuture<Jid> rung = new CompletableFuture<>();
            RawStanzas.answer(asked, Clock.fixed(Instant.parse("2026-11-24T12:00:00.5Z"), ZoneOffset.UTC));
            RawStanzas.listen(asked, rung::complete);

            assertEquals("2026-11-24T12:00:00Z", RawStanzas.ask(asking, device).get(30, SECONDS));
            assertTrue(asking.discovery().info(device).get(30, SECONDS).has("urn:xmpp:time"));
            RawStanzas.send(asking, device).get(30, SECONDS);
            assertEquals(one.self().orElseThrow(), rung.get(30, SECONDS));
        }
    }

    private static ChatClient.Builder builder(TestNetwork network, TestAccount account) {
        return ChatClient.builder()
                .protocol(Xmpp.create())
                .account(account.jid())
                .credentials(Credentials.password(() -> account.password().toCharArray()))
                .endpoints(network.directTlsEndpoint())
                .tls(network.tlsConfig());
    }
}
