package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.partyline.testkit.Sasl2Client.AGENT;
import static org.partyline.testkit.Sasl2Client.authenticate;
import static org.partyline.testkit.Sasl2Client.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SCRAM that is bound to its connection (RFC 5802 section 6), the list of bindings, and the hash of the offer. */
class ChannelBindingTest {
    private static final String END_POINT = "tls-server-end-point";
    private static final String EXPORTER = "tls-exporter";

    private final TestNetwork network = TestNetwork.start();
    private final TestAccount juliet = network.account("juliet");

    @AfterEach
    void close() {
        network.close();
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, SCRAM-SHA-1-PLUS",
        "TLSv1.2, SCRAM-SHA-512-PLUS",
        "TLSv1.3, SCRAM-SHA-256-PLUS",
        "TLSv1.3, SCRAM-SHA-512-PLUS"
    })
    void scram_boundToTheCertificate_provesBothSides(String version, String mechanism) throws Exception {
        try (TestNetwork one = TestNetwork.builder().tlsVersions(version).start();
                RawClient client = RawClient.directTls(one)) {
            TestAccount account = one.account("juliet");
            Sasl2Client.open(client, account);
            ScramExchange scram =
                    new ScramExchange(mechanism, account, "p=" + END_POINT + ",,", Sasl2Client.endPoint(client));
            String success = run(client, mechanism, scram);

            assertTrue(scram.isServersProof(Sasl2Client.unbase64(content(success, "additional-data"))), success);
        }
    }

    @Test
    void scram_boundToTheExporter_worksWhereTheJdkHasIt() throws Exception {
        try (RawClient client = RawClient.directTls(network)) {
            String features = Sasl2Client.open(client, juliet);
            byte[] exported = Sasl2Client.exporter(client);
            assertEquals(exported != null, features.contains("<channel-binding type='tls-exporter'/>"), features);
            assumeTrue(exported != null, "JDK 25 and later");
            ScramExchange scram = new ScramExchange(
                    "SCRAM-SHA-256-PLUS", juliet, "p=" + EXPORTER + ",,", Objects.requireNonNull(exported));

            assertTrue(run(client, "SCRAM-SHA-256-PLUS", scram).startsWith("<success"));
        }
    }

    @Test
    void scram_boundWithinTheOldProfile_afterStartTls_works() throws Exception {
        try (RawClient client = RawClient.plain(network)) {
            client.startTls();
            client.open();
            ScramExchange scram = new ScramExchange(
                    "SCRAM-SHA-256-PLUS", juliet, "p=" + END_POINT + ",,", Sasl2Client.endPoint(client));
            client.send(RawClient.auth("SCRAM-SHA-256-PLUS", scram.first()));
            String challenge = Sasl2Client.unbase64(content(client.awaitElement("challenge"), "challenge"));
            client.send("<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
                    + Sasl2Client.base64(scram.last(challenge)) + "</response>");
            client.awaitSuccess();
        }
    }

    /** RFC 5802 section 6: what the flag says must fit the mechanism, and what the server offers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SCRAM-SHA-256|y,,",
                "SCRAM-SHA-256|p=tls-server-end-point,,",
                "SCRAM-SHA-256-PLUS|n,,",
                "SCRAM-SHA-256-PLUS|y,,",
                "SCRAM-SHA-256-PLUS|p=tls-unique,,",
                "SCRAM-SHA-256-PLUS|p=,,"
            })
    void flag_thatDoesNotFit_isRefused(String mechanism, String header) throws IOException {
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, juliet);
            client.send(authenticate(mechanism, header + "n=juliet,r=abc", AGENT, ""));

            assertTrue(client.awaitElement("failure").contains("<malformed-request"));
        }
    }

    @Test
    void binding_ofAnotherConnection_isRefused() throws Exception {
        try (RawClient client = RawClient.directTls(network)) {
            Sasl2Client.open(client, juliet);
            byte[] other = Sasl2Client.endPoint(client);
            other[0] ^= 1;
            for (byte[] wrong : List.of(other, new byte[0])) {
                ScramExchange scram = new ScramExchange("SCRAM-SHA-256-PLUS", juliet, "p=" + END_POINT + ",,", wrong);

                assertTrue(run(client, "SCRAM-SHA-256-PLUS", scram).contains("<not-authorized"));
            }
        }
    }

    @Test
    void without_bindings_noneIsOffered_andAClientMaySayThatItWouldHave() throws Exception {
        try (TestNetwork unbound = TestNetwork.builder().channelBindings().start();
                RawClient client = RawClient.directTls(unbound)) {
            TestAccount account = unbound.account("juliet");
            String features = Sasl2Client.open(client, account);
            assertFalse(features.contains("-PLUS"), features);
            assertFalse(features.contains("urn:xmpp:sasl-cb:0"), features);
            ScramExchange scram = new ScramExchange("SCRAM-SHA-256", account, "y,,", new byte[0]);

            assertTrue(run(client, "SCRAM-SHA-256", scram).startsWith("<success"));
        }
    }

    @Test
    void list_canBeLeftOut_andIsNotHashedThen() throws Exception {
        try (TestNetwork old = TestNetwork.builder()
                        .without(SignInFeature.CHANNEL_BINDING_TYPES)
                        .start();
                RawClient client = RawClient.directTls(old)) {
            TestAccount account = old.account("juliet");
            String features = Sasl2Client.open(client, account);
            assertFalse(features.contains("urn:xmpp:sasl-cb:0"), features);
            assertTrue(features.contains("-PLUS"), features);

            assertEquals(hash(features, "authentication"), Sasl2Client.field(first(client, account), "h"));
        }
    }

    /** XEP-0474: what the client saw, hashed by the client, is what the server tells. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hash_isThatOfWhatIsOffered_inBothProfiles(boolean modern) throws Exception {
        try (RawClient client = RawClient.directTls(network)) {
            String features = Sasl2Client.open(client, juliet);
            if (modern) {
                assertEquals(hash(features, "authentication"), Sasl2Client.field(first(client, juliet), "h"));
            } else {
                client.send(RawClient.auth("SCRAM-SHA-256", "n,,n=juliet,r=abc"));
                String challenge = Sasl2Client.unbase64(content(client.awaitElement("challenge"), "challenge"));
                assertEquals(hash(features, "mechanisms"), Sasl2Client.field(challenge, "h"));
            }
        }
    }

    @Test
    void hash_canBeLeftOut() throws Exception {
        try (TestNetwork old = TestNetwork.builder()
                        .without(SignInFeature.DOWNGRADE_PROTECTION)
                        .start();
                RawClient client = RawClient.directTls(old)) {
            TestAccount account = old.account("juliet");
            Sasl2Client.open(client, account);

            assertFalse(first(client, account).contains(",h="));
        }
    }

    /** T-CB-2, the server's part: a client that was told of no binding, and would have bound, is refused. */
    @Test
    void stripChannelBinding_isFoundOutByTheFlag_andByTheHash() throws Exception {
        network.faults().stripChannelBinding();
        try (RawClient client = RawClient.directTls(network)) {
            String features = Sasl2Client.open(client, juliet);
            assertFalse(features.contains("-PLUS"), features);
            assertFalse(features.contains("urn:xmpp:sasl-cb:0"), features);
            assertFalse(features.contains("HT-SHA-256-ENDP"), features);
            assertTrue(features.contains("<mechanism>HT-SHA-256-NONE</mechanism>"), features);
            assertFalse(hash(features, "authentication").equals(Sasl2Client.field(first(client, juliet), "h")));
            client.send("<abort xmlns='urn:xmpp:sasl:2'/>");
            client.awaitElement("failure");

            client.send(authenticate("SCRAM-SHA-256", "y,,n=juliet,r=abc", AGENT, ""));
            assertTrue(client.awaitElement("failure").contains("<malformed-request"));
        }
        network.faults().clear();
        try (RawClient client = RawClient.directTls(network)) {
            assertTrue(Sasl2Client.open(client, juliet).contains("-PLUS"));
        }
    }

    @Test
    void advertiseChannelBindings_changesTheListAlone() throws Exception {
        network.faults().advertiseChannelBindings("tls-unique");
        try (RawClient client = RawClient.directTls(network)) {
            String features = Sasl2Client.open(client, juliet);
            assertTrue(
                    features.contains("<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'>"
                            + "<channel-binding type='tls-unique'/></sasl-channel-binding>"),
                    features);
            assertTrue(features.contains("-PLUS"), features);
            assertFalse(hash(features, "authentication").equals(Sasl2Client.field(first(client, juliet), "h")));
        }
    }

    @Test
    void advertiseMechanisms_showsThem_andCountsWhatIsTried() throws Exception {
        try (TestNetwork strong =
                TestNetwork.builder().mechanisms("SCRAM-SHA-256").start()) {
            TestAccount account = strong.account("juliet");
            strong.faults().advertiseMechanisms("PLAIN");
            try (RawClient client = RawClient.directTls(strong)) {
                String features = Sasl2Client.open(client, account);
                assertEquals(List.of("PLAIN"), mechanisms(features, "authentication"));
                assertEquals(List.of("PLAIN"), mechanisms(features, "mechanisms"));
                client.send(Sasl2Client.plain(account, AGENT, ""));

                assertTrue(client.awaitElement("failure").contains("<invalid-mechanism"));
                assertEquals(1, strong.statistics().signIn().attemptsBy("PLAIN"));
                assertEquals(0, strong.statistics().signIn().by("PLAIN"));
            }
        }
    }

    /** Sends a first message, and returns the server's. */
    private static String first(RawClient client, TestAccount account) {
        client.send(authenticate("SCRAM-SHA-256", "n,,n=" + account.username() + ",r=abc", AGENT, ""));
        return Sasl2Client.unbase64(content(client.awaitElement("challenge"), "challenge"));
    }

    /** Goes through an exchange of the new profile, and returns its end. */
    private static String run(RawClient client, String mechanism, ScramExchange scram) {
        client.send(authenticate(mechanism, scram.first(), AGENT, ""));
        String challenge = Sasl2Client.unbase64(content(client.awaitElement("challenge"), "challenge"));
        client.send("<response xmlns='urn:xmpp:sasl:2'>" + Sasl2Client.base64(scram.last(challenge)) + "</response>");
        return client.awaitMatch("(?s)<(success|failure) .*?</\\1>");
    }

    private static List<String> mechanisms(String features, String list) {
        List<String> names = new ArrayList<>();
        String shown = content(features, list).replaceAll("(?s)<inline>.*</inline>", "");
        Matcher matcher = Pattern.compile("<mechanism>(.*?)</mechanism>").matcher(shown);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** The hash of XEP-0474 section 5.1 by SHA-256, of what the features show. */
    private static String hash(String features, String list) throws Exception {
        List<String> types = new ArrayList<>();
        Matcher matcher = Pattern.compile("<channel-binding type='(.*?)'/>").matcher(features);
        while (matcher.find()) {
            types.add(matcher.group(1));
        }
        String offer = String.join(
                "\u001e", mechanisms(features, list).stream().sorted().toList());
        if (!types.isEmpty()) {
            offer += "\u001f" + String.join("\u001e", types.stream().sorted().toList());
        }
        return Sasl2Client.base64(MessageDigest.getInstance("SHA-256").digest(offer.getBytes(StandardCharsets.UTF_8)));
    }
}
