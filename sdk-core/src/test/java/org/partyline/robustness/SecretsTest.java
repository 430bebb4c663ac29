package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.AccessToken;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.credentials.SecretStore;
import org.partyline.auth.sasl.SaslOptions;
import org.partyline.client.ChatClient;
import org.partyline.error.AuthenticationFailedException;
import org.partyline.message.SentMessage;
import org.partyline.session.ConnectionState;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.slf4j.event.Level;

/** T-LOG-1: what is secret stands in no log, exception or text, in whatever dress. */
class SecretsTest {
    private static final String PASSWORD = "canary+Kn4ll/erbse-p4ss";
    private static final String TOKEN = "canary~T0ken.Zaunk0enig-an-oauth";
    private static final String BODY = "canary-B0dy-of-a-message";

    private final List<String> texts = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN"})
    @DisplayName("T-LOG-1: sign-in, messages and a resumption at TRACE show neither password nor body")
    void wholeLife_atTrace_showsNoSecret(String mechanism) throws Exception {
        try (LogCapture log = LogCapture.from(Level.TRACE);
                TestNetwork network = TestNetwork.builder()
                        .mechanisms(mechanism)
                        .ownAuthority()
                        .start();
                Clients clients = new Clients("secrets")) {
            TestAccount juliet = network.account("juliet", PASSWORD);
            Credentials credentials = Credentials.password(PASSWORD::toCharArray);
            ChatClient.Builder builder =
                    clients.builder(network, juliet).credentials(credentials).sasl(SaslOptions.DEFAULT.withPlain(true));
            ChatClient client = clients.online(builder);
            Clients.comeBackAtOnce(client);
            SentMessage sent = Await.outcome(
                    client.messages().to(Jid.parse(juliet.jid())).body(BODY).send());
            Await.outcome(sent.acknowledged());
            var online = Clients.next(client, ConnectionState.ONLINE);
            network.cut(juliet);
            assertTrue(Await.outcome(online).resumed());
            show(client, builder, credentials, sent, client.self(), client.messages(), client.roster());

            ChatClient stranger = clients.build(builder.secretStore(SecretStore.inMemory())
                    .credentials(Credentials.password((PASSWORD + "-2")::toCharArray)));
            AuthenticationFailedException refused =
                    Await.failure(AuthenticationFailedException.class, stranger.connect());
            show(refused, stranger);
            for (Throwable each = refused; each != null; each = each.getCause()) {
                show(each, each.getMessage(), List.of(each.getSuppressed()));
            }
            clients.closeClients();
            assertFalse(log.lines().isEmpty(), "nothing was logged at all: the test would prove nothing");
            texts.addAll(log.lines());
            assertEquals(List.of(), hits(PASSWORD), "the password is shown");
            assertEquals(List.of(), hits(BODY), "a body is shown");
            assertEquals(List.of(), hits("\0juliet\0" + PASSWORD), "PLAIN is shown");
        }
    }

    @Test
    @DisplayName(
            "T-LOG-1: tokens of OAuth and of XEP-0484 stand in no log, exception or text, also when they are refused")
    void tokens_atTrace_areNotShown() {
        AtomicReference<String> good = new AtomicReference<>(TOKEN);
        KeptSecrets secrets = new KeptSecrets();
        try (LogCapture log = LogCapture.from(Level.TRACE);
                TestNetwork network = TestNetwork.builder()
                        .ownAuthority()
                        .oauthBearer((user, token) -> token.equals(good.get()))
                        .start();
                Clients clients = new Clients("tokens")) {
            TestAccount juliet = network.account("juliet", PASSWORD);
            AccessToken access = AccessToken.of(TOKEN.toCharArray(), null);
            Credentials credentials = Credentials.token(() -> CompletableFuture.completedFuture(access));
            ChatClient bearer = clients.online(clients.builder(network, juliet).credentials(credentials));
            Await.outcome(bearer.disconnect());
            good.set("another");
            ChatClient late = clients.build(
                    clients.builder(network, juliet).credentials(credentials).secretStore(SecretStore.inMemory()));
            AuthenticationFailedException refused = Await.failure(AuthenticationFailedException.class, late.connect());
            show(bearer, late, credentials, access, refused, refused.getCause(), List.of(refused.getSuppressed()));

            ChatClient.Builder builder = clients.builder(network, juliet).secretStore(secrets);
            ChatClient returning = clients.online(builder);
            secrets.awaitWrites(1);
            String fast = secrets.fastToken(juliet.jid());
            Await.outcome(returning.disconnect());
            Await.outcome(returning.connect());
            show(returning, builder);
            assertTrue(
                    network.statistics().signIn().byMechanism().keySet().stream()
                            .anyMatch(mechanism -> mechanism.startsWith("HT-")),
                    "no token was used");
            clients.closeClients();
            assertFalse(log.lines().isEmpty(), "nothing was logged at all: the test would prove nothing");
            texts.addAll(log.lines());
            assertEquals(List.of(), hits(TOKEN), "the access token is shown");
            assertEquals(List.of(), hits(fast), "the server's token is shown");
        }
    }

    private void show(Object... objects) {
        for (Object each : objects) {
            texts.add(String.valueOf(each));
        }
    }

    private List<String> hits(String secret) {
        return Dresses.hits(texts, secret);
    }

    @Test
    void search_findsASecretInEveryDress() {
        byte[] secret = PASSWORD.getBytes(StandardCharsets.UTF_8);
        texts.add("p=" + PASSWORD.toUpperCase(Locale.ROOT) + ";");
        texts.add(HexFormat.ofDelimiter("").withUpperCase().formatHex(secret));
        texts.add("https://chat.test/?p=" + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8));
        for (String before : List.of("", "x", "xy", "\0juliet\0")) {
            byte[] both = (before + PASSWORD + "z").getBytes(StandardCharsets.UTF_8);
            texts.add(Base64.getEncoder().encodeToString(both));
        }
        texts.add("nothing");
        assertEquals(texts.subList(0, 7), hits(PASSWORD));
    }
}
