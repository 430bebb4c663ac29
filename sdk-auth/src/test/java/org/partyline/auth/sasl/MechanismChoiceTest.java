package org.partyline.auth.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.sasl.SaslException.Reason;

/** Which mechanism is chosen, and what is said where none can be. */
class MechanismChoiceTest {
    private static final Credentials PASSWORD = Credentials.password("pencil"::toCharArray);

    @ParameterizedTest
    @CsvSource({
        "PLAIN SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-512, false, true, SCRAM-SHA-512",
        "SCRAM-SHA-256 PLAIN SCRAM-SHA-1, true, true, SCRAM-SHA-256",
        "PLAIN DIGEST-MD5 SCRAM-SHA-1, true, true, SCRAM-SHA-1",
        "SCRAM-SHA-256-PLUS SCRAM-SHA-1, false, true, SCRAM-SHA-1",
        "PLAIN, true, true, PLAIN",
        "EXTERNAL PLAIN, true, true, PLAIN",
    })
    void password_usesTheStrongest(String offered, boolean allowPlain, boolean tls, String chosen)
            throws SaslException {
        try (SaslClients clients = Runs.clients("user", PASSWORD, SaslOptions.DEFAULT.withPlain(allowPlain));
                SaslClient client =
                        clients.start(Runs.offer(offered.split(" ")), tls ? Runs.TLS : SecureChannel.NONE)) {
            assertEquals(chosen, client.mechanism());
        }
    }

    @ParameterizedTest
    @DisplayName("T-SC-8 weak mechanisms, and PLAIN where it must not be, are no way in")
    @CsvSource({
        "PLAIN, false, true, PLAIN (not allowed by the options)",
        "PLAIN, true, false, PLAIN (not without verified TLS)",
        "DIGEST-MD5, true, true, DIGEST-MD5 (not supported)",
        "CRAM-MD5 LOGIN X-OAUTH2, true, true, LOGIN (not supported)",
        "EXTERNAL, true, true, EXTERNAL (needs a certificate)",
        "ANONYMOUS, true, true, ANONYMOUS (needs anonymous credentials)",
    })
    void password_withNothingUsable_saysWhy(String offered, boolean allowPlain, boolean tls, String said) {
        try (SaslClients clients = Runs.clients("user", PASSWORD, SaslOptions.DEFAULT.withPlain(allowPlain))) {
            SaslException failure = assertThrows(
                    SaslException.class,
                    () -> clients.start(Runs.offer(offered.split(" ")), tls ? Runs.TLS : SecureChannel.NONE));
            assertEquals(Reason.NO_MECHANISM, failure.reason());
            assertTrue(String.valueOf(failure.getMessage()).contains(said), failure::getMessage);
        }
    }

    @Test
    void certificate_usesExternalAlone_andUnderTlsAlone() throws SaslException {
        try (SaslClients clients = Runs.clients(null, Credentials.certificate(), SaslOptions.DEFAULT)) {
            try (SaslClient client = clients.start(Runs.offer("SCRAM-SHA-256", "EXTERNAL"), Runs.TLS)) {
                assertEquals("EXTERNAL", client.mechanism());
            }
            assertThrows(SaslException.class, () -> clients.start(Runs.offer("EXTERNAL"), SecureChannel.NONE));
            assertThrows(SaslException.class, () -> clients.start(Runs.offer("SCRAM-SHA-256"), Runs.TLS));
        }
    }

    @Test
    void anonymous_usesAnonymousAlone() throws SaslException {
        try (SaslClients clients = Runs.clients(null, Credentials.anonymous(), SaslOptions.DEFAULT)) {
            try (SaslClient client = clients.start(Runs.offer("ANONYMOUS", "PLAIN"), Runs.TLS)) {
                assertEquals("ANONYMOUS", client.mechanism());
            }
            assertThrows(SaslException.class, () -> clients.start(Runs.offer("PLAIN"), Runs.TLS));
        }
    }

    @Test
    void hostileNames_areNotShown_andNotWithoutBound() {
        List<String> offered = IntStream.range(0, 10_000)
                .mapToObj(i -> i % 2 == 0 ? "X\u001B[31m" + i : "<script>" + i)
                .toList();
        try (SaslClients clients = Runs.clients("user", PASSWORD, SaslOptions.DEFAULT)) {
            String said = String.valueOf(assertThrows(
                            SaslException.class,
                            () -> clients.start(Runs.offer(offered.toArray(String[]::new)), Runs.TLS))
                    .getMessage());
            assertFalse(said.contains("\u001B") || said.contains("<"), said);
            assertTrue(said.length() < 2_000 && said.endsWith("9968 more"), said);
        }
    }

    @Test
    void options_outOfRange_areRefusedByName() {
        for (Duration illegal : List.of(
                Duration.ZERO,
                Duration.ofNanos(999_999),
                Duration.ofSeconds(-1),
                Duration.ofMinutes(5).plusNanos(1),
                Duration.ofSeconds(Long.MAX_VALUE))) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> SaslOptions.DEFAULT.withDeadline(illegal));
            assertTrue(String.valueOf(refused.getMessage()).startsWith("deadline must be between "));
        }
        for (int illegal : new int[] {0, -1, Integer.MIN_VALUE, 100_000_001, Integer.MAX_VALUE}) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> SaslOptions.DEFAULT.withIterations(1, illegal));
            assertTrue(String.valueOf(refused.getMessage()).startsWith("minIterations and maxIterations must be "));
        }
        SaslOptions.DEFAULT.withIterations(1, 100_000_000).withDeadline(Duration.ofMinutes(5));
    }

    @Test
    void options_outOfOrder_areRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new SaslOptions(false, false, 0, 1, SaslOptions.DEFAULT.deadline()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SaslOptions(false, false, 5, 4, SaslOptions.DEFAULT.deadline()));
    }
}
