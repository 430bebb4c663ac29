package org.partyline.snippets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.partyline.client.ChatClient;

/** What to attach to a report of a defect. */
final class Support {
    private Support() {}

    // @start region="report"
    static ChatClient traced(ChatClient.Builder builder) {
        return builder.trace(500) // up to 10,000; at most 4 MiB, the oldest goes first
                .build();
    }

    static Path report(ChatClient client, Path file) throws IOException {
        return Files.writeString(file, client.trace().text(), StandardOpenOption.CREATE_NEW);
    }
    // @end
}
