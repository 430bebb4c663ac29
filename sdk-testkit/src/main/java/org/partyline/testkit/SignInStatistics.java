package org.partyline.testkit;

import java.util.Map;

/**
 * How the clients of a {@link TestNetwork} signed in since it started.
 *
 * @param attempts sign-ins that were begun, by the name of the SASL mechanism, whether it was offered or not; names that no
 *     {@link TestNetwork} knows are not counted
 * @param byMechanism successful sign-ins by the name of the mechanism
 * @param roundTrips how often a client that had no session yet spoke after it had heard the server, for all connections
 *     together: 1 for whatever a client sends at once. TLS is not in it
 * @param boundInline resources that were bound with the sign-in (XEP-0386)
 * @param tokensIssued tokens that clients were given (XEP-0484)
 * @param upgrades keys that clients made for mechanisms that there were none for (XEP-0480)
 */
public record SignInStatistics(
        Map<String, Long> attempts,
        Map<String, Long> byMechanism,
        long roundTrips,
        long boundInline,
        long tokensIssued,
        long upgrades) {

    /** Keeps copies of the maps. */
    public SignInStatistics {
        attempts = Map.copyOf(attempts);
        byMechanism = Map.copyOf(byMechanism);
    }

    /**
     * {@return the successful sign-ins by one mechanism, 0 if there were none}
     *
     * @param mechanism its name
     */
    public long by(String mechanism) {
        return byMechanism.getOrDefault(mechanism, 0L);
    }

    /**
     * {@return the sign-ins that were begun by one mechanism, 0 if there were none}
     *
     * @param mechanism its name
     */
    public long attemptsBy(String mechanism) {
        return attempts.getOrDefault(mechanism, 0L);
    }
}
