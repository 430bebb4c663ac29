package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.AccessToken;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.sasl.SecurityPin;
import org.partyline.auth.sasl.SecurityPin.Strength;
import org.partyline.client.ChatClient;
import org.partyline.error.AuthenticationFailedException;
import org.partyline.error.ConnectionException;
import org.partyline.session.CertificateChange;
import org.partyline.session.ConnectionState;
import org.partyline.session.SignIn;
import org.partyline.testkit.SignInFeature;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.transport.connection.Endpoint;

/** Sign-in by XEP-0388 and what it carries, against the embedded network, whose own counts are asked too. */
class ModernSignInTest {
    private final TestNetwork network = TestNetwork.start();
    private final TestAccount juliet = network.account("juliet");
    private final TestAccount romeo = network.account("romeo");
    private final Clients clients = new Clients("modern");

    @AfterEach
    void end() {
        clients.close();
        Await.nobody(network);
        network.close();
    }

    private static SignIn report(ChatClient client) {
        return client.signIn().orElseThrow();
    }

    @Test
    @DisplayName("password: three round trips from TLS to the session, bound to the channel")
    void password_takesThreeRoundTrips() {
        ChatClient client = clients.online(clients.builder(network, juliet));

        SignIn report = report(client);
        assertEquals(3, report.roundTrips());
        assertTrue(report.mechanism().startsWith("SCRAM-"), report::mechanism);
        assertFalse(report.weaker());
        assertEquals(1, network.statistics().signIn().boundInline());
    }

    @Test
    @DisplayName("token: one round trip from TLS to the session, for a server that says nothing before it is asked")
    void token_takesOneRoundTrip() {
        try (TaciturnRelay relay = TaciturnRelay.to(network.directTlsEndpoint().port())) {
            ChatClient client = clients.online(
                    clients.builder(network, juliet).endpoints(Endpoint.directTls("127.0.0.1", relay.port())));
            Await.outcome(client.disconnect());
            relay.fallTaciturn();

            Await.outcome(client.connect());

            SignIn report = report(client);
            assertTrue(report.mechanism().startsWith("HT-SHA-"), report::mechanism);
            assertEquals(1, report.roundTrips());
            assertEquals(1, network.statistics().signIn().by(report.mechanism()));
            assertEquals(2, network.statistics().signIn().boundInline());
            Await.outcome(client.closeAsync());
        }
    }

    @Test
    void token_resumesTheSession_inOneRoundTrip_andCarriesOnWithIt() throws Exception {
        CountDownLatch missing = new CountDownLatch(1);
        ChatClient client = clients.build(clients.builder(network, juliet));
        client.messages().incoming().subscribe(message -> missing.countDown());
        Await.outcome(client.connect());
        Jid self = client.self().orElseThrow();
        Clients.comeBackAtOnce(client);
        var online = Clients.next(client, ConnectionState.ONLINE);

        network.cut(juliet);

        assertTrue(Await.outcome(online).resumed());
        assertEquals(1, report(client).roundTrips());
        assertEquals(self, client.self().orElseThrow());
        ChatClient sender = clients.online(clients.builder(network, romeo));
        Await.outcome(
                sender.messages().to(self).body("once more unto the balcony").send());
        Await.zero(missing);
        assertEquals(1, network.statistics().resumptions());
    }

    @Test
    void token_outlivesTheClient_inTheSecretStore() {
        KeptSecrets secrets = new KeptSecrets();
        ChatClient first = clients.online(clients.builder(network, juliet).secretStore(secrets));
        assertTrue(report(first).mechanism().startsWith("SCRAM-"));
        secrets.awaitWrites(1);
        Await.outcome(first.closeAsync());

        ChatClient second = clients.online(clients.builder(network, juliet).secretStore(secrets));

        assertTrue(
                report(second).mechanism().startsWith("HT-"),
                () -> report(second).mechanism());
        assertEquals(1, report(second).roundTrips());
    }

    @Test
    void tokenThatTheServerForgot_costsAConnection_andTheSignInSucceeds() {
        KeptSecrets secrets = new KeptSecrets();
        ChatClient first = clients.online(clients.builder(network, juliet).secretStore(secrets));
        secrets.awaitWrites(1);
        Await.outcome(first.closeAsync());
        byte[] token = secrets.read("fast-token " + juliet.jid());
        token[token.length - 1] ^= 1;
        secrets.write("fast-token " + juliet.jid(), token);

        ChatClient second = clients.online(clients.builder(network, juliet).secretStore(secrets));

        assertTrue(
                report(second).mechanism().startsWith("SCRAM-"),
                () -> report(second).mechanism());
        secrets.awaitWrites(2);
        assertFalse(Arrays.equals(token, secrets.read("fast-token " + juliet.jid())));
    }

    @Test
    @DisplayName("T-SC-12 an upgrade task lets the server offer a stronger SCRAM from the next time on")
    void upgrade_letsTheServerOfferMore() {
        try (TestNetwork old = TestNetwork.builder()
                .keysKeptFor("SCRAM-SHA-1")
                .without(SignInFeature.FAST)
                .start()) {
            TestAccount account = old.account("juliet");
            ChatClient client = clients.online(clients.builder(old, account));
            assertEquals("SCRAM-SHA-1-PLUS", report(client).mechanism());
            assertEquals(2, old.statistics().signIn().upgrades());
            Await.outcome(client.disconnect());

            Await.outcome(client.connect());

            assertEquals("SCRAM-SHA-512-PLUS", report(client).mechanism());
            assertEquals(2, old.statistics().signIn().upgrades());
            Await.outcome(client.closeAsync());
        }
    }

    @Test
    void bearerToken_thatEnded_isAskedForAnew_andOnceAlone() {
        AtomicInteger asked = new AtomicInteger();
        AtomicReference<String> good = new AtomicReference<>("token-1");
        try (TestNetwork oauth = TestNetwork.builder()
                .oauthBearer((user, token) -> token.equals(good.get()))
                .without(SignInFeature.FAST)
                .start()) {
            TestAccount account = oauth.account("juliet");
            ChatClient client = clients.online(clients.builder(oauth, account)
                    .credentials(Credentials.token(() -> CompletableFuture.completedFuture(
                            AccessToken.of(("token-" + asked.incrementAndGet()).toCharArray(), null)))));
            assertEquals("OAUTHBEARER", report(client).mechanism());
            Await.outcome(client.disconnect());
            good.set("token-2");

            Await.outcome(client.connect());

            assertEquals(2, asked.get());
            Await.outcome(client.disconnect());
            good.set("none of them");
            AuthenticationFailedException refused =
                    Await.failure(AuthenticationFailedException.class, client.connect());
            assertEquals(Optional.of("OAUTHBEARER"), refused.mechanism());
            assertEquals(3, asked.get(), "the kept one, and one that was fresh");
            Await.outcome(client.closeAsync());
        }
    }

    @Test
    void oldServer_isSignedInToAsRfc6120Says() {
        try (TestNetwork old =
                TestNetwork.builder().without(SignInFeature.SASL2).start()) {
            TestAccount account = old.account("juliet");
            ChatClient client = clients.online(clients.builder(old, account));
            // Features, SCRAM's two messages, features, binding, stream management.
            assertEquals(6, report(client).roundTrips());
            Await.outcome(client.closeAsync());
        }
    }

    @Test
    void serverWithoutBinding_isBoundAsRfc6120Says() {
        try (TestNetwork some =
                TestNetwork.builder().without(SignInFeature.BIND2).start()) {
            TestAccount account = some.account("juliet");
            ChatClient client = clients.online(clients.builder(some, account));
            assertEquals(5, report(client).roundTrips());
            Await.outcome(client.closeAsync());
        }
    }

    @Test
    @DisplayName("T-SC-7 what an account was proved by is pinned, with the server's key")
    void pin_isWritten() {
        KeptPins pins = new KeptPins();
        ChatClient client = clients.online(clients.builder(network, juliet).pinStore(pins));
        pins.awaitWrites(1);
        SecurityPin pin = pins.read(juliet.jid());
        assertEquals(report(client).binding().isPresent() ? Strength.BOUND : Strength.PROVED, pin.strongest());
        assertEquals(report(client).binding().orElse(null), pin.bindingType());
    }

    @Test
    void anotherKey_isShownToTheApplication_whichMayRefuse() {
        KeptPins pins = new KeptPins();
        pins.write(juliet.jid(), new SecurityPin(Strength.PROVED, null, "a former key"));
        List<CertificateChange> shown = new CopyOnWriteArrayList<>();

        ChatClient refusing =
                clients.build(clients.builder(network, juliet).pinStore(pins).onCertificateChange(change -> {
                    shown.add(change);
                    return false;
                }));
        ConnectionException refused = Await.failure(ConnectionException.class, refusing.connect());
        assertEquals(ConnectionException.Reason.CERTIFICATE_REJECTED, refused.reason());
        assertEquals(1, shown.size());
        assertEquals("a former key", shown.get(0).formerKey());
        assertEquals(juliet.jid(), shown.get(0).account());
        assertNotEquals("a former key", shown.get(0).key());
        assertEquals("a former key", pins.read(juliet.jid()).publicKey());
        assertEquals(0, network.statistics().signIns());

        ChatClient failing =
                clients.build(clients.builder(network, juliet).pinStore(pins).onCertificateChange(change -> {
                    throw new IllegalStateException("no answer");
                }));
        Await.failure(ConnectionException.class, failing.connect());

        clients.online(clients.builder(network, juliet).pinStore(pins).onCertificateChange(change -> true));
        pins.awaitWrites(2);
        assertEquals(shown.get(0).key(), pins.read(juliet.jid()).publicKey());
    }

    @Test
    void wrongPassword_isSaidOnce() {
        ChatClient client =
                clients.build(clients.builder(network, juliet).credentials(Credentials.password("wrong"::toCharArray)));
        AuthenticationFailedException refused = Await.failure(AuthenticationFailedException.class, client.connect());
        assertEquals("not-authorized", refused.condition());
        assertEquals(1, network.statistics().failedSignIns());
    }
}
