package org.partyline.testkit;

import java.util.Map;

/**
 * How the clients of a {@link TestNetwork} signed in since it started.
 *
 * @param byMechanism successful sign-ins by the name of the SASL mechanism, without those that nobody used
 * @param roundTrips how often a client that had no session yet spoke after it had heard the server, for all connections
 *     together: 1 for whatever a client sends at once. TLS is not in it
 * @param boundInline resources that were bound with the sign-in (XEP-0386)
 */
public record SignInStatistics(Map<String, Long> byMechanism, long roundTrips, long boundInline) {

    /** Keeps a copy of the map. */
    public SignInStatistics {
        byMechanism = Map.copyOf(byMechanism);
    }

    /**
     * {@return the successful sign-ins by one mechanism, 0 if nobody used it}
     *
     * @param mechanism its name
     */
    public long by(String mechanism) {
        return byMechanism.getOrDefault(mechanism, 0L);
    }
}
