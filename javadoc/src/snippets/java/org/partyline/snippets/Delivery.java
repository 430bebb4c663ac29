package org.partyline.snippets;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.partyline.address.Jid;
import org.partyline.client.ChatClient;
import org.partyline.message.SentMessage;

/** How far a message has come. */
final class Delivery {
    private Delivery() {}

    static CompletableFuture<SentMessage> send(ChatClient client, Jid romeo) {
        // @start region="send"
        return client.messages()
                .to(romeo)
                .body("Wilt thou be gone?")
                .requestReceipt()
                .send() // completes once the message is safe in the outbox
                .thenCompose(SentMessage::acknowledged) // the server has it
                .thenCompose(SentMessage::delivered) // a device of Romeo's has it
                .orTimeout(30, TimeUnit.SECONDS);
        // @end
    }
}
