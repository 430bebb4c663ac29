package org.partyline.auth.sasl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.sasl.SaslException.Reason;

/** How long secrets live, and that none is shown. */
class SecretsTest {
    private static final String NONCE = "nonce";
    private static final byte[] SALT = "12345678".getBytes(StandardCharsets.US_ASCII);

    private final List<char[]> given = new ArrayList<>();
    private final Credentials.Password credentials = (Credentials.Password) Credentials.password(() -> {
        char[] password = "pencil".toCharArray();
        given.add(password);
        return password;
    });
    private final ScramKeys.Cache cache = new ScramKeys.Cache();

    @Test
    @DisplayName("T-SEC-2 a reconnect under the same salt asks for no password; another salt does")
    void signIn_again_usesTheKeptKeys() throws Exception {
        signIn(SALT);
        signIn(SALT);
        assertEquals(1, given.size());

        signIn("87654321".getBytes(StandardCharsets.US_ASCII));
        assertEquals(2, given.size());
    }

    @Test
    void keptKeys_areForgotten_whenSignInIsRefused() throws Exception {
        signIn(SALT);
        try (ScramClient refused = client()) {
            refused.initialResponse();
            refused.respond(serverFirst(SALT));
        }
        signIn(SALT);
        assertEquals(2, given.size());
    }

    @Test
    void keptKeys_areFew_andGoneAfterClose() throws Exception {
        for (int i = 0; i < 20; i++) {
            signIn(("1234567" + (char) ('a' + i)).getBytes(StandardCharsets.US_ASCII));
        }
        signIn("1234567a".getBytes(StandardCharsets.US_ASCII));
        assertEquals(21, given.size(), "the oldest of more than 8 was dropped");

        cache.close();
        signIn("1234567a".getBytes(StandardCharsets.US_ASCII));
        signIn("1234567a".getBytes(StandardCharsets.US_ASCII));
        assertEquals(23, given.size());
    }

    @Test
    void password_isWipedAfterUse() throws Exception {
        signIn(SALT);
        assertArrayEquals(new char["pencil".length()], given.get(0));
    }

    @Test
    void plainMessage_isWipedByClose() throws SaslException {
        SaslClient plain = SimpleClient.plain("user", credentials);
        byte[] message = plain.initialResponse();
        assertEquals("\0user\0pencil", new String(message == null ? new byte[0] : message, StandardCharsets.UTF_8));
        plain.close();
        assertArrayEquals(new byte["\0user\0pencil".length()], message);
        assertArrayEquals(new char["pencil".length()], given.get(0));
    }

    @Test
    void supplier_thatFails_isNotQuoted() {
        Credentials.Password broken = (Credentials.Password) Credentials.password(() -> {
            throw new IllegalStateException("the vault says: pencil");
        });
        SaslException failure = assertThrows(
                SaslException.class, () -> SimpleClient.plain("user", broken).initialResponse());
        assertEquals(Reason.CREDENTIALS_UNUSABLE, failure.reason());
        assertFalse(String.valueOf(failure.getMessage()).contains("pencil"));
        assertNull(failure.getCause());
    }

    @ParameterizedTest
    @DisplayName("T-SC-9 what no mechanism can carry is refused")
    @ValueSource(strings = {"", "pen\0cil", "pen\u0007cil", "pen\uD800cil", "\u00AD"})
    void password_thatCannotBeCarried_isRefused(String password) {
        Credentials.Password bad = (Credentials.Password) Credentials.password(password::toCharArray);
        SaslException failure = assertThrows(
                SaslException.class, () -> SimpleClient.plain("user", bad).initialResponse());
        assertEquals(Reason.CREDENTIALS_UNUSABLE, failure.reason());
        assertFalse(String.valueOf(failure.getMessage()).contains("cil"));
        assertFalse(String.valueOf(failure.getMessage()).contains("supplier failed"));
    }

    @ParameterizedTest
    @DisplayName("T-SC-9 a name that would inject a field is refused")
    @ValueSource(strings = {"user\0admin", "\0", "user\u0007", "", "\u00AD"})
    void username_thatCannotBeCarried_isRefused(String username) {
        SaslException failure = assertThrows(
                SaslException.class,
                () -> SimpleClient.plain(username, credentials).initialResponse());
        assertEquals(Reason.CREDENTIALS_UNUSABLE, failure.reason());
    }

    @Test
    void username_ofScram_cannotInjectAnAttribute() throws SaslException {
        try (ScramClient client =
                Runs.scram(ScramHash.SHA_256, "user,r=mine=", credentials, SaslOptions.DEFAULT, cache, NONCE)) {
            byte[] first = client.initialResponse();
            assertEquals("n,,n=user=2Cr=3Dmine=3D,r=nonce", new String(first, StandardCharsets.UTF_8));
        }
    }

    @Test
    void credentials_showNoSecret() {
        assertEquals("Credentials[password ***]", credentials.toString());
        assertEquals("Credentials[certificate]", Credentials.certificate().toString());
        assertEquals("Credentials[anonymous]", Credentials.anonymous().toString());
        assertEquals(0, given.size());
    }

    private ScramClient client() {
        return Runs.scram(ScramHash.SHA_256, "user", credentials, SaslOptions.DEFAULT, cache, NONCE);
    }

    private static byte[] serverFirst(byte[] salt) {
        return ("r=" + NONCE + "x,s=" + Base64.getEncoder().encodeToString(salt) + ",i=4096")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void signIn(byte[] salt) throws Exception {
        try (ScramClient client = client()) {
            String first = new String(client.initialResponse(), StandardCharsets.UTF_8);
            String challenge = new String(serverFirst(salt), StandardCharsets.US_ASCII);
            String last = new String(client.respond(serverFirst(salt)), StandardCharsets.UTF_8);
            byte[] proof = new ScramOracle(ScramHash.SHA_256, "user", "pencil", NONCE)
                    .serverSignature(
                            salt,
                            4096,
                            first.substring(3) + "," + challenge + "," + last.substring(0, last.indexOf(",p=")));
            client.verifySuccess(
                    ("v=" + Base64.getEncoder().encodeToString(proof)).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
