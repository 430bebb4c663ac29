package org.partyline.auth.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.partyline.auth.credentials.Credentials;

/** The examples of RFC 5802 section 5 and RFC 7677 section 3. */
class ScramVectorsTest {
    private static final Credentials.Password PENCIL =
            (Credentials.Password) Credentials.password("pencil"::toCharArray);

    @Test
    void scramSha1_exampleOfRfc5802() throws SaslException {
        run(
                ScramHash.SHA_1,
                "fyko+d2lbbFgONRv9qkxdawL",
                "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
                "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
                "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=");
    }

    @Test
    void scramSha256_exampleOfRfc7677() throws SaslException {
        run(
                ScramHash.SHA_256,
                "rOprNGfwEbeRWgbNEkqO",
                "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                        + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    private static void run(ScramHash hash, String nonce, String serverFirst, String clientFinal, String serverFinal)
            throws SaslException {
        ScramKeys.Cache cache = new ScramKeys.Cache();
        try (ScramClient client = Runs.scram(hash, "user", PENCIL, SaslOptions.DEFAULT, cache, nonce)) {
            assertEquals("n,,n=user,r=" + nonce, ascii(client.initialResponse()));
            assertEquals(clientFinal, ascii(client.respond(bytes(serverFirst))));
            assertThrows(SaslException.class, () -> {
                try (ScramClient early = Runs.scram(hash, "user", PENCIL, SaslOptions.DEFAULT, cache, nonce)) {
                    early.initialResponse();
                    early.verifySuccess(bytes(serverFinal));
                }
            });
            client.verifySuccess(bytes(serverFinal));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
