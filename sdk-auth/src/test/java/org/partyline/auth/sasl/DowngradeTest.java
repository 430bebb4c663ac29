package org.partyline.auth.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.sasl.SaslException.Reason;
import org.partyline.auth.sasl.SecurityPin.Strength;

/** That a sign-in is never weaker than the one before, unless the server proves that it means it. */
class DowngradeTest {
    private static final SecureChannel CHANNEL = Runs.channel(Map.of("tls-exporter", new byte[] {1, 2, 3}));
    private static final SaslOffer BOUND =
            new SaslOffer(List.of("SCRAM-SHA-1", "SCRAM-SHA-1-PLUS"), List.of("tls-server-end-point", "tls-exporter"));
    private static final SaslOffer UNBOUND = new SaslOffer(List.of("SCRAM-SHA-1"), null);
    private static final SaslOffer PLAIN = new SaslOffer(List.of("PLAIN"), null);

    private final PinStore pins = PinStore.inMemory();
    private final SaslClients clients = Runs.clients(
            "user", Credentials.password("pencil"::toCharArray), SaslOptions.DEFAULT.withPlain(true), pins);

    @Test
    @DisplayName("XEP-0474 section 5.3: the hash of the published example")
    void hash_isThatOfTheStandard() throws Exception {
        assertEquals(
                "G6k/rBLDqgOhRRaCuuatSDFkJ08=",
                Base64.getEncoder().encodeToString(DowngradeHash.of(ScramHash.SHA_1, BOUND)));
    }

    @Test
    @DisplayName("T-SC-7 bound; then unbound fails; then unbound with a valid hash is let in; then PLAIN fails")
    void pin_isReleasedByTheHashAlone() throws Exception {
        SaslClient first = signIn(BOUND, null);
        assertEquals("SCRAM-SHA-1-PLUS", first.mechanism());
        assertEquals("tls-exporter", first.bindingType());
        assertEquals(Strength.BOUND, pinned().strongest());

        SaslException stripped = assertThrows(SaslException.class, () -> signIn(UNBOUND, null));
        assertEquals(Reason.DOWNGRADE, stripped.reason());

        String hash = Base64.getEncoder().encodeToString(DowngradeHash.of(ScramHash.SHA_1, UNBOUND));
        SaslClient proved = signIn(UNBOUND, hash);
        assertEquals("SCRAM-SHA-1", proved.mechanism());
        assertTrue(proved.isOfferProved());
        assertEquals(Strength.BOUND, pinned().strongest(), "the pin stays");

        SaslException plain = assertThrows(SaslException.class, () -> clients.start(PLAIN, CHANNEL));
        assertEquals(Reason.DOWNGRADE, plain.reason());
        pins.reset("user@example.org");
        assertEquals("PLAIN", clients.start(PLAIN, CHANNEL).mechanism());
    }

    @Test
    @DisplayName("T-CB-2 lists that were changed on the way fail by the hash, before anything is proved")
    void changedLists_failBeforeTheProof() throws Exception {
        String hash = Base64.getEncoder().encodeToString(DowngradeHash.of(ScramHash.SHA_1, BOUND));
        SaslException refused = assertThrows(SaslException.class, () -> signIn(UNBOUND, hash));
        assertEquals(Reason.DOWNGRADE, refused.reason());
        assertNull(pins.read("user@example.org"));
    }

    @Test
    @DisplayName("T-CB-2 a list of types that nobody has needs the hash")
    void foreignTypes_needTheHash() throws Exception {
        SaslOffer rewritten = new SaslOffer(List.of("SCRAM-SHA-1", "SCRAM-SHA-1-PLUS"), List.of("tls-fantasy"));
        SaslException refused = assertThrows(SaslException.class, () -> signIn(rewritten, null));
        assertEquals(Reason.DOWNGRADE, refused.reason());
        String hash = Base64.getEncoder().encodeToString(DowngradeHash.of(ScramHash.SHA_1, rewritten));
        assertEquals("SCRAM-SHA-1", signIn(rewritten, hash).mechanism());
    }

    @Test
    void hashThatIsNoBase64_orIsThere_twice_fails() {
        assertEquals(
                Reason.DOWNGRADE,
                assertThrows(SaslException.class, () -> signIn(UNBOUND, "***")).reason());
        assertEquals(
                Reason.BAD_CHALLENGE,
                assertThrows(SaslException.class, () -> signIn(UNBOUND, "AAAA,h=AAAA"))
                        .reason());
    }

    @Test
    void failure_leavesThePinAlone() throws Exception {
        try (SaslClient client = clients.start(BOUND, CHANNEL)) {
            client.initialResponse();
            assertThrows(SaslException.class, () -> client.verifySuccess(null));
            assertFalse(clients.refused(client));
        }
        assertNull(pins.read("user@example.org"));
    }

    @Test
    void pinStoreThatFails_failsTheSignIn() {
        PinStore broken = new PinStore() {
            @Override
            public @Nullable SecurityPin read(String account) {
                throw new IllegalStateException("canary");
            }

            @Override
            public void write(String account, SecurityPin pin) {
                throw new IllegalStateException("canary");
            }

            @Override
            public void reset(String account) {
                throw new IllegalStateException("canary");
            }
        };
        try (SaslClients mine =
                Runs.clients("user", Credentials.password("pencil"::toCharArray), SaslOptions.DEFAULT, broken)) {
            SaslException refused = assertThrows(SaslException.class, () -> mine.start(BOUND, CHANNEL));
            assertEquals(Reason.CREDENTIALS_UNUSABLE, refused.reason());
            assertFalse(String.valueOf(refused.getMessage()).contains("canary"));
        }
    }

    private SecurityPin pinned() {
        SecurityPin pin = pins.read("user@example.org");
        if (pin == null) {
            throw new AssertionError("nothing is pinned");
        }
        return pin;
    }

    /** Signs in at a server that knows the password, and sends a hash or none. */
    private SaslClient signIn(SaslOffer offer, @Nullable String hash) throws Exception {
        try (SaslClient client = clients.start(offer, CHANNEL)) {
            byte[] initial = client.initialResponse();
            if (initial == null) {
                throw new AssertionError("SCRAM begins with a message");
            }
            PasswordServer server = new PasswordServer("pencil", hash == null ? "" : ",h=" + hash);
            client.verifySuccess(server.last(client.respond(server.first(initial))));
            String expected = client.bindingType() == null ? "[ny],," : "p=tls-exporter,,\u0001\u0002\u0003";
            assertTrue(server.bindingInput().matches(expected), server::bindingInput);
            clients.succeeded(client, "key", null);
            return client;
        }
    }
}
