package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.partyline.testkit.Sasl2Client.AGENT;
import static org.partyline.testkit.Sasl2Client.OTHER_AGENT;
import static org.partyline.testkit.Sasl2Client.content;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.partyline.testkit.Faults.Stage;

/** What is done with a sign-in: a resource bound (XEP-0386), or a session resumed (XEP-0198 section 9). */
class Bind2Test {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String MANAGED = bind("Raw", "<enable xmlns='urn:xmpp:sm:3' resume='true'/>");

    private final TestNetwork network = TestNetwork.start();
    private final TestAccount juliet = network.account("juliet");
    private final TestAccount romeo = network.account("romeo");

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void features_nameWhatCanBeDone() throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            String features = Sasl2Client.open(client, juliet);

            assertTrue(
                    features.contains("<inline><sm xmlns='urn:xmpp:sm:3'/><bind xmlns='urn:xmpp:bind:0'><inline>"
                            + "<feature var='urn:xmpp:carbons:2'/><feature var='urn:xmpp:csi:0'/>"
                            + "<feature var='urn:xmpp:sm:3'/></inline></bind>"),
                    features);
        }
    }

    @Test
    void bind_givesTheFullAddress_inTwoRoundTrips() throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            String success = Sasl2Client.signIn(client, juliet, AGENT, MANAGED);
            String address = content(success, "authorization-identifier");

            assertTrue(address.startsWith("juliet@chat.test/Raw~"), address);
            assertFalse(address.contains(AGENT.substring(0, 8)), address);
            assertTrue(success.contains("<bound xmlns='urn:xmpp:bind:0'><enabled xmlns='urn:xmpp:sm:3'"), success);
            assertEquals(List.of(address), network.sessions());
            String features = client.awaitElement("stream:features");
            assertFalse(features.contains("<bind"), features);
            assertFalse(features.contains("urn:xmpp:sm:3"), features);
            assertEquals(2, network.statistics().signIn().roundTrips());
            assertEquals(1, network.statistics().signIn().boundInline());
            client.untilPong();
        }
    }

    @Test
    void resource_isStableForAnInstallation_andADifferentOneForAnother() throws IOException {
        String first = addressOf(AGENT, bind("Raw", ""));

        assertEquals(first, addressOf(AGENT, bind("Raw", "")));
        assertNotEquals(first, addressOf(OTHER_AGENT, bind("Raw", "")));
        assertNotEquals(first, addressOf(AGENT, bind("Other", "")));
        assertNotEquals(addressOf(null, bind("Raw", "")), addressOf(null, bind("Raw", "")));
    }

    @Test
    void tag_thatCannotStandInAResource_isLeftOut() throws IOException {
        for (String tag : List.of("", "t".repeat(1024))) {
            assertFalse(addressOf(AGENT, bind(tag, "")).contains("~"));
        }
    }

    @Test
    void binding_endsTheInstallationsEarlierSession_andNoOthers() throws Exception {
        try (RawClient first = RawClient.directTls(network);
                RawClient other = RawClient.directTls(network);
                RawClient again = RawClient.directTls(network)) {
            Sasl2Client.signIn(first, juliet, AGENT, bind("Raw", ""));
            Sasl2Client.signIn(other, juliet, OTHER_AGENT, bind("Raw", ""));
            Sasl2Client.signIn(again, juliet, AGENT, bind("Renamed", ""));

            assertTrue(first.awaitEnd().contains("<conflict"));
            other.untilPong();
            again.untilPong();
            assertEquals(2, network.sessions().size());
        }
    }

    @Test
    void carbons_enabledWithTheBinding_arrive() throws IOException {
        try (RawClient one = RawClient.directTls(network);
                RawClient sender = RawClient.online(network, juliet, "desk");
                RawClient receiver = RawClient.online(network, romeo, "orchard")) {
            Sasl2Client.signIn(one, juliet, AGENT, bind("Raw", "<enable xmlns='urn:xmpp:carbons:2'/>"));
            one.send("<presence/>");
            one.untilPong();
            sender.say(romeo.jid() + "/orchard", "see this");

            receiver.awaitText("see this");
            one.awaitText("<sent xmlns='urn:xmpp:carbons:2'>");
        }
    }

    @Test
    void inactive_fromTheBeginning_holdsPresenceBack() throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.signIn(client, juliet, AGENT, bind("Raw", "<inactive xmlns='urn:xmpp:csi:0'/>"));
            client.awaitElement("stream:features");
            client.send("<presence/>");
            assertTrue(client.staysQuiet());
            client.send("<active xmlns='urn:xmpp:csi:0'/>");

            client.awaitMatch("<presence from='juliet@chat.test/Raw~[^>]*>");
        }
    }

    @Test
    void resume_inTheSameRequest_redeliversWithoutFeatures_andBindsNothing() throws Exception {
        String id = lostSession();
        try (RawClient peer = RawClient.online(network, romeo, "orchard")) {
            peer.say(network.sessions().get(0), "while you were away");
            peer.untilPong();
        }
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, juliet);
            client.send(Sasl2Client.plain(juliet, AGENT, resume(id) + MANAGED));
            String success = client.awaitElement("success");
            assertTrue(success.contains("<resumed xmlns='urn:xmpp:sm:3' previd='" + id + "'"), success);
            assertFalse(success.contains("<bound"), success);
            assertEquals(network.sessions(), List.of(content(success, "authorization-identifier")));
            String rest = client.untilPong();

            assertTrue(rest.contains("while you were away"), rest);
            assertFalse(rest.contains("features"), rest);
            assertEquals(1, network.statistics().resumptions());
        }
    }

    @Test
    void resume_thatFails_fallsToBindingInTheSameRoundTrip() throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            String success = Sasl2Client.signIn(client, juliet, AGENT, resume("unknown") + MANAGED);

            int failed = success.indexOf("<failed xmlns='urn:xmpp:sm:3'><item-not-found");
            assertTrue(failed > 0 && failed < success.indexOf("<bound"), success);
            assertTrue(success.contains("<enabled"), success);
            client.awaitElement("stream:features");
            assertEquals(2, network.statistics().signIn().roundTrips());
        }
    }

    @Test
    void resume_whatIsSomebodyElses_fails() throws Exception {
        String id = lostSession();
        try (RawClient client = RawClient.directTls(network)) {
            String success = Sasl2Client.signIn(client, romeo, AGENT, resume(id));

            assertTrue(success.contains("<item-not-found"), success);
            assertEquals("romeo@chat.test", content(success, "authorization-identifier"));
        }
    }

    @Test
    void resume_withACountTooHigh_endsTheStream() throws Exception {
        String id = lostSession();
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, juliet);
            client.send(Sasl2Client.plain(
                    juliet, AGENT, "<resume xmlns='urn:xmpp:sm:3' previd='" + id + "' h='7'/>" + MANAGED));

            String end = client.awaitEnd();
            assertTrue(end.contains("handled-count-too-high"), end);
            assertFalse(end.contains("<success"), end);
        }
    }

    @Test
    void stopAtBind_andAtResume_sayNothing() throws Exception {
        String id = lostSession();
        for (Stage stage : List.of(Stage.BIND, Stage.RESUME)) {
            network.faults(juliet).clear().stopAt(stage);
            try (RawClient client = RawClient.directTls(network)) {
                Sasl2Client.open(client, juliet);
                client.send(Sasl2Client.plain(juliet, AGENT, stage == Stage.BIND ? MANAGED : resume(id) + MANAGED));

                assertTrue(client.staysQuiet());
                assertEquals(1, network.sessions().size());
            }
        }
    }

    @Test
    void without_bind2_andStreamManagement_nothingIsDone() throws IOException {
        try (TestNetwork plain = TestNetwork.builder()
                        .without(SignInFeature.BIND2, SignInFeature.FAST)
                        .streamManagement(false)
                        .start();
                RawClient client = RawClient.directTls(plain)) {
            TestAccount account = plain.account("juliet");
            assertFalse(Sasl2Client.open(client, account).contains("<inline"));
            client.send(Sasl2Client.plain(account, AGENT, resume("x") + MANAGED));
            String success = client.awaitElement("success");

            assertFalse(success.contains("<bound") || success.contains("<failed"), success);
            assertTrue(client.awaitElement("stream:features").contains("xmpp-bind"));
        }
    }

    private static String bind(String tag, String features) {
        return "<bind xmlns='urn:xmpp:bind:0'><tag>" + tag + "</tag>" + features + "</bind>";
    }

    private static String resume(String id) {
        return "<resume xmlns='urn:xmpp:sm:3' previd='" + id + "' h='0'/>";
    }

    private String addressOf(@Nullable String agent, String wishes) throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            return content(Sasl2Client.signIn(client, juliet, agent, wishes), "authorization-identifier");
        }
    }

    /** A managed session of Juliet's that waits to be resumed. */
    private String lostSession() throws Exception {
        try (RawClient client = RawClient.directTls(network)) {
            String success = Sasl2Client.signIn(client, juliet, AGENT, MANAGED);
            network.faults(juliet).cut();
            client.awaitEnd();
            network.await(now -> now.sessionsWaiting() == 1, PATIENCE);
            return RawClient.attribute(success.substring(success.indexOf("<enabled")), "id");
        }
    }
}
