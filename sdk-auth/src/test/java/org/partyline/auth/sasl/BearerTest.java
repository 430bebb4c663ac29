package org.partyline.auth.sasl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.auth.credentials.AccessToken;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.credentials.TokenProvider;
import org.partyline.auth.sasl.SaslException.Reason;

/** Sign-in by bearer token (RFC 7628). */
class BearerTest {
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void message_isThatOfTheStandard_andTheTokenIsKept() throws Exception {
        try (SaslClients clients = clients(counting(Instant.now().plusSeconds(3600)))) {
            for (int i = 0; i < 3; i++) {
                try (SaslClient client = start(clients)) {
                    assertEquals("OAUTHBEARER", client.mechanism());
                    assertArrayEquals(
                            "n,a=user@example.org,\u0001auth=Bearer token-1\u0001\u0001"
                                    .getBytes(StandardCharsets.US_ASCII),
                            client.initialResponse());
                    client.verifySuccess(null);
                }
            }
        }
        assertEquals(1, asked.get());
    }

    @Test
    void token_isAskedForAnew_beforeItEnds() throws Exception {
        // Within a minute of its end, a token is as good as over.
        try (SaslClients clients = clients(counting(Instant.now().plusSeconds(59)))) {
            start(clients).initialResponse();
            start(clients).initialResponse();
        }
        assertEquals(2, asked.get());
    }

    @Test
    void error_isAnsweredOnce_andFailsTheRun() throws Exception {
        try (SaslClients clients = clients(counting(null));
                SaslClient client = start(clients)) {
            client.initialResponse();
            assertArrayEquals(
                    new byte[] {1},
                    client.respond("{\"status\":\"invalid_token\"}".getBytes(StandardCharsets.US_ASCII)));
            assertThrows(SaslException.class, () -> client.respond(new byte[0]));
            SaslException refused = assertThrows(SaslException.class, () -> client.verifySuccess(null));
            assertEquals(Reason.SERVER_NOT_VERIFIED, refused.reason());
        }
    }

    @Test
    void refusedToken_isDropped_andAnOldOneIsWorthAnotherTry() throws Exception {
        try (SaslClients clients = clients(counting(null))) {
            SaslClient first = start(clients);
            first.initialResponse();
            SaslClient second = start(clients);
            second.initialResponse();
            assertTrue(clients.refused(second), "it was kept from before, so a new one may serve");
            SaslClient third = start(clients);
            assertArrayEquals(
                    "n,a=user@example.org,\u0001auth=Bearer token-2\u0001\u0001".getBytes(StandardCharsets.US_ASCII),
                    third.initialResponse());
        }
        assertEquals(2, asked.get());
    }

    @Test
    void freshToken_thatIsRefused_isNotWorthAnotherTry() throws Exception {
        try (SaslClients clients = clients(counting(null))) {
            SaslClient client = start(clients);
            client.initialResponse();
            assertFalse(clients.refused(client));
            assertFalse(clients.refused(start(clients)), "nothing was used");
        }
    }

    @Test
    void manyWhoWait_areServedByOneAsking() throws Exception {
        CompletableFuture<AccessToken> coming = new CompletableFuture<>();
        try (SaslClients clients = clients(() -> {
            asked.incrementAndGet();
            return coming;
        })) {
            List<CompletableFuture<byte[]>> waiting = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                SaslClient client = start(clients);
                waiting.add(CompletableFuture.supplyAsync(() -> {
                    try {
                        byte[] message = client.initialResponse();
                        return message == null ? new byte[0] : message;
                    } catch (SaslException e) {
                        throw new AssertionError(e);
                    }
                }));
            }
            coming.complete(AccessToken.of("shared".toCharArray(), null));
            for (CompletableFuture<byte[]> each : waiting) {
                assertTrue(new String(each.join(), StandardCharsets.US_ASCII).contains("Bearer shared"));
            }
        }
        assertEquals(1, asked.get());
    }

    @Test
    void cancel_endsTheWaitForAToken() throws Exception {
        try (SaslClients clients = clients(CompletableFuture::new)) {
            SaslClient client = start(clients);
            client.cancel();
            SaslException refused = assertThrows(SaslException.class, client::initialResponse);
            assertEquals(Reason.CANCELLED, refused.reason());
        }
    }

    @Test
    void providerThatFails_isNamedByItsClassAlone_andAskedAgain() throws Exception {
        List<CompletableFuture<AccessToken>> answers = new ArrayList<>(List.of(
                CompletableFuture.failedFuture(new IllegalStateException("canary")),
                CompletableFuture.completedFuture(AccessToken.of("t".toCharArray(), null))));
        try (SaslClients clients = clients(() -> answers.remove(0))) {
            SaslException refused =
                    assertThrows(SaslException.class, () -> start(clients).initialResponse());
            assertEquals(Reason.CREDENTIALS_UNUSABLE, refused.reason());
            assertTrue(String.valueOf(refused.getMessage()).contains("IllegalStateException"));
            assertFalse(String.valueOf(refused.getMessage()).contains("canary"));
            assertNotNull(start(clients).initialResponse());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\u0001b", "a\nb", "\u00e4"})
    void tokenOfOtherCharacters_isRefused_andNotShown(String value) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> AccessToken.of(value.toCharArray(), null));
        assertTrue(value.isEmpty() || !String.valueOf(refused.getMessage()).contains(value));
    }

    @Test
    void tokenLength_isBounded() {
        assertNotNull(AccessToken.of("a".repeat(8192).toCharArray(), null));
        assertThrows(
                IllegalArgumentException.class,
                () -> AccessToken.of("a".repeat(8193).toCharArray(), null));
        assertThrows(
                IllegalArgumentException.class,
                () -> AccessToken.of("a".repeat(81920).toCharArray(), null));
    }

    @Test
    void bearer_needsTls_andNothingElseServes() {
        try (SaslClients clients = clients(counting(null))) {
            assertThrows(SaslException.class, () -> clients.start(Runs.offer("OAUTHBEARER"), SecureChannel.NONE));
            SaslException refused = assertThrows(
                    SaslException.class, () -> clients.start(Runs.offer("SCRAM-SHA-256", "PLAIN"), Runs.TLS));
            assertEquals(Reason.NO_MECHANISM, refused.reason());
        }
    }

    @Test
    void nothingIsShown() {
        AccessToken token = AccessToken.of("canary".toCharArray(), null);
        assertFalse(token.toString().contains("canary"));
        assertFalse(Credentials.token(() -> CompletableFuture.completedFuture(token))
                .toString()
                .contains("canary"));
    }

    private TokenProvider counting(@org.jspecify.annotations.Nullable Instant expiry) {
        return () -> CompletableFuture.completedFuture(
                AccessToken.of(("token-" + asked.incrementAndGet()).toCharArray(), expiry));
    }

    private static SaslClients clients(TokenProvider provider) {
        return Runs.clients("user", Credentials.token(provider), SaslOptions.DEFAULT);
    }

    private static SaslClient start(SaslClients clients) throws SaslException {
        return clients.start(Runs.offer("OAUTHBEARER"), Runs.TLS);
    }
}
