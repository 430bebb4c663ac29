package org.partyline.internal.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;

/**
 * Messages that a receipt or an error may still come for. Bounded: the oldest are forgotten, and what comes for them later
 * is reported without them. Loop only.
 */
public final class SentTable {
    /** How many messages are known. */
    public static final int MOST = 10_000;

    private final Map<String, TrackedMessage> messages = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TrackedMessage> eldest) {
            boolean tooMany = size() > MOST;
            if (tooMany) {
                eldest.getValue().forget();
            }
            return tooMany;
        }
    };

    /**
     * Adds a message.
     *
     * @param message the message
     */
    public void add(TrackedMessage message) {
        messages.put(message.id(), message);
    }

    /**
     * {@return the message with an id, or null if it is not known}
     *
     * @param id the id
     */
    public @Nullable TrackedMessage find(String id) {
        return messages.get(id);
    }

    /**
     * {@return whom the message with an id went to, or null if it is not known: others have no say in it}
     *
     * @param id the id
     */
    public @Nullable Jid addressee(String id) {
        TrackedMessage message = messages.get(id);
        return message == null ? null : message.to();
    }

    /**
     * A receiver says that it was shown a message, and with it those before, of which it was asked to tell.
     *
     * @param id the message's id
     * @param from who says so; not heeded if the message went to somebody else
     * @return whether this was not known of the message itself
     */
    public boolean displayed(String id, Jid from) {
        TrackedMessage marked = messages.get(id);
        Jid peer = from.bare();
        if (marked == null || !marked.to().bare().equals(peer) || !marked.onDisplayed()) {
            return false;
        }
        for (TrackedMessage message : messages.values()) {
            if (message == marked) {
                break;
            }
            if (message.requests().displayed() && message.to().bare().equals(peer)) {
                message.onDisplayed();
            }
        }
        return true;
    }

    /** Hears of no receipts any more. */
    public void close() {
        messages.values().forEach(TrackedMessage::onClosed);
        messages.clear();
    }
}
