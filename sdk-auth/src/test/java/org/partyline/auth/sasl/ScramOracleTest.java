package org.partyline.auth.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.partyline.auth.credentials.Credentials;

/** Whole runs, beside another implementation of each side. */
class ScramOracleTest {

    @Property(tries = 200)
    void run_withAnything_sendsWhatTheOtherClientSends_andTakesTheRightProof(
            @ForAll ScramHash hash,
            @ForAll("names") String username,
            @ForAll("passwords") String password,
            @ForAll @Size(min = 8, max = 64) byte[] salt,
            @ForAll @IntRange(min = 4096, max = 5000) int iterations)
            throws Exception {
        String nonce = "clientNonce";
        ScramOracle oracle = new ScramOracle(hash, username, password, nonce);
        Credentials.Password credentials = (Credentials.Password) Credentials.password(password::toCharArray);
        try (ScramClient ours =
                Runs.scram(hash, username, credentials, SaslOptions.DEFAULT, new ScramKeys.Cache(), nonce)) {
            String first = text(ours.initialResponse());
            assertEquals(oracle.clientFirst(), first);

            String serverFirst =
                    "r=" + nonce + "server,s=" + Base64.getEncoder().encodeToString(salt) + ",i=" + iterations;
            String last = text(ours.respond(bytes(serverFirst)));
            assertEquals(oracle.clientFinal(serverFirst), last);

            String authMessage =
                    first.substring("n,,".length()) + "," + serverFirst + "," + last.substring(0, last.indexOf(",p="));
            byte[] signature = oracle.serverSignature(salt, iterations, authMessage);
            ours.verifySuccess(bytes("v=" + Base64.getEncoder().encodeToString(signature)));
        }
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("=,@é한")
                .ofMinLength(1)
                .ofMaxLength(20);
    }

    @Provide
    Arbitrary<String> passwords() {
        return Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(64);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
