package org.partyline.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.transport.connection.Endpoint;
import org.partyline.xmpp.Xmpp;

/** What no setting can be is refused where it is given, by the setting's name, and not later on a loop. */
@NullUnmarked
class SettingsTest {
    private static void isMissing(String setting, Executable setter) {
        NullPointerException missing = assertThrows(NullPointerException.class, setter);
        assertEquals(setting, missing.getMessage());
    }

    @Test
    void nothing_isRefusedByName() {
        ChatClient.Builder builder = ChatClient.builder();
        isMissing("protocol", () -> builder.protocol(null));
        isMissing("address", () -> builder.account((String) null));
        isMissing("address", () -> builder.account((Jid) null));
        isMissing("credentials", () -> builder.credentials(null));
        isMissing("sasl", () -> builder.sasl(null));
        isMissing("pins", () -> builder.pinStore(null));
        isMissing("secrets", () -> builder.secretStore(null));
        isMissing("userAgent", () -> builder.userAgent(null));
        isMissing("accept", () -> builder.onCertificateChange(null));
        isMissing("endpoints", () -> builder.endpoints((Endpoint[]) null));
        isMissing("proxy", () -> builder.proxy(null));
        isMissing("tls", () -> builder.tls(null));
        isMissing("transport", () -> builder.transport(null));
        isMissing("limits", () -> builder.limits(null));
        isMissing("resources", () -> builder.resources(null));
        isMissing("executor", () -> builder.callbackExecutor(null));
        isMissing("name", () -> ChatResources.create(1, 1, null));
    }

    @Test
    void threads_areWithinTheirRange() {
        for (int illegal : new int[] {0, -1, 1_025, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertEquals(
                    "loops must be between 1 and 1024: " + illegal,
                    assertThrows(IllegalArgumentException.class, () -> ChatResources.create(illegal, 1, "x"))
                            .getMessage());
            assertEquals(
                    "workerThreads must be between 1 and 1024: " + illegal,
                    assertThrows(IllegalArgumentException.class, () -> ChatResources.create(1, illegal, "x"))
                            .getMessage());
        }
    }

    @Test
    void drain_takesAnyTime_butNoneThatIsNegative() throws Exception {
        ChatClient client = ChatClient.builder()
                .protocol(Xmpp.create())
                .account("juliet@capulet.example")
                .credentials(Credentials.password("secret"::toCharArray))
                .build();
        try {
            assertThrows(IllegalArgumentException.class, () -> client.drain(Duration.ofNanos(-1)));
            assertTrue(
                    client.messages()
                            .to("romeo@montague.example")
                            .body("hi")
                            .send()
                            .isDone(),
                    "still open");
            CompletableFuture<Void> patient = client.drain(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));
            client.close();
            // However it ends: it has not been lost on the way to the loop.
            assertTrue(patient.handle((done, failure) -> true).get(30, TimeUnit.SECONDS));
        } finally {
            client.close();
        }
    }
}
