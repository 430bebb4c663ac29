package org.partyline.snippets;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.partyline.address.Jid;
import org.partyline.client.ChatClient;
import org.partyline.message.DisplayedMarker;
import org.partyline.message.Message;

/** Who was shown what. */
final class Markers {
    private Markers() {}

    static void show(ChatClient client, Consumer<Message> screen) {
        // @start region="mark"
        client.messages().incoming().subscribe(message -> {
            screen.accept(message);
            client.messages().markDisplayed(message);
        });
        // @end
    }

    static void ask(ChatClient client, Jid romeo, BiConsumer<Jid, String> seenUpTo) {
        // @start region="ask"
        client.messages()
                .displayedMarkers()
                .subscribe((DisplayedMarker marker) -> seenUpTo.accept(marker.from(), marker.messageId()));
        client.messages()
                .to(romeo)
                .body("Wilt thou be gone?")
                .requestDisplayed()
                .send();
        // @end
    }
}
