package org.partyline.snippets;

import java.util.List;
import java.util.concurrent.Executor;
import org.partyline.client.ChatClient;
import org.partyline.client.ChatResources;

/** Where application code runs, and how clients share threads. */
final class Threads {
    private Threads() {}

    static ChatClient callbacks(ChatClient.Builder builder, Executor userInterface) {
        // @start region="callbacks"
        return builder.callbackExecutor(userInterface) // SwingUtilities::invokeLater, Platform::runLater, a pool
                .build();
        // @end
    }

    // @start region="share"
    static List<ChatClient> many(ChatResources shared, List<ChatClient.Builder> accounts) {
        return accounts.stream()
                .map(account -> account.resources(shared).build())
                .toList();
    }
    // @end
}
