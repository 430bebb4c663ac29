package org.partyline.testkit.internal.stream;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.sasl.HtServer;
import org.partyline.testkit.internal.sasl.Mechanisms;

/** What streams count. Belongs to the network's loop. */
public final class Statistics {
    private long accepted;
    private int open;
    private int online;
    private int hibernating;
    private long received;
    private long sent;
    private long signIns;
    private long failedSignIns;
    private long resumed;
    private long boundInline;
    private long roundTrips;
    private long tokensIssued;
    private long upgrades;
    private final Map<String, Long> attempts = new TreeMap<>();
    private final Map<String, Long> byMechanism = new TreeMap<>();

    public void connectionAccepted() {
        accepted++;
        open++;
    }

    public void connectionClosed() {
        open--;
    }

    void sessionOnline() {
        online++;
    }

    void sessionOffline() {
        online--;
    }

    void sessionHibernates() {
        hibernating++;
    }

    void sessionWakes() {
        hibernating--;
    }

    void stanzaReceived() {
        received++;
    }

    void stanzaSent() {
        sent++;
    }

    void signedIn(String mechanism) {
        signIns++;
        byMechanism.merge(mechanism, 1L, Long::sum);
    }

    /** A client tries a mechanism, whether it is offered or not. */
    void attempted(@Nullable String mechanism) {
        if (mechanism != null && (Mechanisms.ALL.contains(mechanism) || HtServer.isName(mechanism))) {
            attempts.merge(mechanism, 1L, Long::sum);
        }
    }

    void tokenIssued() {
        tokensIssued++;
    }

    void upgraded() {
        upgrades++;
    }

    void inlineBound() {
        boundInline++;
    }

    void roundTrip() {
        roundTrips++;
    }

    void signInFailed() {
        failedSignIns++;
    }

    void sessionResumed() {
        resumed++;
    }

    public long accepted() {
        return accepted;
    }

    public int open() {
        return open;
    }

    public int online() {
        return online;
    }

    public int hibernating() {
        return hibernating;
    }

    public long received() {
        return received;
    }

    public long sent() {
        return sent;
    }

    public long signIns() {
        return signIns;
    }

    /** {@return the successful sign-ins by each mechanism that was used} */
    public Map<String, Long> byMechanism() {
        return Map.copyOf(byMechanism);
    }

    /** {@return what was tried, by mechanism; those that the network does not know are not in it} */
    public Map<String, Long> attempts() {
        return Map.copyOf(attempts);
    }

    public long tokensIssued() {
        return tokensIssued;
    }

    public long upgrades() {
        return upgrades;
    }

    public long boundInline() {
        return boundInline;
    }

    public long roundTrips() {
        return roundTrips;
    }

    public long failedSignIns() {
        return failedSignIns;
    }

    public long resumed() {
        return resumed;
    }
}
