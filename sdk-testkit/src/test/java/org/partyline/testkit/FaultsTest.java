package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.partyline.transport.xml.XmlElement;

/** Faults of a session that is there: connections that are lost, fall silent, or are slow. */
class FaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestNetwork network;
    private final TestAccount juliet;
    private final TestAccount romeo;

    FaultsTest() {
        this.network = TestNetwork.start();
        this.juliet = network.account("juliet");
        this.romeo = network.account("romeo");
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void cutAfterReceived_handlesSoManyStanzas_andNoneOfThoseThatFollowInTheSameBytes() throws Exception {
        try (RawClient peer = RawClient.available(network, romeo, "orchard");
                RawClient client = RawClient.online(network, juliet, "balcony")) {
            String id = client.enableManagement();
            network.faults(juliet).cutAfterReceived(3);

            client.send(messages(romeo, 1, 5));
            client.awaitEnd();
            network.await(now -> now.sessionsWaiting() == 1, PATIENCE);

            assertEquals(bodies(1, 3), bodiesIn(peer.untilPong()));
            try (RawClient again = signedIn(juliet)) {
                assertEquals("3", RawClient.attribute(again.resume(id, 0), "h"));
                again.send(messages(romeo, 4, 7));
                again.untilPong();
                assertEquals(bodies(4, 7), bodiesIn(peer.untilPong()));
            }
        }
    }

    @Test
    void cutAfterSent_deliversSoManyStanzas_andTheRestOnlyAfterTheResume() throws Exception {
        try (RawClient peer = RawClient.online(network, juliet, "balcony");
                RawClient client = RawClient.available(network, romeo, "orchard")) {
            String id = client.enableManagement();
            network.faults(romeo).cutAfterSent(2);

            peer.send(messages(romeo, 1, 4));
            String before = client.awaitEnd();
            network.await(now -> now.sessionsWaiting() == 1, PATIENCE);

            assertEquals(bodies(1, 2), bodiesIn(before));
            try (RawClient again = signedIn(romeo)) {
                again.resume(id, 2);
                assertEquals(bodies(3, 4), bodiesIn(again.untilPong()));
            }
        }
    }

    @Test
    void cut_ofOneAccount_resetsItsConnections_andNobodyElses() throws Exception {
        try (RawClient phone = RawClient.online(network, juliet, "phone");
                RawClient desk = RawClient.online(network, juliet, "desk");
                RawClient other = RawClient.online(network, romeo, "orchard")) {
            network.faults(juliet).cut();

            assertEquals("", phone.awaitEnd());
            assertEquals("", desk.awaitEnd());
            network.await(now -> now.connectionsOpen() == 1, PATIENCE);
            other.untilPong();
        }
    }

    @Test
    void cut_ofAll_resetsConnectionsThatAreStillSigningIn() throws Exception {
        try (RawClient client = RawClient.directTls(network)) {
            client.open();

            network.faults().cut();

            assertEquals("", client.awaitEnd());
            network.await(now -> now.connectionsOpen() == 0, PATIENCE);
        }
    }

    @Test
    void halfOpen_carriesNothing_staysOpen_andIsReplacedByANewConnection() throws Exception {
        try (RawClient peer = RawClient.available(network, juliet, "balcony");
                RawClient client = RawClient.available(network, romeo, "orchard")) {
            String id = client.enableManagement();
            network.faults(romeo).halfOpen();

            client.send(messages(juliet, 1, 1));
            peer.send(messages(romeo, 2, 2));

            assertTrue(client.staysQuiet());
            assertEquals("", bodiesIn(peer.untilPong()));
            assertEquals(2, network.statistics().connectionsOpen());
            try (RawClient again = signedIn(romeo)) {
                assertEquals("0", RawClient.attribute(again.resume(id, 0), "h"));
                assertEquals(bodies(2, 2), bodiesIn(again.untilPong()));
                again.send(messages(juliet, 1, 1));
                again.untilPong();
                assertEquals(bodies(1, 1), bodiesIn(peer.untilPong()));
            }
        }
    }

    /** What is left of a session's queue is bounded even where its connection says nothing. */
    @Test
    void halfOpen_sessionWhoseQueueIsFull_ends_andItsMessagesWait() throws Exception {
        try (TestNetwork small = TestNetwork.builder().unacknowledgedStanzas(5).start();
                RawClient peer = RawClient.online(small, small.account("juliet"), "balcony");
                RawClient client = RawClient.available(small, small.account("romeo"), "orchard")) {
            client.enableManagement();
            small.faults(romeo).halfOpen();

            peer.send(messages(romeo, 1, 9));
            peer.untilPong();

            small.await(now -> now.sessionsOnline() == 1, PATIENCE);
            assertEquals(9, small.offlineMessages(romeo));
        }
    }

    /** Senders wait for a client that confirms too little, but not for one that cannot. */
    @Test
    void halfOpen_doesNotHoldUpThoseWhoWrite() throws Exception {
        try (RawClient peer = RawClient.online(network, juliet, "balcony");
                RawClient client = RawClient.available(network, romeo, "orchard")) {
            client.enableManagement();
            network.faults(romeo).halfOpen();

            peer.send(messages(romeo, 1, 2_000));
            peer.untilPong();

            assertEquals(2, network.statistics().sessionsOnline());
        }
    }

    @Test
    void slow_writesALittleAtATime_andAllOfIt() throws Exception {
        network.faults().slow(2_500);
        try (RawClient client = RawClient.plain(network)) {
            String features = client.open();

            assertTrue(features.contains("starttls"), features);
            assertTrue(client.reads() > 1, () -> client.reads() + " reads");
        }
    }

    @Test
    void slow_forOneAccount_closesItsConnection_whenTooMuchWaits() throws Exception {
        XmlElement large = XmlElement.builder("jabber:client", "message")
                .textChild("body", "x".repeat(1024 * 1024))
                .build();
        try (RawClient client = RawClient.online(network, romeo, "orchard");
                RawClient other = RawClient.online(network, juliet, "balcony")) {
            network.faults(romeo).slow(1);

            for (int i = 0; i < 9; i++) {
                network.inject(romeo, large);
            }

            network.await(now -> now.connectionsOpen() == 1, PATIENCE);
            client.awaitEnd();
            other.untilPong();
        }
    }

    @Test
    void client_thatReadsNothing_isCutOff_beforeTooMuchWaitsForIt() throws Exception {
        XmlElement large = XmlElement.builder("jabber:client", "message")
                .textChild("body", "x".repeat(1024 * 1024))
                .build();
        try (RawClient client = RawClient.online(network, romeo, "orchard")) {
            for (int i = 0; i < 60; i++) {
                network.inject(romeo, large);
            }

            network.await(now -> now.connectionsOpen() == 0, PATIENCE);
            client.awaitEnd();
        }
    }

    @Test
    void splitBytes_comesInSmallPieces_alsoWithinTls() throws Exception {
        network.faults().splitBytes(42);
        try (RawClient peer = RawClient.online(network, juliet, "balcony");
                RawClient client = RawClient.available(network, romeo, "orchard")) {
            String body = "abcdefghij".repeat(100);

            peer.say(romeo.jid(), body);

            client.awaitText("<body>" + body + "</body>");
            assertTrue(client.largestRead() <= 24, () -> client.largestRead() + " bytes at once");
        }
    }

    @Test
    void splitBytes_beforeTls_signsInAllTheSame() throws Exception {
        network.faults().splitBytes(7);
        try (RawClient client = RawClient.plain(network)) {
            client.startTls();
            client.signIn(juliet);

            assertTrue(client.bind("balcony").contains("juliet@chat.test/balcony"));
        }
    }

    @Test
    void splitBytes_forOneAccount_leavesOthersAlone() throws Exception {
        network.faults(romeo).splitBytes(42);
        String body = "abcdefghij".repeat(10);
        try (RawClient peer = RawClient.available(network, juliet, "balcony");
                RawClient client = RawClient.online(network, romeo, "orchard")) {
            client.say(juliet.jid(), body);

            peer.awaitText("<body>" + body + "</body>");
            assertTrue(peer.largestRead() > 100, () -> peer.largestRead() + " bytes at once");
        }
    }

    @Test
    void orders_thatMakeNoSense_areRefused() {
        Faults faults = network.faults();

        assertThrows(IllegalArgumentException.class, () -> faults.cutAfterReceived(0));
        assertThrows(IllegalArgumentException.class, () -> faults.cutAfterSent(-1));
        assertThrows(IllegalArgumentException.class, () -> faults.slow(0));
        assertThrows(IllegalArgumentException.class, () -> faults.seeOtherHost("", 5222));
        assertThrows(IllegalArgumentException.class, () -> faults.seeOtherHost("elsewhere.example", 65_536));
        assertThrows(
                IllegalArgumentException.class,
                () -> network.faults(new TestAccount("nobody", network.domain(), "irrelevant")));
    }

    /** They would never come about, and a test that orders them would show nothing. */
    @Test
    void orders_thatComeBeforeTheAccountIsKnown_areRefusedForOne() {
        Faults faults = network.faults(romeo);

        assertThrows(IllegalStateException.class, faults::stripStartTls);
        assertThrows(IllegalStateException.class, faults::untrustedCertificate);
        assertThrows(IllegalStateException.class, () -> faults.seeOtherHost("elsewhere.example", 5222));
        assertThrows(IllegalStateException.class, () -> faults.stopAt(Faults.Stage.TLS_HANDSHAKE));
        assertThrows(IllegalStateException.class, () -> faults.cutAt(Faults.Stage.SASL_CHALLENGE));
    }

    @Test
    void clear_takesOrdersBack() throws Exception {
        network.faults(juliet).cutAfterReceived(1).cutAfterSent(1).clear();
        try (RawClient client = RawClient.online(network, juliet, "balcony")) {
            assertFalse(client.untilPong().contains("error"));
        }
    }

    private RawClient signedIn(TestAccount account) throws IOException {
        RawClient client = RawClient.directTls(network);
        client.signIn(account);
        return client;
    }

    private static String messages(TestAccount to, int first, int last) {
        StringBuilder all = new StringBuilder();
        for (int i = first; i <= last; i++) {
            all.append(RawClient.message(to.jid(), "m" + i));
        }
        return all.toString();
    }

    private static String bodies(int first, int last) {
        StringBuilder all = new StringBuilder();
        for (int i = first; i <= last; i++) {
            all.append("<body>m").append(i).append("</body>");
        }
        return all.toString();
    }

    private static String bodiesIn(String xml) {
        StringBuilder all = new StringBuilder();
        java.util.regex.Matcher body =
                java.util.regex.Pattern.compile("<body>m[0-9]+</body>").matcher(xml);
        while (body.find()) {
            all.append(body.group());
        }
        return all.toString();
    }
}
