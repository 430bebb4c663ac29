package org.partyline.auth.sasl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.credentials.Credentials;

/**
 * A server that says anything: only {@link SaslException} may come out, nothing costs more than the options allow, and
 * success is believed with the right proof alone, which is computed here a second time, by the JDK's key derivation.
 */
class SaslFuzzTest {
    private static final String NONCE = "fyko+d2lbbFgONRv9qkxdawL";
    private static final String PASSWORD = "pencil";
    private static final int MOST_ITERATIONS = 32;
    private static final int MOST_STEPS = 5;
    /** So few iterations that inputs take no time; the default bounds are asked of the grammar alone. */
    private static final SaslOptions OPTIONS = new SaslOptions(false, false, 1, MOST_ITERATIONS, Duration.ofSeconds(5));

    @DictionaryFile(resourcePath = "sasl.dict")
    @FuzzTest
    void signIn(FuzzedDataProvider data) throws GeneralSecurityException {
        switch (data.consumeInt(0, 3)) {
            case 0 -> grammar(data.consumeRemainingAsString());
            case 1 -> choice(data);
            case 2 -> credentials(data);
            default -> new Run(data).run();
        }
    }

    private static void grammar(String message) {
        try {
            ServerFirst read = ServerFirst.parse(message, NONCE, SaslOptions.DEFAULT);
            assertTrue(read.nonce().startsWith(NONCE));
            assertTrue(read.nonce().length() > NONCE.length() && read.nonce().length() <= 256);
            assertTrue(read.salt().length >= 8 && read.salt().length <= 1024);
            assertTrue(read.iterations() >= 4_096 && read.iterations() <= 1_000_000);
            assertTrue(message.startsWith("r=" + read.nonce() + ",s="));
            assertTrue(message.contains(",i=" + read.iterations()));
        } catch (SaslException e) {
            assertEquals(SaslException.Reason.BAD_CHALLENGE, e.reason());
        }
    }

    private static void choice(FuzzedDataProvider data) {
        Credentials credentials = switch (data.consumeInt(0, 3)) {
            case 0 -> Credentials.password(PASSWORD::toCharArray);
            case 1 -> Credentials.certificate();
            case 2 -> Credentials.token(CompletableFuture::new);
            default -> Credentials.anonymous();
        };
        boolean tlsVerified = data.consumeBoolean();
        boolean plain = data.consumeBoolean();
        boolean pinned = data.consumeBoolean();
        List<String> types = data.consumeBoolean() ? List.of(data.consumeString(30), data.consumeString(30)) : null;
        List<String> offered = new ArrayList<>();
        while (data.remainingBytes() > 0) {
            offered.add(data.consumeString(30));
        }
        PinStore pins = PinStore.inMemory();
        if (pinned) {
            pins.write("user@example.org", new SecurityPin(SecurityPin.Strength.PROVED, null, null));
        }
        SecureChannel channel =
                tlsVerified ? Runs.channel(Map.of("tls-server-end-point", new byte[] {1})) : SecureChannel.NONE;
        try (SaslClients clients = Runs.clients("user", credentials, OPTIONS.withPlain(plain), pins);
                SaslClient client = clients.start(new SaslOffer(offered, types), channel)) {
            assertTrue(offered.contains(client.mechanism()));
            assertTrue(!client.mechanism().equals("PLAIN") || (plain && tlsVerified && !pinned));
            assertTrue(!client.mechanism().equals("EXTERNAL") || tlsVerified);
            assertTrue(!client.mechanism().equals("OAUTHBEARER") || tlsVerified);
            assertTrue(client.bindingType() == null || (types != null && types.contains(client.bindingType())));
        } catch (SaslException e) {
            assertTrue(e.reason() == SaslException.Reason.NO_MECHANISM || e.reason() == SaslException.Reason.DOWNGRADE);
            String message = String.valueOf(e.getMessage());
            assertTrue(message.length() < 3_000);
            assertTrue(message.chars().allMatch(c -> c >= ' ' && c < 0x7f), message);
        }
    }

    private static void credentials(FuzzedDataProvider data) {
        String name = data.consumeString(100);
        String password = data.consumeRemainingAsString();
        try (SaslClients clients =
                        Runs.clients(name, Credentials.password(password::toCharArray), OPTIONS.withPlain(true));
                SaslClient client = clients.start(Runs.offer("PLAIN"), Runs.TLS)) {
            byte[] message = client.initialResponse();
            int nuls = 0;
            for (byte b : message == null ? new byte[0] : message) {
                nuls += b == 0 ? 1 : 0;
            }
            assertEquals(2, nuls, "RFC 4616: names and password are told apart by NUL");
        } catch (SaslException e) {
            assertEquals(SaslException.Reason.CREDENTIALS_UNUSABLE, e.reason());
        }
    }

    /** One sign-in by SCRAM. */
    private static final class Run {
        private final FuzzedDataProvider data;
        private final ScramHash hash;
        private final ScramKeys.Cache cache = new ScramKeys.Cache();
        private final SaslClient client;
        private byte @Nullable [] signature;
        private boolean proven;

        Run(FuzzedDataProvider data) {
            this.data = data;
            this.hash = data.pickValue(ScramHash.values());
            this.client = Runs.scram(
                    hash,
                    "user",
                    (Credentials.Password) Credentials.password(PASSWORD::toCharArray),
                    OPTIONS,
                    cache,
                    NONCE);
        }

        void run() throws GeneralSecurityException {
            try {
                if (data.consumeInt(0, 9) > 0) {
                    assertArrayEquals(
                            ("n,,n=user,r=" + NONCE).getBytes(StandardCharsets.UTF_8), client.initialResponse());
                }
                first();
                for (int i = 0; i < MOST_STEPS && data.remainingBytes() > 0; i++) {
                    later();
                }
            } catch (SaslException e) {
                assertFalse(String.valueOf(e.getMessage()).contains(PASSWORD));
                assertThrows(SaslException.class, () -> client.verifySuccess(null), "success after a failure");
            } finally {
                client.close();
                cache.close();
            }
        }

        private void first() throws SaslException, GeneralSecurityException {
            byte[] message = data.consumeBoolean()
                    ? data.consumeBytes(600)
                    : ("r=" + NONCE + data.consumeAsciiString(30) + ",s="
                                    + Base64.getEncoder().encodeToString(data.consumeBytes(40)) + ",i="
                                    + data.consumeInt(0, MOST_ITERATIONS + 1) + data.consumeAsciiString(20))
                            .getBytes(StandardCharsets.UTF_8);
            String answer = new String(client.respond(message), StandardCharsets.US_ASCII);
            assertNull(signature);
            signature = proofs(new String(message, StandardCharsets.UTF_8), answer);
        }

        /** Checks the client's proof, and gives the server's. */
        private byte[] proofs(String first, String answer) throws GeneralSecurityException {
            String[] parts = first.split(",", -1);
            String withoutProof = "c=biws," + parts[0];
            assertTrue(answer.startsWith(withoutProof + ",p="));
            byte[] proof = Base64.getDecoder().decode(answer.substring(withoutProof.length() + 3));
            int iterations = Integer.parseInt(parts[2].substring(2));
            byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
            String algorithm = "Hmac" + hash.mechanism().substring(6).replace("-", "");
            int bits = Mac.getInstance(algorithm).getMacLength() * 8;
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2With" + algorithm)
                    .generateSecret(new PBEKeySpec(PASSWORD.toCharArray(), salt, iterations, bits))
                    .getEncoded();
            String authMessage = "n=user,r=" + NONCE + "," + first + "," + withoutProof;
            byte[] storedKey = hash.hash(mac(algorithm, salted, "Client Key"));
            byte[] clientKey = mac(algorithm, storedKey, authMessage);
            for (int i = 0; i < clientKey.length; i++) {
                clientKey[i] ^= proof[i];
            }
            assertArrayEquals(storedKey, hash.hash(clientKey), "the client's proof is wrong");
            return mac(algorithm, mac(algorithm, salted, "Server Key"), authMessage);
        }

        private static byte[] mac(String algorithm, byte[] key, String text) throws GeneralSecurityException {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        }

        private void later() throws SaslException {
            byte[] message = last();
            if (data.consumeBoolean()) {
                client.verifySuccess(data.consumeBoolean() ? null : message);
                assertTrue(proven || holdsProof(message), "success without the right proof");
            } else {
                client.respond(message);
                assertTrue(holdsProof(message), "a challenge that ends the exchange without the right proof");
            }
            proven = true;
        }

        private byte[] last() {
            if (data.consumeBoolean()) {
                return data.consumeBytes(300);
            }
            String right = "v=" + Base64.getEncoder().encodeToString(signature);
            String message =
                    right.substring(0, Math.max(0, right.length() - data.consumeInt(0, 3))) + data.consumeString(20);
            return message.getBytes(StandardCharsets.UTF_8);
        }

        private boolean holdsProof(byte[] message) {
            String text = new String(message, StandardCharsets.UTF_8);
            String first = text.split(",", -1)[0];
            return first.startsWith("v=")
                    && Arrays.equals(signature, Base64.getDecoder().decode(first.substring(2)));
        }
    }
}
