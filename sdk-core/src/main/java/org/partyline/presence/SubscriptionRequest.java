package org.partyline.presence;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;

/**
 * Somebody asks to see this account's presence (RFC 6121 section 3.1).
 *
 * @param from who asks
 * @param note what they wrote with it, or null: foreign text
 */
public record SubscriptionRequest(Jid from, @Nullable String note) {

    /** {@return what they wrote with it} */
    public Optional<String> text() {
        return Optional.ofNullable(note);
    }
}
