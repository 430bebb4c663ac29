package org.partyline.testkit.internal.net;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.account.Wire;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.transport.xml.XmlElement;

/** Writes messages to one session as fast as it takes them. Runs on the network's loop, a batch at a time. */
final class Flood implements Runnable {
    private static final int BATCH = 512;

    private final NetworkLoop loop;
    private final Account to;
    private final int count;
    private final XmlElement body;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private @Nullable Session session;
    private int sent;

    Flood(NetworkLoop loop, Account to, int count, String body) {
        this.loop = loop;
        this.to = to;
        this.count = count;
        this.body = XmlElement.builder(Ns.CLIENT, "body").text(body).build();
    }

    CompletableFuture<Void> done() {
        return done;
    }

    @Override
    public void run() {
        if (session == null) {
            session = to.sessions().stream()
                    .filter(each -> each.wire() != null)
                    .findFirst()
                    .orElse(null);
        }
        Session target = session;
        if (target == null || target.isEnded()) {
            done.completeExceptionally(new IllegalStateException("no session of " + to.address() + " is online"));
            return;
        }
        int end = Math.min(count, sent + BATCH);
        while (sent < end && !done.isDone() && takesMore(target)) {
            target.send(message(target.address(), ++sent));
        }
        loop.changed();
        if (sent == count) {
            done.complete(null);
        } else if (sent == end) {
            loop.loop().execute(this);
        } else if (!done.isDone()) {
            loop.until(() -> target.isEnded() || done.isDone() || takesMore(target))
                    .thenRun(this);
        }
    }

    private static boolean takesMore(Session target) {
        Wire wire = target.wire();
        return wire != null && wire.isWritable();
    }

    private XmlElement message(Address receiver, int number) {
        return XmlElement.builder(Ns.CLIENT, "message")
                .attribute("from", Address.bare("flood", receiver.domain()).toString())
                .attribute("to", receiver.toString())
                .attribute("type", "chat")
                .attribute("id", "flood-" + number)
                .child(body)
                .build();
    }
}
