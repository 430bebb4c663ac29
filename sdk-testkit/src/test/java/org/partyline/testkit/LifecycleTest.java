package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.partyline.transport.xml.XmlElement;

/** Starting, counting, waiting, stopping; and what is left afterwards: nothing. */
class LifecycleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void statistics_countConnectionsSessionsAndStanzas() throws Exception {
        try (TestNetwork network = TestNetwork.start()) {
            TestAccount juliet = network.account("juliet");
            assertEquals(counted(0, 0, 0, 0, 0, 0, 0, 0, 0, signIns(0, 0, 0)), network.statistics());
            try (RawClient client = RawClient.directTls(network)) {
                client.open();
                client.send(RawClient.plainAuth(new TestAccount("juliet", network.domain(), "wrong")));
                client.awaitText("</failure>");
                client.send(RawClient.plainAuth(juliet));
                client.awaitSuccess();
                client.open();
                client.bind("balcony");
                client.untilPong();
                // Sent: the results of bind and ping. Received: the ping alone, for the resource was not bound before.
                assertEquals(counted(1, 1, 1, 0, 1, 1, 0, 1, 2, signIns(2, 1, 5)), network.statistics());
                client.enableManagement();
                network.cut(juliet);
                client.awaitEnd();
            }
            network.await(now -> now.connectionsOpen() == 0, PATIENCE);
            assertEquals(counted(1, 0, 1, 1, 1, 1, 0, 1, 2, signIns(2, 1, 5)), network.statistics());
        }
    }

    private static NetworkStatistics counted(
            long accepted,
            int open,
            int online,
            int waiting,
            long signIns,
            long failedSignIns,
            long resumptions,
            long received,
            long sent,
            SignInStatistics how) {
        return new NetworkStatistics(
                accepted,
                open,
                online,
                waiting,
                signIns,
                failedSignIns,
                resumptions,
                received,
                sent,
                how,
                new ArchiveStatistics(0, 0, 0));
    }

    /** Turns: two headers, two tries to sign in, and the binding. */
    private static SignInStatistics signIns(long attempts, long successes, long roundTrips) {
        Map<String, Long> begun = attempts == 0 ? Map.of() : Map.of("PLAIN", attempts);
        Map<String, Long> done = successes == 0 ? Map.of() : Map.of("PLAIN", successes);
        return new SignInStatistics(begun, done, roundTrips, 0, 0, 0);
    }

    @Test
    void await_thatTakesTooLong_saysHowThingsStand() {
        try (TestNetwork network = TestNetwork.start()) {
            IllegalStateException failure = assertThrows(
                    IllegalStateException.class, () -> network.await(now -> now.signIns() == 1, Duration.ofMillis(50)));
            assertTrue(String.valueOf(failure.getMessage()).contains("signIns=0"), failure.getMessage());
        }
    }

    @Test
    void await_whoseConditionFails_failsAtOnce_andDisturbsNobodyElse() throws Exception {
        try (TestNetwork network = TestNetwork.start()) {
            AssertionError cause = new AssertionError("wrong");
            IllegalStateException failure = assertThrows(
                    IllegalStateException.class,
                    () -> network.await(
                            now -> {
                                throw cause;
                            },
                            PATIENCE));
            assertEquals(cause, failure.getCause());
            network.await(now -> now.signIns() == 0, PATIENCE);
        }
    }

    @Test
    void builder_refusesWhatMakesNoSense() {
        TestNetworkBuilder builder = TestNetwork.builder();

        assertThrows(IllegalArgumentException.class, () -> builder.domain("not a domain"));
        assertThrows(IllegalArgumentException.class, () -> builder.domain("juliet@chat.test"));
        assertThrows(IllegalArgumentException.class, () -> builder.anotherDomain("a/b", "PLAIN"));
        assertThrows(IllegalArgumentException.class, () -> builder.anotherDomain("a.test", "DIGEST-MD5"));
        assertThrows(IllegalArgumentException.class, () -> builder.mechanisms("plain"));
        assertThrows(IllegalArgumentException.class, () -> builder.account("not a name", "secret"));
        assertThrows(IllegalArgumentException.class, () -> builder.tlsVersions(new String[0]));
        assertThrows(IllegalArgumentException.class, () -> builder.tlsVersions("TLSv1.3", "SSLv3"));
        assertThrows(IllegalArgumentException.class, () -> builder.resumptionTimeout(Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> builder.unacknowledgedStanzas(0));
        assertThrows(IllegalArgumentException.class, () -> builder.maxStanzaBytes(9_999));
        assertThrows(IllegalArgumentException.class, () -> builder.scramIterations(0));
    }

    @Test
    void builder_withADomainTwice_doesNotStart_andLeavesNothing() {
        TestNetworkBuilder builder = TestNetwork.builder().domain("twice.test").anotherDomain("twice.test", "PLAIN");

        assertThrows(IllegalArgumentException.class, builder::start);
        assertEquals(List.of(), threadsOf("twice.test"));
    }

    @Test
    void builder_settings_areKept() throws IOException {
        try (TestNetwork network = TestNetwork.builder()
                .domain("Verona.Test")
                .account("Juliet", "secret")
                .mechanisms("PLAIN")
                .tlsVersions("TLSv1.2")
                .ownAuthority()
                .start()) {
            assertEquals("verona.test", network.domain());
            try (TestNetwork other = TestNetwork.start();
                    RawClient client = RawClient.directTls(network)) {
                String features = client.open();
                client.send(RawClient.plainAuth(new TestAccount("juliet", "verona.test", "secret")));
                client.awaitSuccess();

                assertEquals("TLSv1.2", client.tls().getSession().getProtocol());
                assertTrue(features.contains("<mechanism>PLAIN</mechanism>"), features);
                assertFalse(features.contains("SCRAM"), features);
                assertFalse(network.trustAnchor().equals(other.trustAnchor()));
            }
        }
    }

    @Test
    void account_thatCannotBe_isRefused_andAnotherPasswordReplacesTheOld() throws IOException {
        try (TestNetwork network = TestNetwork.start()) {
            assertThrows(IllegalArgumentException.class, () -> network.account("a@b"));
            assertThrows(
                    IllegalArgumentException.class, () -> network.account(new TestAccount("a", "elsewhere.test", "x")));
            TestAccount first = network.account("juliet", "first");
            TestAccount second = network.account("juliet", "second");
            try (RawClient client = RawClient.directTls(network)) {
                client.open();
                client.send(RawClient.plainAuth(first));
                client.awaitText("</failure>");
                client.send(RawClient.plainAuth(second));
                client.awaitSuccess();
            }
            assertFalse(second.toString().contains("second"));
        }
    }

    @Test
    void manySessions_areServedByOneThread_andCloseLeavesNone() throws Exception {
        int many = 150;
        List<RawClient> clients = new ArrayList<>();
        TestNetwork network = TestNetwork.builder().domain("many.test").start();
        int port = network.directTlsEndpoint().port();
        try {
            for (int i = 0; i < many; i++) {
                clients.add(RawClient.available(network, network.account("user" + i), "here"));
            }
            for (int i = 0; i < many; i++) {
                clients.get(i).say("user" + (i + 1) % many + "@many.test", "m" + i);
            }
            for (int i = 0; i < many; i++) {
                clients.get((i + 1) % many).awaitText("<body>m" + i + "</body>");
            }
            assertEquals(many, network.sessions().size());
            assertEquals(1, threadsOf("many.test").size());

            network.close();
            network.close();

            for (RawClient client : clients) {
                client.awaitEnd();
            }
            assertEquals(List.of(), threadsOf("many.test"));
            assertThrows(ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
        } finally {
            network.close();
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void close_withFaultsThatHoldBytesBack_leavesNothingEither() throws Exception {
        TestNetwork network = TestNetwork.builder().domain("stuck.test").start();
        try (RawClient client = RawClient.online(network, network.account("juliet"), "balcony");
                RawClient silent = RawClient.online(network, network.account("romeo"), "orchard");
                RawClient unfinished = RawClient.plain(network)) {
            network.faults().slow(1);
            network.faults(network.account("romeo")).halfOpen();
            network.inject(network.account("juliet"), XmlElement.of("jabber:client", "message"));

            network.close();

            client.awaitEnd();
            silent.awaitEnd();
            unfinished.awaitEnd();
        }
        assertEquals(List.of(), threadsOf("stuck.test"));
    }

    @Test
    void use_afterClose_isRefused() {
        TestNetwork network = TestNetwork.start();
        TestAccount juliet = network.account("juliet");
        network.close();

        assertThrows(IllegalStateException.class, network::statistics);
        assertThrows(IllegalStateException.class, () -> network.account("romeo"));
        assertThrows(IllegalStateException.class, () -> network.faults(juliet));
        assertThrows(IllegalStateException.class, () -> network.await(now -> true, PATIENCE));
        assertThrows(IllegalStateException.class, () -> network.flood(juliet, 1, "x"));
        assertThrows(IllegalStateException.class, network::shutdownGracefully);
        assertThrows(IllegalStateException.class, network::restart);
    }

    @Test
    void shutdownGracefully_tellsEveryStream_andRestartListensWhereItDid() throws Exception {
        try (TestNetwork network = TestNetwork.start()) {
            TestAccount juliet = network.account("juliet");
            int port = network.directTlsEndpoint().port();
            try (RawClient online = RawClient.online(network, juliet, "balcony");
                    RawClient signingIn = RawClient.directTls(network)) {
                String id = online.enableManagement();
                online.say(network.account("romeo").jid(), "m1");
                signingIn.signIn(juliet);

                network.shutdownGracefully();

                assertTrue(online.awaitEnd().contains("<system-shutdown"));
                assertTrue(signingIn.awaitEnd().contains("<system-shutdown"));
                assertEquals(0, network.statistics().sessionsOnline());
                assertThrows(ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
                network.restart();
                network.restart();
                assertEquals(port, network.directTlsEndpoint().port());
                try (RawClient again = RawClient.directTls(network)) {
                    again.signIn(juliet);
                    assertFalse(again.resume(id, 0).contains("h='"));
                    assertTrue(again.bind("balcony").contains("juliet@chat.test/balcony"));
                }
                assertEquals(1, network.offlineMessages(network.account("romeo")));
            }
        }
    }

    @Test
    void clearTextReceived_holdsWhatCameBeforeTls_andNothingElse() throws IOException {
        try (TestNetwork network = TestNetwork.start();
                RawClient client = RawClient.plain(network)) {
            client.startTls();
            client.signIn(network.account("juliet"));

            String clear = new String(network.clearTextReceived(), StandardCharsets.UTF_8);
            assertTrue(clear.endsWith("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"), clear);
            assertArrayEquals(network.clearTextReceived(), clear.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void flood_sendsSoManyMessages_inOrder_andFailsWithoutASession() throws Exception {
        try (TestNetwork network = TestNetwork.start()) {
            TestAccount juliet = network.account("juliet");
            CompletableFuture<Void> toNobody = network.flood(juliet, 1, "x");
            assertThrows(ExecutionException.class, () -> toNobody.get(10, TimeUnit.SECONDS));
            assertThrows(IllegalArgumentException.class, () -> network.flood(juliet, -1, "x"));
            try (RawClient client = RawClient.online(network, juliet, "balcony")) {
                CompletableFuture<Void> flood = network.flood(juliet, 3_000, "x".repeat(500));
                for (int i = 1; i <= 3_000; i++) {
                    client.awaitText("id='flood-" + i + "'");
                }
                flood.get(10, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void inject_sendsTheStanzaAsItIs() throws IOException {
        try (TestNetwork network = TestNetwork.start()) {
            TestAccount juliet = network.account("juliet");
            try (RawClient client = RawClient.online(network, juliet, "balcony")) {
                int sent = network.inject(
                        juliet,
                        XmlElement.builder("jabber:client", "message")
                                .attribute("from", "mallory@elsewhere.example")
                                .build());

                assertEquals(1, sent);
                client.awaitText("from='mallory@elsewhere.example'");
            }
        }
    }

    private static List<String> threadsOf(String domain) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("partyline-testkit-" + domain + "-"))
                .toList();
    }
}
