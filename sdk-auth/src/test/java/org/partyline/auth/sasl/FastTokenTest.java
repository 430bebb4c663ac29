package org.partyline.auth.sasl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.credentials.SecretStore;
import org.partyline.auth.sasl.SaslException.Reason;
import org.partyline.auth.sasl.SecurityPin.Strength;

/** Sign-in by the token that a server gave (XEP-0484), and where the token is kept. */
class FastTokenTest {
    private static final String ACCOUNT = "user@example.org";
    private static final byte[] BINDING = {9, 8, 7};
    private static final SecureChannel CHANNEL = Runs.channel(Map.of("tls-exporter", BINDING));
    private static final List<String> OFFERED = List.of("HT-SHA-256-NONE", "HT-SHA-256-EXPR", "HT-SHA-256-ENDP");
    private final Instant later = Instant.now().plus(Duration.ofDays(1));

    private final SecretStore store = SecretStore.inMemory();
    private final PinStore pins = PinStore.inMemory();

    @Test
    @DisplayName("T-SEC-3 a token signs in, bound to the channel, and both sides prove it")
    void token_signsIn() throws Exception {
        try (SaslClients clients = clients(null)) {
            keep(clients, "HT-SHA-256-EXPR", "secret-token:1", later);
            SaslClient client = clients.startWithToken(OFFERED, CHANNEL);
            assertNotNull(client);
            assertEquals("HT-SHA-256-EXPR", client.mechanism());
            assertEquals("tls-exporter", client.bindingType());
            assertEquals(Strength.BOUND, client.strength());
            byte[] name = "user\0".getBytes(StandardCharsets.US_ASCII);
            byte[] expected = join(name, hmac("secret-token:1", "Initiator"));
            assertArrayEquals(expected, client.initialResponse());
            assertThrows(SaslException.class, () -> client.verifySuccess(hmac("secret-token:1", "Initiator")));
            assertThrows(SaslException.class, () -> client.verifySuccess(null));
            assertThrows(SaslException.class, () -> client.respond(new byte[0]));
            client.verifySuccess(hmac("secret-token:1", "Responder"));
        }
    }

    @Test
    void token_outlivesTheProcess_withItsInstallation() throws Exception {
        UUID id;
        try (SaslClients clients = clients(null)) {
            id = clients.clientId();
            keep(clients, "HT-SHA-256-NONE", "t", later);
        }
        try (SaslClients again = clients(null)) {
            assertEquals(id, again.clientId());
            assertNull(again.startQuickly(CHANNEL, "key"), "nothing is read by a call that may not block");
            again.load();
            assertEquals(List.of("sm", "bind"), again.rememberedInline());
            assertNotNull(again.startQuickly(CHANNEL, "key"));
            assertNotNull(again.startWithToken(OFFERED, CHANNEL));
        }
        try (SaslClients other = clients(UUID.randomUUID())) {
            assertNull(other.startWithToken(OFFERED, CHANNEL), "the token is good for its installation alone");
            assertNull(store.read("fast-token " + ACCOUNT));
        }
    }

    @Test
    void token_thatEnded_isDropped() throws Exception {
        try (SaslClients clients = clients(null)) {
            keep(clients, "HT-SHA-256-NONE", "t", Instant.now().minusSeconds(1));
            assertNull(clients.startWithToken(OFFERED, CHANNEL));
            assertNull(store.read("fast-token " + ACCOUNT));
        }
    }

    @Test
    void token_thatWasRefused_isDropped_andAnotherWayIsTried() throws Exception {
        try (SaslClients clients = clients(null)) {
            keep(clients, "HT-SHA-256-NONE", "t", later);
            SaslClient client = clients.startWithToken(OFFERED, CHANNEL);
            assertNotNull(client);
            assertTrue(clients.refused(client));
            assertNull(clients.startWithToken(OFFERED, CHANNEL));
            assertNull(store.read("fast-token " + ACCOUNT));
        }
    }

    @Test
    void token_isNotUsed_whereItsMechanismIsNotOffered_orItsBindingCannotBeHad_orThereIsNoTls() throws Exception {
        try (SaslClients clients = clients(null)) {
            keep(clients, "HT-SHA-256-EXPR", "t", later);
            assertNull(clients.startWithToken(List.of("HT-SHA-256-NONE"), CHANNEL));
            assertNull(clients.startWithToken(OFFERED, Runs.TLS));
            assertNull(clients.startWithToken(OFFERED, SecureChannel.NONE));
            assertNotNull(clients.startWithToken(OFFERED, CHANNEL));
        }
    }

    @Test
    @DisplayName("T-SC-7 a token without binding is no way in once the account was bound")
    void unboundToken_isRefusedByThePin() throws Exception {
        try (SaslClients clients = clients(null)) {
            keep(clients, "HT-SHA-256-NONE", "t", later);
            pins.write(ACCOUNT, new SecurityPin(Strength.BOUND, "tls-exporter", null));
            assertNull(clients.startWithToken(OFFERED, CHANNEL));
        }
    }

    @Test
    void quickStart_isRefused_whereTheServersKeyIsAnother_orThePinIsBound() throws Exception {
        try (SaslClients clients = clients(null)) {
            keep(clients, "HT-SHA-256-NONE", "t", later);
            pins.write(ACCOUNT, new SecurityPin(Strength.PROVED, null, "key"));
            clients.load();
            assertNotNull(clients.startQuickly(CHANNEL, "key"));
            assertNull(clients.startQuickly(CHANNEL, "another"));
            assertNull(clients.startQuickly(SecureChannel.NONE, "key"));
            pins.write(ACCOUNT, new SecurityPin(Strength.BOUND, "tls-exporter", "key"));
            clients.pin();
            assertNull(clients.startQuickly(CHANNEL, "key"));
        }
    }

    @Test
    void tokenToAskFor_isTheStrongestThatTheChannelAllows() throws Exception {
        try (SaslClients clients = clients(null)) {
            SaslClient proved = new HtClient(
                    new HtMechanism("HT-SHA-256-NONE", "HmacSHA256", null), "user", new byte[1], new byte[0]);
            SaslClient bound = new HtClient(
                    new HtMechanism("HT-SHA-256-EXPR", "HmacSHA256", "tls-exporter"), "user", new byte[1], BINDING);
            assertEquals("HT-SHA-256-EXPR", clients.tokenMechanism(OFFERED, CHANNEL, proved));
            assertEquals("HT-SHA-256-NONE", clients.tokenMechanism(OFFERED, Runs.TLS, proved));
            assertNull(clients.tokenMechanism(OFFERED, Runs.TLS, bound), "a bound sign-in gives no unbound token");
            assertNull(clients.tokenMechanism(OFFERED, SecureChannel.NONE, proved));
            assertNull(clients.tokenMechanism(List.of("HT-SHA3-512-NONE"), CHANNEL, proved));
        }
    }

    @Test
    void storeThatFails_costsTheTokenAlone() throws Exception {
        SecretStore broken = new SecretStore() {
            @Override
            public byte @Nullable [] read(String name) {
                throw new IllegalStateException("read");
            }

            @Override
            public void write(String name, byte[] secret) {
                throw new IllegalStateException("write");
            }

            @Override
            public void delete(String name) {
                throw new IllegalStateException("delete");
            }
        };
        try (SaslClients clients = new SaslClients(
                ACCOUNT, "user", Credentials.password("p"::toCharArray), SaslOptions.DEFAULT, pins, broken, null)) {
            assertNull(clients.startWithToken(OFFERED, CHANNEL));
            keep(clients, "HT-SHA-256-NONE", "t", later);
            SaslClient client = clients.startWithToken(OFFERED, CHANNEL);
            assertNotNull(client, "it is in memory");
            assertTrue(clients.refused(client));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "partyline-fast-1",
                "partyline-fast-2\nHT-SHA-256-NONE\n123e4567-e89b-42d3-a456-426614174000\n4102444800\n\nt",
                "partyline-fast-1\nHT-SHA-256-UNIQ\n123e4567-e89b-42d3-a456-426614174000\n4102444800\n\nt",
                "partyline-fast-1\nHT-SHA-256-NONE\nnot-an-id\n4102444800\n\nt",
                "partyline-fast-1\nHT-SHA-256-NONE\n123e4567-e89b-42d3-a456-426614174000\nsoon\n\nt",
                "partyline-fast-1\nHT-SHA-256-NONE\n123e4567-e89b-42d3-a456-426614174000\n99999999999999999999\n\nt",
                "partyline-fast-1\nHT-SHA-256-NONE\n123e4567-e89b-42d3-a456-426614174000\n4102444800\na  b\nt",
                "partyline-fast-1\nHT-SHA-256-NONE\n123e4567-e89b-42d3-a456-426614174000\n4102444800\n\n",
            })
    void storedBytesThatAreNoToken_areNone(String stored) throws Exception {
        store.write("fast-token " + ACCOUNT, stored.getBytes(StandardCharsets.UTF_8));
        try (SaslClients clients = clients(null)) {
            assertNull(clients.startWithToken(OFFERED, CHANNEL));
            assertNull(store.read("fast-token " + ACCOUNT));
        }
    }

    @Test
    void storedForm_isReadBack() throws Exception {
        FastToken token = FastToken.of(
                "HT-SHA-256-NONE", UUID.randomUUID(), later, List.of("a", "b"), new byte[] {'x', '\n', 0, (byte) 0xFF});
        assertNotNull(token);
        FastToken read = FastToken.decode(token.encode());
        assertNotNull(read);
        assertArrayEquals(token.secret(), read.secret());
        assertEquals(token.clientId(), read.clientId());
        assertEquals(token.inline(), read.inline());
        assertFalse(token.toString().contains("x\n"));
        assertNull(FastToken.of("HT-SHA-256-NONE", UUID.randomUUID(), later, List.of(), new byte[4097]));
        assertNotNull(FastToken.of("HT-SHA-256-NONE", UUID.randomUUID(), later, List.of(), new byte[4096]));
    }

    @ParameterizedTest
    @CsvSource({"16384, true", "16385, false", "163840, false"})
    void storedForm_isBounded(int length, boolean taken) {
        String start = "partyline-fast-1\nHT-SHA-256-NONE\n123e4567-e89b-42d3-a456-426614174000\n4102444800\n";
        String stored = start + "a".repeat(length - start.length() - 2) + "\nt";
        assertEquals(taken, FastToken.decode(stored.getBytes(StandardCharsets.US_ASCII)) != null);
    }

    @Test
    void pinStoreThatFails_failsTheUseOfAToken() {
        PinStore broken = new PinStore() {
            @Override
            public @Nullable SecurityPin read(String account) {
                throw new IllegalStateException("read");
            }

            @Override
            public void write(String account, SecurityPin pin) {
                throw new IllegalStateException("write");
            }

            @Override
            public void reset(String account) {
                throw new IllegalStateException("reset");
            }
        };
        try (SaslClients clients =
                Runs.clients("user", Credentials.password("p"::toCharArray), SaslOptions.DEFAULT, broken)) {
            keep(clients, "HT-SHA-256-NONE", "t", later);
            SaslException refused = assertThrows(SaslException.class, () -> clients.startWithToken(OFFERED, CHANNEL));
            assertEquals(Reason.CREDENTIALS_UNUSABLE, refused.reason());
        }
    }

    private SaslClients clients(@Nullable UUID id) {
        return new SaslClients(
                ACCOUNT, "user", Credentials.password("p"::toCharArray), SaslOptions.DEFAULT, pins, store, id);
    }

    private static void keep(SaslClients clients, String mechanism, String secret, Instant expiry) {
        FastToken token = FastToken.of(
                mechanism,
                clients.clientId(),
                expiry,
                List.of("sm", "bind"),
                secret.getBytes(StandardCharsets.US_ASCII));
        SaslClient client = SimpleClient.anonymous();
        clients.succeeded(client, null, token);
    }

    private static byte[] hmac(String token, String label) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        return mac.doFinal(join(label.getBytes(StandardCharsets.US_ASCII), BINDING));
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
