package org.partyline.auth.sasl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.sasl.SaslException.Reason;

/** Giving a server the means to a stronger SCRAM (XEP-0480). */
@DisplayName("T-SC-12 SCRAM upgrade tasks")
class UpgradeTest {
    private static final SecureChannel CHANNEL = Runs.channel(Map.of("tls-exporter", new byte[] {1}));
    private static final List<String> TASKS =
            List.of("UPGR-SCRAM-SHA-256", "UPGR-SCRAM-SHA-512", "UPGR-SCRAM-SHA3-512", "UPGR-SCRAM-SHA-1");
    private static final String SALT =
            Base64.getEncoder().encodeToString("sixteen bytes!!!".getBytes(StandardCharsets.US_ASCII));

    private final SaslClients clients =
            Runs.clients("user", Credentials.password("pencil"::toCharArray), SaslOptions.DEFAULT);

    @Test
    void tasks_areThoseKnown_thatBringSomethingNew() throws Exception {
        SaslOffer offer =
                new SaslOffer(List.of("SCRAM-SHA-1", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256"), List.of("tls-exporter"));
        SaslClient bound = clients.start(offer, CHANNEL);
        assertEquals("SCRAM-SHA-1-PLUS", bound.mechanism());
        assertEquals(List.of("UPGR-SCRAM-SHA-512"), clients.upgrades(TASKS, offer, bound));
    }

    @Test
    void withoutBinding_nothingIsAskedFor() throws Exception {
        SaslOffer offer = new SaslOffer(List.of("SCRAM-SHA-1"), null);
        assertEquals(List.of(), clients.upgrades(TASKS, offer, clients.start(offer, CHANNEL)));
    }

    @Test
    void saltedPassword_isPbkdf2() throws Exception {
        byte[] expected = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(
                        "pencil".toCharArray(), "sixteen bytes!!!".getBytes(StandardCharsets.US_ASCII), 4096, 256))
                .getEncoded();
        assertArrayEquals(expected, clients.saltedPassword("UPGR-SCRAM-SHA-256", SALT, "4096", () -> false));
    }

    @ParameterizedTest
    @CsvSource({
        "UPGR-SCRAM-SHA-256, c2l4dA==, 4096",
        "UPGR-SCRAM-SHA-256, c2l4dGVlbiBieXRlcyEhIQ==, 4095",
        "UPGR-SCRAM-SHA-256, c2l4dGVlbiBieXRlcyEhIQ==, 1000001",
        "UPGR-SCRAM-SHA-256, c2l4dGVlbiBieXRlcyEhIQ==, 2147483647",
        "UPGR-SCRAM-SHA-256, c2l4dGVlbiBieXRlcyEhIQ==,",
        "UPGR-SCRAM-SHA-256, '', 4096",
        "UPGR-SCRAM-SHA-256, ***, 4096",
        "UPGR-BLOOP, c2l4dGVlbiBieXRlcyEhIQ==, 4096",
        "'', c2l4dGVlbiBieXRlcyEhIQ==, 4096",
    })
    void termsOutOfBounds_areRefused(String task, String salt, @Nullable String iterations) {
        SaslException refused =
                assertThrows(SaslException.class, () -> clients.saltedPassword(task, salt, iterations, () -> false));
        assertEquals(Reason.BAD_CHALLENGE, refused.reason());
    }

    @Test
    void itCanBeStopped() {
        SaslException refused = assertThrows(
                SaslException.class, () -> clients.saltedPassword("UPGR-SCRAM-SHA-512", SALT, "1000000", () -> true));
        assertEquals(Reason.CANCELLED, refused.reason());
    }
}
