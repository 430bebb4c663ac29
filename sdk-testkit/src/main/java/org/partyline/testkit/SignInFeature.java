package org.partyline.testkit;

/** What a {@link TestNetwork} can do with a sign-in. All of it is offered unless {@link TestNetworkBuilder#without} says no. */
public enum SignInFeature {
    /** The SASL profile of RFC 6120 section 6. */
    SASL,
    /** The extensible SASL profile (XEP-0388), which {@link #BIND2}, {@link #FAST} and {@link #UPGRADE_TASKS} need. */
    SASL2,
    /** A resource that is bound with the sign-in, with carbons, client state and stream management (XEP-0386). */
    BIND2,
    /**
     * Tokens that stand for a password, by HT-SHA-256 (XEP-0484). Only for clients whose stream header says in {@code from}
     * who they are.
     */
    FAST,
    /** The list of channel binding types, where there is a mechanism that binds (XEP-0440). */
    CHANNEL_BINDING_TYPES,
    /** SCRAM tells a hash of what is offered, so that a client finds out if it was changed on the way (XEP-0474). */
    DOWNGRADE_PROTECTION,
    /**
     * Clients are asked for the keys that are missing (XEP-0480): where {@link TestNetworkBuilder#keysKeptFor} leaves some
     * out, and the stream header says in {@code from} who they are.
     */
    UPGRADE_TASKS
}
