package org.partyline.examples.chat;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;

/** The conversations of this run, and which of them the user is in. */
final class Conversations {
    private static final int MOST = 200;

    private final Map<Jid, Conversation> all = new LinkedHashMap<>();
    private @Nullable Conversation current;

    /** {@return the conversation with somebody, begun now if there is none} */
    Conversation with(Jid somebody) {
        Conversation found = all.computeIfAbsent(somebody.bare(), Conversation::new);
        if (all.size() > MOST) {
            all.values().stream()
                    .filter(each -> each != current && each != found)
                    .findFirst()
                    .ifPresent(oldest -> all.remove(oldest.with()));
        }
        return found;
    }

    Optional<Conversation> find(Jid somebody) {
        return Optional.ofNullable(all.get(somebody.bare()));
    }

    Collection<Conversation> all() {
        return all.values();
    }

    Optional<Conversation> current() {
        return Optional.ofNullable(current);
    }

    boolean isCurrent(Conversation conversation) {
        return conversation == current;
    }

    Conversation enter(Jid somebody) {
        Conversation entered = with(somebody);
        entered.markRead();
        current = entered;
        return entered;
    }

    /** Forgets a conversation and what was said in it. */
    void close(Conversation conversation) {
        all.remove(conversation.with());
        if (current == conversation) {
            current = null;
        }
    }
}
