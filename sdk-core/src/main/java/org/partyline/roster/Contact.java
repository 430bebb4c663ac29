package org.partyline.roster;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;

/**
 * One entry of the contact list (RFC 6121 section 2.1.2).
 *
 * @param jid whose
 * @param displayName the name that the user gave, or null
 * @param groups the groups it is in
 * @param subscription who sees whose presence
 * @param requested whether this account asked to see the contact's presence, and waits for an answer
 * @param approved whether the contact may see this account's presence once it asks
 */
public record Contact(
        Jid jid,
        @Nullable String displayName,
        Set<String> groups,
        Subscription subscription,
        boolean requested,
        boolean approved) {

    /** Copies the set. */
    public Contact {
        groups = Set.copyOf(groups);
    }

    /** {@return the name that the user gave} */
    public Optional<String> name() {
        return Optional.ofNullable(displayName);
    }
}
