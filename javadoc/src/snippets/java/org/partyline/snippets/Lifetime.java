package org.partyline.snippets;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.partyline.client.ChatClient;
import org.partyline.stream.EventStream;

/** Being told of losses, and ending in order. */
final class Lifetime {
    private Lifetime() {}

    static EventStream.Subscription watch(ChatClient client, Consumer<String> show) {
        // @start region="watch"
        return client.states()
                .subscribe(change -> show.accept(
                        switch (change.to()) {
                            case CONNECTING -> "connecting";
                            case ONLINE -> change.resumed() ? "back, nothing missed" : "online";
                            case WAITING ->
                                "lost, trying again in " + change.delay().toSeconds() + " s";
                            case DISCONNECTED ->
                                change.cause().map(Throwable::getMessage).orElse("offline");
                            case CLOSED -> "closed";
                        }));
        // @end
    }

    static CompletableFuture<Void> end(ChatClient client) {
        // @start region="end"
        return client.drain(Duration.ofSeconds(5)) // the outbox is emptied
                .exceptionally(late -> null) // or given up
                .thenCompose(drained -> client.closeAsync()); // and no thread of the client's is left
        // @end
    }
}
