package org.partyline.snippets;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.partyline.auth.credentials.AccessToken;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.credentials.SecretStore;
import org.partyline.auth.sasl.PinStore;
import org.partyline.auth.sasl.SaslOptions;
import org.partyline.client.ChatClient;
import org.partyline.session.UserAgent;

/** What is remembered of sign-ins, and what is accepted. */
final class SigningIn {
    private SigningIn() {}

    /** The answer of an application's authorization server. */
    record Answer(String token, Instant expiry) {}

    /** An application's authorization server. */
    @FunctionalInterface
    interface Authorization {
        CompletionStage<Answer> refresh();
    }

    static ChatClient.Builder remember(
            ChatClient.Builder builder, PinStore pins, SecretStore keyStore, UUID installation, Predicate<String> ask) {
        // @start region="remember"
        return builder.pinStore(pins)
                .secretStore(keyStore)
                .userAgent(new UserAgent(installation, "Acme Desk", "Juliet's laptop"))
                .onCertificateChange(change -> ask.test("The server shows another key: " + change.key()));
        // @end
    }

    static ChatClient.Builder strict(ChatClient.Builder builder) {
        // @start region="strict"
        return builder.sasl(SaslOptions.DEFAULT.withRequiredChannelBinding(true));
        // @end
    }

    static String report(ChatClient client) {
        // @start region="report"
        return client.signIn()
                .map(how -> how.mechanism() + " over " + how.tlsProtocol() + ", bound by "
                        + how.binding().orElse("nothing"))
                .orElse("not signed in");
        // @end
    }

    static ChatClient.Builder token(ChatClient.Builder builder, Authorization authorization) {
        // @start region="token"
        return builder.credentials(Credentials.token(() -> authorization
                .refresh() // a CompletionStage
                .thenApply(answer -> AccessToken.of(answer.token().toCharArray(), answer.expiry()))));
        // @end
    }
}
