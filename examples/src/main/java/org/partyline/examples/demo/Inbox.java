package org.partyline.examples.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.partyline.message.Message;

/** The texts that came in, in the order in which they came. */
final class Inbox {
    private final List<String> bodies = new ArrayList<>(); // guarded by this
    private final Map<String, CompletableFuture<Void>> awaited = new HashMap<>(); // guarded by this

    synchronized void accept(Message message) {
        bodies.add(message.body());
        awaited.computeIfAbsent(message.body(), text -> new CompletableFuture<>())
                .complete(null);
    }

    /** {@return completes when a text has come in} */
    synchronized CompletableFuture<Void> heard(String text) {
        return awaited.computeIfAbsent(text, awaitedText -> new CompletableFuture<>());
    }

    synchronized int size() {
        return bodies.size();
    }

    /** {@return the texts from a place on} */
    synchronized List<String> from(int first) {
        return List.copyOf(bodies.subList(Math.min(first, bodies.size()), bodies.size()));
    }
}
