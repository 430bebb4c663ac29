package org.partyline.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.partyline.internal.store.MemoryStore;
import org.partyline.message.DeliveryState;
import org.partyline.message.Message;
import org.partyline.message.Messages;

/**
 * What the application on one device was given and told, over all processes that it was, and what of it must not be. The first
 * word of a message's body tells it from all others. Safe for use by many threads.
 */
public final class DeliveryLedger {
    private final String device;

    // guarded by this
    private final List<String> given = new ArrayList<>();
    private final Set<String> givenOnce = new HashSet<>();
    private final List<String> twice = new ArrayList<>();
    private final List<String> againAfterAKill = new ArrayList<>();
    private Set<String> unsureSinceKill = Set.of();
    private final Map<String, DeliveryState> states = new HashMap<>();
    private final Map<String, String> textOf = new HashMap<>();
    /** Ids of messages of which the process that was killed may have told what its store does not know to be told. */
    private final Set<String> perhapsToldAgain = new HashSet<>();

    private final List<String> illegal = new ArrayList<>();
    /** The text of a message, by what the store notes of it. */
    private final Map<String, String> seenText = new HashMap<>();

    private Life life = new Life();

    /** One process. What it is told when it is dead nobody hears. */
    private static final class Life {}

    /**
     * @param device the device's name
     */
    public DeliveryLedger(String device) {
        this.device = device;
    }

    /** Listens to a client of the present process. */
    public synchronized void listen(Messages messages) {
        Life by = life;
        messages.incoming().subscribe(message -> given(by, message));
        messages.sentElsewhere().subscribe(message -> given(by, message));
        messages.deliveries().subscribe(change -> changed(by, change.message().id(), change.to()));
    }

    /**
     * The present process is killed: it writes nothing from now on, and what it is told does not count.
     *
     * @param disk what it leaves
     */
    public synchronized void killed(MemoryStore disk) {
        life = new Life();
        disk.restart();
        perhapsToldAgain.addAll(states.keySet());
        // What the store does not know to be given, the next process may be given again: nobody could tell it.
        unsureSinceKill = new HashSet<>(givenOnce);
        for (String key : disk.keys("seen")) {
            String text = seenText.get(key);
            if (text != null) {
                unsureSinceKill.remove(text);
            }
        }
    }

    /** {@return what tells the client's words for a message: they count if the process that sends it lives when it is accepted} */
    public synchronized Accepting sending(String text) {
        Life by = life;
        return id -> accepted(by, id, text);
    }

    /** Takes the id of a message that was accepted. */
    @FunctionalInterface
    public interface Accepting {
        void accepted(String id);
    }

    private synchronized void accepted(Life by, String id, String text) {
        if (by == life) {
            textOf.put(id, text);
            states.putIfAbsent(id, DeliveryState.QUEUED);
        }
    }

    private synchronized void given(Life by, Message message) {
        if (by != life) {
            return;
        }
        String text = firstWord(message.body());
        given.add(text);
        seenText.put("s" + message.from().bare() + "\n" + message.id(), text);
        if (!givenOnce.add(text)) {
            (unsureSinceKill.contains(text) ? againAfterAKill : twice).add(text + " at " + device);
        }
    }

    private synchronized void changed(Life by, String id, DeliveryState to) {
        if (by != life) {
            return;
        }
        DeliveryState before = states.getOrDefault(id, DeliveryState.QUEUED);
        if (before == to && perhapsToldAgain.remove(id)) {
            return;
        }
        if (!before.canBecome(to)) {
            illegal.add(textOf.get(id) + ": " + before + " to " + to);
        }
        states.put(id, to);
    }

    /** {@return the word that tells a message from all others} */
    public static String firstWord(@Nullable String text) {
        if (text == null) {
            return "";
        }
        int end = text.indexOf(' ');
        return end < 0 ? text : text.substring(0, end);
    }

    public synchronized boolean wasGiven(String text) {
        return givenOnce.contains(text);
    }

    /** {@return how much the application was given} */
    public synchronized int count() {
        return given.size();
    }

    /** {@return what was given to one process more than once, or to the next though the store knew of it} */
    public synchronized List<String> twice() {
        return List.copyOf(twice);
    }

    public synchronized List<String> againAfterAKill() {
        return List.copyOf(againAfterAKill);
    }

    /** {@return changes of state that there are none of} */
    public synchronized List<String> illegal() {
        return List.copyOf(illegal);
    }

    /** {@return how far each accepted message has come, by its text} */
    public synchronized Map<String, DeliveryState> accepted() {
        Map<String, DeliveryState> accepted = new HashMap<>();
        textOf.forEach((id, text) -> accepted.put(text, states.get(id)));
        return accepted;
    }

    /** {@return accepted messages whose sender has not been told how they ended} */
    public synchronized Set<String> unsettled() {
        Set<String> unsettled = new TreeSet<>();
        textOf.forEach((id, text) -> {
            if (!states.get(id).isSettled()) {
                unsettled.add(text);
            }
        });
        return unsettled;
    }

    /**
     * {@return messages of one sender that came before an earlier one of the same, the first time each was given} A text is its
     * sender and its number, and what is between, with {@code #} between them.
     */
    public synchronized List<String> inversions() {
        Map<String, Integer> last = new HashMap<>();
        Set<String> known = new HashSet<>();
        List<String> inversions = new ArrayList<>();
        for (String text : given) {
            if (!known.add(text)) {
                continue;
            }
            String sender = text.substring(0, text.indexOf('#'));
            int number = Integer.parseInt(text.substring(text.lastIndexOf('#') + 1));
            Integer before = last.put(sender, number);
            if (before != null && before > number) {
                inversions.add(text + " after " + before + " at " + device);
            }
        }
        return inversions;
    }
}
