package org.partyline.snippets;

import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.client.ChatClient;
import org.partyline.stream.EventStream;
import org.partyline.xmpp.Xmpp;

/** The first steps. */
final class QuickStart {
    private QuickStart() {}

    static ChatClient online(Supplier<char[]> password, Runnable greet) {
        // @start region="online"
        ChatClient client = ChatClient.builder()
                .protocol(Xmpp.create())
                .account("juliet@capulet.example")
                .credentials(Credentials.password(password))
                .build();
        client.connect().thenRun(greet);
        client.messages().to("romeo@montague.example").body("Good even!").send();
        // @end
        return client;
    }

    static EventStream.Subscription listen(ChatClient client, BiConsumer<Jid, String> show) {
        // @start region="listen"
        return client.messages()
                .incoming()
                .filter(message -> !message.delayed())
                .subscribe(message -> show.accept(message.from(), message.body()));
        // @end
    }
}
