package org.partyline.auth.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.sasl.SaslException.Reason;

/** A server that lies, is careless, or wants this side to work for it. The vectors are those of RFC 7677 section 3. */
class ScramServerTest {
    private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String FULL_NONCE = NONCE + "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";
    private static final String SERVER_FIRST = "r=" + FULL_NONCE + ",s=" + SALT + ",i=4096";
    private static final String SERVER_FINAL = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";
    private static final Credentials.Password PENCIL =
            (Credentials.Password) Credentials.password("pencil"::toCharArray);

    private final ScramKeys.Cache cache = new ScramKeys.Cache();

    @ParameterizedTest
    @DisplayName("T-SC-1 an iteration count out of bounds is refused before any work")
    @ValueSource(
            strings = {
                "0",
                "-1",
                "1",
                "4095",
                "1000001",
                "10000000",
                "2147483647",
                "2147483648",
                "99999999999999999999",
                "1e6",
                "04096",
                " 4096",
                "4096 ",
                "+4096",
                "",
                "٤٠٩٦"
            })
    void iterations_outOfBounds_areRefused(String count) throws SaslException {
        AtomicInteger asked = new AtomicInteger();
        ScramClient client = begun((Credentials.Password) Credentials.password(() -> {
            asked.incrementAndGet();
            return "pencil".toCharArray();
        }));

        SaslException failure = refused(client, "r=" + FULL_NONCE + ",s=" + SALT + ",i=" + count);

        assertEquals(Reason.BAD_CHALLENGE, failure.reason());
        assertEquals(0, asked.get());
    }

    @Test
    @DisplayName("T-SC-1 the bounds themselves are accepted")
    void iterations_atTheBounds_areAccepted() throws SaslException {
        SaslOptions narrow = new SaslOptions(false, false, 4_096, 5_000, Duration.ofSeconds(30));
        for (int count : new int[] {4_096, 5_000}) {
            try (ScramClient client = Runs.scram(ScramHash.SHA_256, "user", PENCIL, narrow, cache, NONCE)) {
                client.initialResponse();
                client.respond(bytes("r=" + FULL_NONCE + ",s=" + SALT + ",i=" + count));
            }
        }
    }

    @ParameterizedTest
    @DisplayName("T-SC-2 no success without the server's proof")
    @NullSource
    @ValueSource(
            strings = {
                "",
                "v=",
                "v=AAAA",
                "v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
                "v=not base64!",
                "e=other-error",
                "e=invalid-proof,v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
                "x=1",
                "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
            })
    void success_withoutTheProof_fails(String data) throws SaslException {
        try (ScramClient client = begun(PENCIL)) {
            client.respond(bytes(SERVER_FIRST));

            SaslException failure =
                    assertThrows(SaslException.class, () -> client.verifySuccess(data == null ? null : bytes(data)));

            assertEquals(Reason.SERVER_NOT_VERIFIED, failure.reason());
            // And it stays so: the right proof comes too late.
            assertThrows(SaslException.class, () -> client.verifySuccess(bytes(SERVER_FINAL)));
        }
    }

    @Test
    @DisplayName("T-SC-2 success before the exchange fails")
    void success_straightAfterTheInitialResponse_fails() throws SaslException {
        try (ScramClient client = begun(PENCIL)) {
            assertEquals(
                    Reason.SERVER_NOT_VERIFIED,
                    assertThrows(SaslException.class, () -> client.verifySuccess(bytes(SERVER_FINAL)))
                            .reason());
        }
    }

    @Test
    void proof_asAChallenge_isAnsweredEmpty_andSuccessFollows() throws SaslException {
        try (ScramClient client = begun(PENCIL)) {
            client.respond(bytes(SERVER_FIRST));
            assertEquals(0, client.respond(bytes(SERVER_FINAL)).length);
            client.verifySuccess(null);
        }
    }

    @Test
    void challenge_afterTheProof_isRefused() throws SaslException {
        try (ScramClient client = begun(PENCIL)) {
            client.respond(bytes(SERVER_FIRST));
            client.respond(bytes(SERVER_FINAL));
            assertEquals(Reason.BAD_CHALLENGE, refused(client, SERVER_FIRST).reason());
        }
    }

    @ParameterizedTest
    @DisplayName("T-SC-4 the nonce must extend ours")
    @ValueSource(
            strings = {
                "rOprNGfwEbeRWgbNEkqO",
                "rOprNGfwEbeRWgbNEkq",
                "other",
                "",
                "XrOprNGfwEbeRWgbNEkqO",
                "rOprNGfwEbeRWgbNEkqO\u0007",
                "rOprNGfwEbeRWgbNEkqO é",
                "ROPRNGFWEBERWGBNEKQOabc"
            })
    void nonce_thatDoesNotExtendOurs_isRefused(String nonce) throws SaslException {
        assertEquals(
                Reason.BAD_CHALLENGE,
                refused(begun(PENCIL), "r=" + nonce + ",s=" + SALT + ",i=4096").reason());
    }

    @Test
    @DisplayName("T-SC-4 the nonce has a bound")
    void nonce_over256Characters_isRefused() throws SaslException {
        String longest = NONCE + "x".repeat(256 - NONCE.length());
        begun(PENCIL).respond(bytes("r=" + longest + ",s=" + SALT + ",i=4096"));
        assertEquals(
                Reason.BAD_CHALLENGE,
                refused(begun(PENCIL), "r=" + longest + "x,s=" + SALT + ",i=4096")
                        .reason());
    }

    @ParameterizedTest
    @DisplayName("T-SC-5 the grammar is held to the letter")
    @ValueSource(
            strings = {
                "r=" + FULL_NONCE + ",s=" + SALT + ",i=4096,i=1",
                "m=x,r=" + FULL_NONCE + ",s=" + SALT + ",i=4096",
                "r=" + FULL_NONCE + ",s=" + SALT + ",i=4096,m=x",
                "s=" + SALT + ",r=" + FULL_NONCE + ",i=4096",
                "r=" + FULL_NONCE + ",i=4096,s=" + SALT,
                "r=" + FULL_NONCE + ",s=" + SALT,
                "r=" + FULL_NONCE + ",s=" + SALT + ",i=4096,",
                "r=" + FULL_NONCE + ",s=" + SALT + ",i=4096,xyz",
                "R=" + FULL_NONCE + ",s=" + SALT + ",i=4096",
                "e=unknown-user",
                ""
            })
    void grammar_brokenInAnyWay_isRefused(String message) throws SaslException {
        assertEquals(Reason.BAD_CHALLENGE, refused(begun(PENCIL), message).reason());
    }

    @Test
    void extension_afterTheIterations_isPassedOver() throws SaslException {
        begun(PENCIL).respond(bytes(SERVER_FIRST + ",d=Rm9vQmFy"));
    }

    @ParameterizedTest
    @DisplayName("T-SC-6 the salt is base64 of 8 to 1,024 bytes")
    @ValueSource(
            strings = {
                "",
                "=",
                "AAAA",
                "W22ZaJ0SNY7soEsUEjb6gQ",
                "W22Z aJ0SNY7soEsUEjb6gQ==",
                "****",
                "W22ZaJ0SNY7soEsUEjb6gQ==="
            })
    void salt_outOfBounds_isRefused(String salt) throws SaslException {
        assertEquals(
                Reason.BAD_CHALLENGE,
                refused(begun(PENCIL), "r=" + FULL_NONCE + ",s=" + salt + ",i=4096")
                        .reason());
    }

    @ParameterizedTest
    @DisplayName("T-SC-6 a salt of 1,024 bytes is taken, and neither one of a byte more nor of ten times as many")
    @CsvSource({"7, false", "8, true", "1024, true", "1025, false", "10240, false"})
    void salt_isBounded(int bytes, boolean taken) throws SaslException {
        answers("r=" + FULL_NONCE + ",s=" + Base64.getEncoder().encodeToString(new byte[bytes]) + ",i=4096", taken);
    }

    @ParameterizedTest
    @DisplayName("T-SC-5 a nonce of 256 characters is taken, and neither one more nor ten times as many")
    @CsvSource({"256, true", "257, false", "2560, false"})
    void nonce_isBounded(int length, boolean taken) throws SaslException {
        String nonce = FULL_NONCE + "x".repeat(length - FULL_NONCE.length());
        answers("r=" + nonce + ",s=" + SALT + ",i=4096", taken);
    }

    @ParameterizedTest
    @DisplayName("L32 a message of 12 KiB is taken, and neither one of a byte more nor of ten times as much")
    @CsvSource({"12288, true", "12289, false", "122880, false"})
    void message_isBounded(int length, boolean taken) throws SaslException {
        String start = SERVER_FIRST + ",x=";
        answers(start + "y".repeat(length - start.length()), taken);
    }

    private void answers(String message, boolean taken) throws SaslException {
        ScramClient client = begun(PENCIL);
        if (taken) {
            assertTrue(client.respond(bytes(message)).length > 0);
        } else {
            assertEquals(Reason.BAD_CHALLENGE, refused(client, message).reason());
        }
    }

    @Test
    @DisplayName("L32 a message has a bound, and is UTF-8")
    void message_tooLongOrNotUtf8_isRefused() throws SaslException {
        assertEquals(
                Reason.BAD_CHALLENGE,
                refused(begun(PENCIL), SERVER_FIRST + ",x=" + "y".repeat(13_000))
                        .reason());
        ScramClient client = begun(PENCIL);
        assertEquals(
                Reason.BAD_CHALLENGE,
                assertThrows(SaslException.class, () -> client.respond(new byte[] {'r', '=', (byte) 0xC0, (byte) 0x80}))
                        .reason());
    }

    @Test
    @DisplayName("L31 the deadline ends a computation")
    void derivation_pastItsDeadline_isStopped() throws SaslException {
        SaslOptions impatient = new SaslOptions(false, false, 4_096, 100_000_000, Duration.ofMillis(1));
        try (ScramClient client = Runs.scram(ScramHash.SHA_512, "user", PENCIL, impatient, cache, NONCE)) {
            client.initialResponse();
            assertEquals(
                    Reason.CANCELLED,
                    refused(client, "r=" + FULL_NONCE + ",s=" + SALT + ",i=100000000")
                            .reason());
        }
    }

    @Test
    void cancel_fromAnotherThread_stopsTheComputation() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Credentials.Password slow = (Credentials.Password) Credentials.password(() -> {
            asked.countDown();
            return "pencil".toCharArray();
        });
        SaslOptions patient = new SaslOptions(false, false, 4_096, 100_000_000, Duration.ofMinutes(5));
        ScramClient client = Runs.scram(ScramHash.SHA_512, "user", slow, patient, cache, NONCE);
        client.initialResponse();
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread worker = new Thread(() -> {
            try {
                client.respond(bytes("r=" + FULL_NONCE + ",s=" + SALT + ",i=100000000"));
            } catch (SaslException e) {
                outcome.set(e);
            }
        });
        worker.start();
        asked.await();
        client.cancel();
        worker.join(30_000);

        assertFalse(worker.isAlive(), "a hundred million iterations would take minutes");
        assertEquals(Reason.CANCELLED, ((SaslException) outcome.get()).reason());
    }

    private ScramClient begun(Credentials.Password credentials) throws SaslException {
        ScramClient client = Runs.scram(ScramHash.SHA_256, "user", credentials, SaslOptions.DEFAULT, cache, NONCE);
        client.initialResponse();
        return client;
    }

    private static SaslException refused(ScramClient client, String message) {
        return assertThrows(SaslException.class, () -> client.respond(bytes(message)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
