package org.partyline.robustness;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.partyline.client.ChatClient;
import org.partyline.xmpp.XmppAccess;

/** All that an application is told by one client, in words, from now on. */
final class Heard {
    private static final String END = "that is all";

    /** What the library's services told. */
    final List<String> told = new CopyOnWriteArrayList<>();
    /** What came through the raw door, as XML. */
    final List<String> raw = new CopyOnWriteArrayList<>();

    private final CompletableFuture<Void> end = new CompletableFuture<>();

    Heard(ChatClient client) {
        client.messages().incoming().subscribe(message -> {
            if (END.equals(message.body())) {
                end.complete(null);
            } else {
                told.add("message from " + message.from() + ": " + message.body());
            }
        });
        client.messages().sentElsewhere().subscribe(message -> told.add("sent elsewhere: " + message.body()));
        client.messages().receipts().subscribe(receipt -> told.add("receipt by " + receipt.from()));
        client.messages().chatStates().subscribe(change -> told.add("chat state of " + change.from()));
        client.presence().updates().subscribe(update -> told.add("presence of " + update.from()));
        client.presence().requests().subscribe(request -> told.add("request of " + request.from()));
        client.roster().changes().subscribe(change -> told.add("roster: " + change));
        client.blockList().changes().subscribe(change -> told.add("block list: " + change));
        client.extension(XmppAccess.class).stanzas(each -> true).subscribe(stanza -> raw.add(stanza.toXml()));
    }

    /** The message after which nothing is awaited any more. */
    static String end(String from) {
        return "<message xmlns='jabber:client' from='" + from + "'><body>" + END + "</body></message>";
    }

    /** Completes when the last message was heard. */
    CompletableFuture<Void> end() {
        return end;
    }

    /** Waits until the last message was heard; what came before it was heard before it. */
    void awaitEnd() {
        Await.outcome(end);
    }
}
