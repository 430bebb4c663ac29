package org.partyline.snippets;

import java.time.Duration;
import org.partyline.address.Jid;
import org.partyline.client.BlockingClient;
import org.partyline.client.ChatClient;
import org.partyline.message.SentMessage;

/** Calls that wait. */
final class Blocking {
    private Blocking() {}

    static SentMessage send(ChatClient client, Jid romeo) {
        // @start region="send"
        try (BlockingClient blocking = client.blocking(Duration.ofSeconds(10))) {
            blocking.connect();
            return blocking.messages()
                    .sendAndAwaitAck(client.messages().to(romeo).body("Good even!"));
        }
        // @end
    }
}
