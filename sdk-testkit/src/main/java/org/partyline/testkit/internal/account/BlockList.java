package org.partyline.testkit.internal.account;

import java.util.LinkedHashSet;
import java.util.Set;
import org.partyline.testkit.internal.xmpp.Address;

/** Whom an account has blocked (XEP-0191). */
public final class BlockList {
    /** Entries that a list may have. */
    public static final int MAX = 1_000;

    private final Set<Address> entries = new LinkedHashSet<>();

    public Set<Address> entries() {
        return entries;
    }

    /** {@return whether an address is blocked: itself, its bare address, or its domain (XEP-0191 section 2)} */
    public boolean blocks(Address other) {
        if (entries.isEmpty()) {
            return false;
        }
        return entries.contains(other)
                || entries.contains(other.bare())
                || entries.contains(new Address("", other.domain(), ""))
                || (other.isFull() && entries.contains(new Address("", other.domain(), other.resource())));
    }
}
