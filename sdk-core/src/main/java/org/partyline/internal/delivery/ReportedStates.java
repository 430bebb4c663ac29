package org.partyline.internal.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.partyline.internal.engine.DrainMark;
import org.partyline.internal.future.CallbackExecutor;

/**
 * Knows of which messages a change of state has been stored that the application has not been told of yet. What a process did not
 * come to tell, the next one does. Any thread.
 */
final class ReportedStates {
    private final CallbackExecutor callbacks;
    private final int buffer;
    private final Consumer<List<TrackedMessage>> told;
    private final Object lock = new Object();
    /** How many reports are still to be told, by the message's id. */
    private final Map<String, Integer> due = new HashMap<>(); // guarded by lock
    /** What was handed to the subscribers since the last mark. */
    private List<TrackedMessage> emitted = new ArrayList<>(); // guarded by lock

    private List<TrackedMessage> marked = List.of(); // guarded by lock

    /**
     * @param callbacks where reports are told
     * @param buffer how many of them a subscriber may fall behind
     * @param told hears of messages whose reports have been told
     */
    ReportedStates(CallbackExecutor callbacks, int buffer, Consumer<List<TrackedMessage>> told) {
        this.callbacks = callbacks;
        this.buffer = buffer;
        this.told = told;
    }

    /** A report is going to be stored, and then told. */
    void begin(TrackedMessage message) {
        synchronized (lock) {
            due.merge(message.id(), 1, Integer::sum);
        }
    }

    /** {@return whether there are reports of a message that were not told yet} */
    boolean isDue(TrackedMessage message) {
        synchronized (lock) {
            return due.containsKey(message.id());
        }
    }

    /** A report was handed to the subscribers. */
    void emitted(TrackedMessage message) {
        synchronized (lock) {
            emitted.add(message);
        }
        mark();
    }

    /** Marks the end of what was handed out, if no mark is on its way. */
    private void mark() {
        synchronized (lock) {
            if (emitted.isEmpty() || !marked.isEmpty()) {
                return;
            }
            marked = emitted;
            emitted = new ArrayList<>();
        }
        DrainMark.behind(callbacks, buffer, this::passed);
    }

    private void passed() {
        List<TrackedMessage> all;
        synchronized (lock) {
            all = marked;
            marked = List.of();
            settle(all);
        }
        if (!all.isEmpty()) {
            told.accept(all);
        }
        mark();
    }

    /** {@return messages whose reports are on their way to the subscribers; they count as told from now on} */
    List<TrackedMessage> takeAll() {
        synchronized (lock) {
            List<TrackedMessage> all = new ArrayList<>(marked);
            all.addAll(emitted);
            marked = List.of();
            emitted = new ArrayList<>();
            settle(all);
            return all;
        }
    }

    private void settle(List<TrackedMessage> all) {
        for (TrackedMessage message : all) {
            due.computeIfPresent(message.id(), (id, count) -> count == 1 ? null : count - 1);
        }
    }
}
