package org.partyline.examples.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.partyline.message.Message;

/** The texts that came in, in the order in which they came. */
final class Inbox {
    private final List<String> bodies = new ArrayList<>(); // guarded by this
    private int awaited = Integer.MAX_VALUE; // guarded by this
    private CompletableFuture<Void> reached = new CompletableFuture<>(); // guarded by this

    synchronized void accept(Message message) {
        bodies.add(message.body());
        if (bodies.size() >= awaited) {
            reached.complete(null);
        }
    }

    /** {@return completes when so many texts have come in since the beginning} */
    synchronized CompletableFuture<Void> holding(int count) {
        awaited = count;
        reached = new CompletableFuture<>();
        if (bodies.size() >= count) {
            reached.complete(null);
        }
        return reached;
    }

    synchronized int size() {
        return bodies.size();
    }

    /** {@return the texts from a place on} */
    synchronized List<String> from(int first) {
        return List.copyOf(bodies.subList(Math.min(first, bodies.size()), bodies.size()));
    }
}
