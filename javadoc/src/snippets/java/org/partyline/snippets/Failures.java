package org.partyline.snippets;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.partyline.client.ChatClient;
import org.partyline.error.AuthenticationFailedException;
import org.partyline.error.ConnectionException;
import org.partyline.error.ImException;

/** What went wrong, and what a person can do about it. */
final class Failures {
    private Failures() {}

    static CompletableFuture<Void> connect(ChatClient client, Consumer<String> tell) {
        // @start region="connect"
        return client.connect().whenComplete((online, failure) -> {
            if (failure instanceof AuthenticationFailedException refused) {
                tell.accept("Sign-in failed: " + refused.condition());
            } else if (failure instanceof ConnectionException unreachable) {
                unreachable.attempts().forEach(each -> tell.accept(each.endpoint() + ": " + each.failure()));
            } else if (failure instanceof ImException other) {
                tell.accept(other.getMessage() + (other.isRetryable() ? "; try again" : ""));
            }
        });
        // @end
    }
}
