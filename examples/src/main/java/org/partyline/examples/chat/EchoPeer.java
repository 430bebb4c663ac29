package org.partyline.examples.chat;

import java.util.concurrent.CompletableFuture;
import org.partyline.address.Jid;
import org.partyline.client.ChatClient;
import org.partyline.message.ChatState;
import org.partyline.message.Message;
import org.partyline.presence.Presence;

/** Somebody who lets everybody see when they are there, and says back what they are told. */
final class EchoPeer implements AutoCloseable {
    private final ChatClient client;

    EchoPeer(ChatClient client) {
        this.client = client;
    }

    CompletableFuture<Void> start() {
        client.presence().requests().subscribe(request -> client.presence().approve(request.from()));
        client.messages()
                .incoming()
                .filter(message -> !message.body().isEmpty())
                .subscribe(this::answer);
        return client.connect()
                .thenCompose(online -> client.presence().publish(Presence.available("says back what you say")));
    }

    private void answer(Message message) {
        Jid to = message.from().bare();
        client.messages().markDisplayed(message);
        client.messages()
                .chatState(to, ChatState.COMPOSING)
                .whenComplete((told, failure) -> client.messages()
                        .to(to)
                        .body(message.body())
                        .requestReceipt()
                        .send());
    }

    @Override
    public void close() {
        client.close();
    }
}
