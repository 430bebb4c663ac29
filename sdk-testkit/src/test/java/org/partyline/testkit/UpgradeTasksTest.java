package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.partyline.testkit.Sasl2Client.AGENT;
import static org.partyline.testkit.Sasl2Client.authenticate;
import static org.partyline.testkit.Sasl2Client.content;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that clients make for mechanisms that the server has none for (XEP-0480), T-SC-12. */
class UpgradeTasksTest {
    private final TestNetwork network = TestNetwork.builder()
            .keysKeptFor("SCRAM-SHA-1")
            .scramIterations(4_096)
            .start();
    private final TestAccount juliet = network.account("juliet");

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void features_offerWhatThereAreKeysFor_andTheTasksToAClientThatSaysWhoItIs() throws IOException {
        try (RawClient named = RawClient.directTls(network);
                RawClient unnamed = RawClient.directTls(network)) {
            String features = Sasl2Client.open(named, juliet);
            assertFalse(features.contains("<mechanism>SCRAM-SHA-256"), features);
            assertTrue(
                    features.contains("<upgrade xmlns='urn:xmpp:sasl:upgrade:0'>UPGR-SCRAM-SHA-512</upgrade>"
                            + "<upgrade xmlns='urn:xmpp:sasl:upgrade:0'>UPGR-SCRAM-SHA-256</upgrade></authentication>"),
                    features);
            assertFalse(unnamed.open().contains("UPGR-"));
            named.send(authenticate("SCRAM-SHA-256", "n,,n=juliet,r=abc", AGENT, ""));
            assertTrue(named.awaitElement("failure").contains("<invalid-mechanism"));
        }
    }

    @Test
    void upgrade_keepsTheKeys_byWhichTheClientSignsInNextTime() throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            String more = begin(client, upgrade("512") + upgrade("256") + "<bind xmlns='urn:xmpp:bind:0'/>");
            assertEquals("UPGR-SCRAM-SHA-512", content(more, "task"));
            assertTrue(more.contains("<additional-data>"), more);
            String next = perform(client, "512", 512, "continue");
            assertEquals("UPGR-SCRAM-SHA-256", content(next, "task"));
            assertEquals(List.of(), network.sessions());
            assertEquals(0, network.statistics().signIns());

            String success = perform(client, "256", 256, "success");
            assertEquals(network.sessions(), List.of(content(success, "authorization-identifier")));
            assertEquals(2, network.statistics().signIn().upgrades());
        }
        for (String mechanism : List.of("SCRAM-SHA-256", "SCRAM-SHA-512", "SCRAM-SHA-1")) {
            try (RawClient client = RawClient.directTls(network)) {
                String features = Sasl2Client.open(client, juliet);
                assertFalse(features.contains("UPGR-"), features);
                assertTrue(scram(client, mechanism, "", "success").contains("additional-data"));
            }
        }
    }

    @Test
    void upgrade_fromAnotherPassword_doesNotLetIn() throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            begin(client, upgrade("256"));
            client.send(next("256"));
            client.awaitElement("task-data");
            client.send(hash(new byte[32]));
            client.awaitElement("success");
        }
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, juliet);
            assertTrue(scram(client, "SCRAM-SHA-256", "", "failure").contains("<not-authorized"));
        }
    }

    @Test
    void upgrade_thatGoesWrong_signsNobodyIn_andNothingMayBeginAnew() throws IOException {
        for (String wrong : List.of(
                next("512"),
                hash(new byte[32]),
                next("256") + hash(new byte[20]),
                next("256") + next("256"),
                "<abort xmlns='urn:xmpp:sasl:2'/>")) {
            try (RawClient client = RawClient.directTls(network)) {
                begin(client, upgrade("256"));
                client.send(wrong);
                client.awaitElement("failure");
                client.send(Sasl2Client.plain(juliet, AGENT, ""));

                assertTrue(client.awaitEnd().contains("<policy-violation"));
            }
        }
        assertEquals(0, network.statistics().signIns());
        assertEquals(0, network.statistics().signIn().upgrades());
    }

    @Test
    void newPassword_forgetsTheKeysOfTheOldOne() throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            begin(client, upgrade("256"));
            perform(client, "256", 256, "success");
        }
        network.account("juliet", "changed");
        try (RawClient client = RawClient.directTls(network)) {
            assertTrue(Sasl2Client.open(client, juliet).contains("UPGR-SCRAM-SHA-256"));
        }
    }

    @Test
    void without_noTaskIsOffered_norDone() throws IOException {
        try (TestNetwork old = TestNetwork.builder()
                        .keysKeptFor("SCRAM-SHA-1")
                        .without(SignInFeature.UPGRADE_TASKS)
                        .start();
                RawClient client = RawClient.directTls(old)) {
            TestAccount account = old.account("juliet");
            assertFalse(Sasl2Client.open(client, account).contains("UPGR-"));
            client.send(Sasl2Client.plain(account, AGENT, upgrade("256")));
            client.awaitElement("success");
        }
    }

    /** Signs in by SHA-1, and returns what asks to go on. */
    private String begin(RawClient client, String wishes) {
        Sasl2Client.open(client, juliet);
        return scram(client, "SCRAM-SHA-1", wishes, "continue");
    }

    private String scram(RawClient client, String mechanism, String wishes, String end) {
        ScramExchange scram = new ScramExchange(mechanism, juliet, "n,,", new byte[0]);
        client.send(authenticate(mechanism, scram.first(), AGENT, wishes));
        String challenge = Sasl2Client.unbase64(content(client.awaitElement("challenge"), "challenge"));
        client.send("<response xmlns='urn:xmpp:sasl:2'>" + Sasl2Client.base64(scram.last(challenge)) + "</response>");
        return client.awaitElement(end);
    }

    /** Does a task as it should be done, and returns what follows. */
    private String perform(RawClient client, String hash, int bits, String then) {
        client.send(next(hash));
        String data = client.awaitElement("task-data");
        byte[] salt = Base64.getDecoder().decode(content(data, "salt"));
        int iterations = Integer.parseInt(RawClient.attribute(data, "iterations"));
        assertEquals(4_096, iterations);
        client.send(hash(Sasl2Client.salted("SHA" + hash, juliet.password(), salt, iterations, bits)));
        return client.awaitElement(then);
    }

    private static String upgrade(String hash) {
        return "<upgrade xmlns='urn:xmpp:sasl:upgrade:0'>UPGR-SCRAM-SHA-" + hash + "</upgrade>";
    }

    private static String next(String hash) {
        return "<next xmlns='urn:xmpp:sasl:2' task='UPGR-SCRAM-SHA-" + hash + "'/>";
    }

    private static String hash(byte[] salted) {
        return "<task-data xmlns='urn:xmpp:sasl:2'><hash xmlns='urn:xmpp:scram-upgrade:0'>" + Sasl2Client.base64(salted)
                + "</hash></task-data>";
    }
}
