package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts, confirmations and resumption (XEP-0198), and what faults make of them. */
class ManagementTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String ASK = "<r xmlns='urn:xmpp:sm:3'/>";

    private final TestNetwork network = TestNetwork.start();
    private final TestAccount juliet = network.account("juliet");
    private final TestAccount romeo = network.account("romeo");

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void count_isOfStanzasSinceItWasEnabled_andOfNothingElse() throws Exception {
        try (RawClient client = RawClient.available(network, juliet, "balcony")) {
            client.enableManagement();

            client.say(romeo.jid(), "one");
            client.send("<presence><show>away</show></presence>");
            client.send("<inactive xmlns='urn:xmpp:csi:0'/><active xmlns='urn:xmpp:csi:0'/> ");
            client.send("<iq type='get' id='p'><ping xmlns='urn:xmpp:ping'/></iq>" + ASK);

            assertEquals("3", count(client));
        }
    }

    @Test
    void wrongCounter_isAddedToEveryCount_modulo2To32() throws Exception {
        try (RawClient client = RawClient.online(network, juliet, "balcony")) {
            client.enableManagement();

            network.faults(juliet).wrongCounter(5);
            client.send(ASK);
            assertEquals("5", count(client));
            network.faults(juliet).wrongCounter(-1);
            client.send(ASK);
            assertEquals("4294967295", count(client));
            network.faults(juliet).wrongCounter(0);
            client.send(ASK);
            assertEquals("0", count(client));
        }
    }

    @Test
    void holdAcks_leavesRequestsUnanswered_untilClear() throws Exception {
        try (RawClient client = RawClient.online(network, juliet, "balcony")) {
            client.enableManagement();
            network.faults(juliet).holdAcks();

            client.say(romeo.jid(), "one");
            client.send(ASK + ASK);

            assertFalse(client.untilPong().contains("<a "));
            network.faults(juliet).clear();
            assertEquals("2", count(client));
            assertFalse(client.untilPong().contains("<a "));
        }
    }

    @Test
    void doubleAcks_answersTwice() throws Exception {
        try (RawClient client = RawClient.online(network, juliet, "balcony")) {
            client.enableManagement();
            network.faults().doubleAcks();

            client.send(ASK);

            assertEquals("0", count(client));
            assertEquals("0", count(client));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h='2'", "h='4294967295'"})
    void count_ofMoreThanWasSent_endsTheStream_andTheSession(String handled) throws Exception {
        try (RawClient client = RawClient.online(network, romeo, "orchard");
                RawClient peer = RawClient.online(network, juliet, "balcony")) {
            client.enableManagement();
            peer.say(romeo.jid() + "/orchard", "one");
            client.awaitText("</message>");

            client.send("<a xmlns='urn:xmpp:sm:3' " + handled + "/>");

            String error = client.awaitElement("stream:error");
            assertTrue(error.contains("<handled-count-too-high"), error);
            assertEquals("1", RawClient.attribute(error, "send-count"));
            client.awaitEnd();
            network.await(now -> now.sessionsOnline() == 1, PATIENCE);
            assertEquals(1, network.offlineMessages(romeo));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h=''", "h='-1'", "h='one'", "h='4294967296'"})
    void count_thatIsNone_endsTheStream(String handled) throws Exception {
        try (RawClient client = RawClient.online(network, romeo, "orchard")) {
            client.enableManagement();

            client.send("<a xmlns='urn:xmpp:sm:3' " + handled + "/>");

            assertTrue(client.awaitElement("stream:error").contains("<invalid-xml"));
        }
    }

    @Test
    void enable_beforeBind_orTwice_isUnexpected() throws Exception {
        try (RawClient client = signedIn(juliet)) {
            client.send("<enable xmlns='urn:xmpp:sm:3'/>");
            assertTrue(client.awaitElement("failed").contains("<unexpected-request"));
            client.bind("balcony");
            client.enableManagement();
            client.send("<enable xmlns='urn:xmpp:sm:3'/>");
            assertTrue(client.awaitElement("failed").contains("<unexpected-request"));
        }
    }

    @Test
    void enable_withoutResume_endsTheSessionWithItsConnection() throws Exception {
        try (RawClient client = RawClient.online(network, juliet, "balcony")) {
            client.send("<enable xmlns='urn:xmpp:sm:3'/>");
            assertFalse(client.awaitMatch("<enabled [^>]*>").contains("id="));

            network.faults(juliet).cut();

            network.await(now -> now.sessionsOnline() == 0, PATIENCE);
        }
    }

    @Test
    void resume_bringsWhatWasNotConfirmed_marked_andInOrder() throws Exception {
        try (RawClient peer = RawClient.online(network, juliet, "balcony")) {
            String id = lostSession(network);
            peer.say(romeo.jid() + "/orchard", "while away 1");
            peer.say(romeo.jid() + "/orchard", "while away 2");
            peer.untilPong();

            try (RawClient again = signedIn(romeo)) {
                String resumed = again.resume(id, 0);
                String missed = again.untilPong();

                assertEquals(id, RawClient.attribute(resumed, "previd"));
                assertTrue(missed.matches("(?s).*while away 1.*<delay .*while away 2.*<delay .*"), missed);
                assertEquals(1, network.statistics().resumptions());
                assertEquals(0, network.statistics().sessionsWaiting());
            }
        }
    }

    @Test
    void resume_whileTheOldConnectionSeemsAlive_takesItsPlace() throws Exception {
        try (RawClient old = RawClient.online(network, romeo, "orchard")) {
            String id = old.enableManagement();

            try (RawClient again = signedIn(romeo)) {
                assertTrue(again.resume(id, 0).startsWith("<resumed"));

                assertEquals("", old.awaitEnd());
                again.untilPong();
                assertEquals(1, network.statistics().sessionsOnline());
            }
        }
    }

    @Test
    void resume_ofWhatIsUnknown_orSomebodyElses_isRefused() throws Exception {
        String id = lostSession(network);
        try (RawClient client = signedIn(juliet)) {
            for (String wrong : new String[] {"unknown", id}) {
                String failed = client.resume(wrong, 0);

                assertTrue(failed.contains("<item-not-found"), failed);
                assertFalse(failed.contains("h='"), failed);
            }
            assertTrue(client.bind("balcony").contains("juliet@chat.test/balcony"));
        }
        try (RawClient owner = signedIn(romeo)) {
            assertTrue(owner.resume(id, 0).startsWith("<resumed"));
        }
    }

    @Test
    void resume_afterTheSessionExpired_isRefused_withItsCount_andItsMessagesWait() throws Exception {
        try (TestNetwork hasty =
                TestNetwork.builder().resumptionTimeout(Duration.ofMillis(50)).start()) {
            hasty.account("romeo");
            hasty.account("juliet");
            try (RawClient client = RawClient.available(hasty, romeo, "orchard");
                    RawClient peer = RawClient.online(hasty, juliet, "balcony")) {
                String id = client.enableManagement();
                client.say(juliet.jid() + "/balcony", "one");
                peer.awaitText("</message>");
                hasty.faults(romeo).holdAcks();
                peer.say(romeo.jid() + "/orchard", "not confirmed");
                client.awaitText("</message>");
                hasty.faults(romeo).cut();
                hasty.await(now -> now.sessionsOnline() == 1, PATIENCE);

                assertEquals(1, hasty.offlineMessages(romeo));
                try (RawClient again = RawClient.directTls(hasty)) {
                    again.signIn(romeo);
                    String failed = again.resume(id, 1);
                    assertTrue(failed.contains("<item-not-found"), failed);
                    assertEquals("1", RawClient.attribute(failed, "h"));
                }
            }
        }
    }

    @Test
    void refuseResume_withCount_tellsIt() throws Exception {
        String id = lostSession(network);
        network.faults(romeo).refuseResume(true);
        try (RawClient again = signedIn(romeo)) {
            String failed = again.resume(id, 0);

            assertTrue(failed.contains("<item-not-found"), failed);
            assertEquals("0", RawClient.attribute(failed, "h"));
            assertEquals(0, network.statistics().sessionsOnline());
            assertTrue(again.bind("orchard").contains("romeo@chat.test/orchard"));
        }
    }

    @Test
    void refuseResume_withoutCount_endsTheSession_andAnyConnectionItStillHas() throws Exception {
        try (RawClient old = RawClient.available(network, romeo, "orchard");
                RawClient again = signedIn(romeo)) {
            String id = old.enableManagement();
            network.faults().refuseResume(false);

            String failed = again.resume(id, 0);

            assertFalse(failed.contains("h='"), failed);
            old.awaitEnd();
            network.await(now -> now.connectionsOpen() == 1, PATIENCE);
            assertEquals(0, network.statistics().sessionsOnline());
        }
    }

    @Test
    void unacknowledgedStanzas_beyondTheLimit_endTheSession_andWaitForTheNext() throws Exception {
        try (TestNetwork small = TestNetwork.builder().unacknowledgedStanzas(3).start()) {
            small.account("romeo");
            small.account("juliet");
            try (RawClient client = RawClient.online(small, romeo, "orchard");
                    RawClient peer = RawClient.online(small, juliet, "balcony")) {
                client.enableManagement();
                for (int i = 1; i <= 4; i++) {
                    peer.say(romeo.jid() + "/orchard", "m" + i);
                }

                String end = client.awaitEnd();

                assertTrue(end.contains("<policy-violation"), end);
                peer.untilPong();
                assertEquals(4, small.offlineMessages(romeo));
            }
        }
    }

    @Test
    void streamManagement_whereItIsNotOffered_isRefused() throws Exception {
        try (TestNetwork without = TestNetwork.builder().streamManagement(false).start()) {
            without.account("juliet");
            try (RawClient client = RawClient.directTls(without)) {
                client.open();
                client.send(RawClient.plainAuth(juliet));
                client.awaitSuccess();
                assertFalse(client.open().contains("urn:xmpp:sm:3"));
                client.bind("balcony");
                client.send("<enable xmlns='urn:xmpp:sm:3'/>");
                assertTrue(client.awaitEnd().contains("<unsupported-stanza-type"));
            }
        }
    }

    /** Two who write to each other without reading must not wait for each other's confirmations for ever. */
    @Test
    void manyMessages_bothWaysAtOnce_arriveAll() throws Exception {
        int many = 2_500;
        try (RawClient one = RawClient.online(network, juliet, "balcony");
                RawClient other = RawClient.online(network, romeo, "orchard")) {
            one.enableManagement();
            other.enableManagement();

            one.send(RawClient.message(romeo.jid() + "/orchard", "m").repeat(many));
            other.send(RawClient.message(juliet.jid() + "/balcony", "m").repeat(many));

            readAll(other, many);
            readAll(one, many);
            network.await(now -> now.stanzasReceived() == 2L * many, PATIENCE);
        }
    }

    /** Reads so many messages, and confirms each hundred. */
    private static void readAll(RawClient client, int many) {
        for (int i = 1; i <= many; i++) {
            client.awaitText("</message>");
            if (i % 100 == 0) {
                client.send("<a xmlns='urn:xmpp:sm:3' h='" + i + "'/>");
            }
        }
    }

    private static String count(RawClient client) {
        return RawClient.attribute(client.awaitMatch("<a [^>]*>"), "h");
    }

    private RawClient signedIn(TestAccount account) throws IOException {
        RawClient client = RawClient.directTls(network);
        client.signIn(account);
        return client;
    }

    /** A session of Romeo's that waits to be resumed. */
    private String lostSession(TestNetwork of) throws Exception {
        try (RawClient client = RawClient.online(of, romeo, "orchard")) {
            String id = client.enableManagement();
            of.faults(romeo).cut();
            client.awaitEnd();
            of.await(now -> now.sessionsWaiting() == 1, PATIENCE);
            return id;
        }
    }
}
