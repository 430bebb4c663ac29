package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.sasl.PinStore;
import org.partyline.auth.sasl.SaslOptions;
import org.partyline.auth.sasl.SecurityPin;
import org.partyline.auth.sasl.SecurityPin.Strength;
import org.partyline.client.ChatClient;
import org.partyline.error.AuthenticationFailedException;
import org.partyline.testkit.SignInFeature;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;
import org.partyline.transport.tls.TlsConfig;

/**
 * Somebody in between who holds a second valid certificate for the domain: what he relays word for word is refused, and what
 * he changes is found out.
 */
class ManInTheMiddleTest {
    private static final int RUNS = 100;

    private final TestNetwork network = TestNetwork.builder().ownAuthority().start();
    private final Clients clients = new Clients("middle");

    @AfterEach
    void end() {
        clients.close();
        network.close();
    }

    @Test
    @DisplayName("T-CB-1 a relayed sign-in with a second valid certificate is refused, 100 times of 100")
    void relayedSignIn_isRefused_everyTime() {
        try (TlsRelay relay = TlsRelay.to(network)) {
            TlsConfig trustsBoth = TlsConfig.builder()
                    .systemTrust(false)
                    .trust(network.trustAnchor())
                    .trust(relay.trustAnchor())
                    .build();
            for (int i = 0; i < RUNS; i++) {
                TestAccount account = network.account("user" + i);
                ChatClient client = clients.build(
                        clients.builder(network, account).tls(trustsBoth).endpoints(relay.endpoint()));
                AuthenticationFailedException refused =
                        Await.failure(AuthenticationFailedException.class, client.connect());
                assertEquals("not-authorized", refused.condition());
                assertTrue(String.valueOf(refused.getMessage()).contains("in between"), refused::getMessage);
            }
            assertEquals(RUNS, relay.relayed());
        }
        assertEquals(0, network.statistics().signIns());
        assertEquals(RUNS, network.statistics().failedSignIns());
    }

    @Test
    @DisplayName("the relay itself works: without binding, which an account never had, it goes unnoticed")
    void relayedSignIn_withoutBinding_succeeds() {
        try (TestNetwork unbound = TestNetwork.builder()
                        .ownAuthority()
                        .without(SignInFeature.DOWNGRADE_PROTECTION)
                        .mechanisms("SCRAM-SHA-256")
                        .start();
                TlsRelay relay = TlsRelay.to(unbound)) {
            TestAccount account = unbound.account("juliet");
            ChatClient client = clients.online(clients.builder(unbound, account)
                    .tls(TlsConfig.builder()
                            .systemTrust(false)
                            .trust(relay.trustAnchor())
                            .build())
                    .endpoints(relay.endpoint()));
            assertTrue(client.signIn().orElseThrow().binding().isEmpty());

            ChatClient strict = clients.build(
                    clients.builder(unbound, account).sasl(SaslOptions.DEFAULT.withRequiredChannelBinding(true)));
            AuthenticationFailedException refused =
                    Await.failure(AuthenticationFailedException.class, strict.connect());
            assertEquals("no-mechanism", refused.condition());
            Await.outcome(client.closeAsync());
        }
    }

    @Test
    @DisplayName(
            "T-CB-2 a stripped -PLUS is found out at the first sign-in: the client tells the server that it saw none")
    void strippedBinding_isFoundOut() {
        TestAccount account = network.account("juliet");
        network.faults().stripChannelBinding();
        ChatClient client = clients.build(clients.builder(network, account));
        AuthenticationFailedException refused = Await.failure(AuthenticationFailedException.class, client.connect());
        // RFC 5802 section 6: the flag "y" at a server that had offered it.
        assertEquals("malformed-request", refused.condition());
        assertEquals(0, network.statistics().signIns());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls-fantasy", "tls-unique"})
    @DisplayName("T-CB-2 a rewritten list of binding types is found out by the server's hash")
    void rewrittenBindings_areFoundOut(String announced) {
        TestAccount account = network.account("juliet");
        network.faults().advertiseChannelBindings(announced);
        ChatClient client = clients.build(clients.builder(network, account));
        AuthenticationFailedException refused = Await.failure(AuthenticationFailedException.class, client.connect());
        assertEquals("downgrade", refused.condition());
        assertEquals(0, network.statistics().signIns());
    }

    @Test
    @DisplayName("T-SC-7 PLAIN is no way in for an account that proved more before, even where it is allowed")
    void plain_afterScram_isRefused() {
        TestAccount account = network.account("juliet");
        PinStore pins = PinStore.inMemory();
        pins.write(account.jid(), new SecurityPin(Strength.PROVED, null, null));
        network.faults().advertiseMechanisms("PLAIN");
        ChatClient client = clients.build(clients.builder(network, account)
                .pinStore(pins)
                .sasl(SaslOptions.DEFAULT.withPlain(true))
                .credentials(Credentials.password(account.password()::toCharArray)));
        AuthenticationFailedException refused = Await.failure(AuthenticationFailedException.class, client.connect());
        assertEquals("downgrade", refused.condition());
        assertEquals(0, network.statistics().signIn().attemptsBy("PLAIN"));
        assertEquals(List.of(), network.sessions());
    }
}
