package org.partyline.testkit;

/** What a {@link TestNetwork} can do with a sign-in. All of it is offered unless {@link TestNetworkBuilder#without} says no. */
public enum SignInFeature {
    /** The SASL profile of RFC 6120 section 6. */
    SASL,
    /** The extensible SASL profile (XEP-0388), which the others but {@link #SASL} need. */
    SASL2,
    /** A resource that is bound with the sign-in, with carbons, client state and stream management (XEP-0386). */
    BIND2
}
