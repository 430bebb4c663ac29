package org.partyline.roster;

/** Who sees whose presence (RFC 6121 section 2.1.2.5). */
public enum Subscription {
    /** Nobody. */
    NONE,
    /** This account sees the contact's. */
    TO,
    /** The contact sees this account's. */
    FROM,
    /** Both. */
    BOTH
}
