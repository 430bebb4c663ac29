package org.partyline.examples.chat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.partyline.address.Jid;

/** Who asked to see this user's presence, and waits for an answer. */
final class Requests {
    private static final int MOST = 100;

    private final Set<Jid> waiting = new LinkedHashSet<>();

    /** {@return whether it is new; a server asks again in each session} */
    boolean add(Jid somebody) {
        return waiting.size() < MOST && waiting.add(somebody.bare());
    }

    boolean remove(Jid somebody) {
        return waiting.remove(somebody.bare());
    }

    List<Jid> all() {
        return List.copyOf(waiting);
    }
}
