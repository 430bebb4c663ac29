package org.partyline.robustness;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.partyline.client.ChatClient;
import org.partyline.xmpp.XmppAccess;

/** All that an application is told by one client, in words, from now on. */
public final class Heard {
    /** The text of the message after which nothing is awaited any more. */
    public static final String END = "that is all";

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
                tell("message from " + message.from() + ": " + message.body());
            }
        });
        client.messages().sentElsewhere().subscribe(message -> tell("sent elsewhere: " + message.body()));
        client.messages().receipts().subscribe(receipt -> tell("receipt by " + receipt.from()));
        client.messages().chatStates().subscribe(change -> tell("chat state of " + change.from()));
        client.presence().updates().subscribe(update -> tell("presence of " + update.from()));
        client.presence().requests().subscribe(request -> tell("request of " + request.from()));
        client.roster().changes().subscribe(change -> tell("roster: " + change));
        client.blockList().changes().subscribe(change -> tell("block list: " + change));
        client.extension(XmppAccess.class).stanzas(each -> true).subscribe(stanza -> raw.add(stanza.toXml()));
    }

    /** The message after which nothing is awaited any more. */
    static String end(String from) {
        return "<message xmlns='jabber:client' from='" + from + "'><body>" + END + "</body></message>";
    }

    private synchronized void tell(String what) {
        told.add(what);
        notifyAll();
    }

    /**
     * Waits until so much was told: each stream tells at its own pace, so the last message may come before what another
     * stream has to say.
     */
    synchronized void awaitTold(int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        for (long left = end - System.nanoTime(); told.size() < count && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Completes when the last message was heard. */
    CompletableFuture<Void> end() {
        return end;
    }

    /** Waits until the last message was heard; what came before it was heard before it. */
    public void awaitEnd() {
        Await.outcome(end);
    }
}
