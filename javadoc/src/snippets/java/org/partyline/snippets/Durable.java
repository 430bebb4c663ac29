package org.partyline.snippets;

import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.partyline.client.ChatClient;
import org.partyline.message.DeliveryState;
import org.partyline.store.file.FileStore;

/** Messages that outlive the process. */
final class Durable {
    private Durable() {}

    // @start region="client"
    static ChatClient client(
            ChatClient.Builder builder, Path directory, Supplier<byte[]> key, BiConsumer<String, DeliveryState> show) {
        FileStore store = FileStore.in(directory)
                .encrypted(key) // 32 bytes; without it the files are in the clear, for their owner alone
                .onLoss(loss -> System.err.println("damaged, and set aside: " + loss.setAside()));
        ChatClient client = builder.store(store).build(); // reads the store: on a thread that may wait for a disk
        client.messages()
                .pending() // what an earlier process left
                .forEach(echo ->
                        show.accept(echo.message().body(), echo.delivery().state()));
        client.messages()
                .localEcho()
                .subscribe(echo ->
                        show.accept(echo.message().body(), echo.delivery().state()));
        client.messages()
                .deliveries()
                .subscribe(change -> show.accept(change.message().id(), change.to()));
        return client;
    }
    // @end
}
