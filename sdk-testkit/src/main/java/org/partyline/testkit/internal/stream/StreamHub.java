package org.partyline.testkit.internal.stream;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.account.StreamManagement;
import org.partyline.testkit.internal.account.Wire;
import org.partyline.testkit.internal.fault.FaultPlan;
import org.partyline.testkit.internal.route.Router;
import org.partyline.testkit.internal.xmpp.StreamError;

/** What all streams of a network share. Belongs to the network's loop. */
public final class StreamHub {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 12;

    private final Router router;
    private final StreamSettings settings;
    private final Timers timers;
    private final FaultPlan faults = new FaultPlan();
    private final Statistics statistics = new Statistics();
    private final Resumptions resumptions = new Resumptions();
    /** Links that could not take a stanza at once while the present one was routed. */
    private final Set<Link> congested = new LinkedHashSet<>();

    public StreamHub(Router router, StreamSettings settings, Timers timers) {
        this.router = router;
        this.settings = settings;
        this.timers = timers;
    }

    public Router router() {
        return router;
    }

    StreamSettings settings() {
        return settings;
    }

    /** {@return the faults that hold for all} */
    public FaultPlan faults() {
        return faults;
    }

    public Statistics statistics() {
        return statistics;
    }

    Resumptions resumptions() {
        return resumptions;
    }

    /** {@return an id that nobody can guess} */
    static String newId() {
        byte[] random = new byte[ID_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random);
    }

    Timers timers() {
        return timers;
    }

    /** Binds a resource. A session that had it is ended with a conflict (RFC 6120 section 7.7.2.2). */
    Session bind(Account account, String resource, Wire wire) {
        Session older = account.session(resource);
        if (older != null) {
            Wire replaced = older.wire();
            end(older);
            if (replaced != null) {
                replaced.fail(StreamError.of("conflict", "Replaced by new connection"));
            }
        }
        statistics.sessionOnline();
        return account.open(resource, wire);
    }

    /** Keeps a session that lost its connection, for as long as it can be resumed. */
    void hibernate(Session session, StreamManagement management) {
        session.wire(null);
        management.forgetRequest();
        statistics.sessionHibernates();
        resumptions.expiresBy(management, timers.schedule(settings.resumptionTimeout(), () -> end(session)));
    }

    /** Ends a session for good. */
    public void end(Session session) {
        StreamManagement management = session.management();
        if (management != null) {
            if (resumptions.wake(management)) {
                statistics.sessionWakes();
            }
            resumptions.remove(management, session);
        }
        if (!session.isEnded()) {
            statistics.sessionOffline();
            router.end(session);
        }
    }

    /** Ends every session, and forgets what could be resumed. */
    public void endAll() {
        for (Account account : router.directory().accounts()) {
            account.sessionsNow().forEach(this::end);
        }
        resumptions.clear();
    }

    void congested(Link link) {
        congested.add(link);
    }

    /** Makes a sender wait for those that could not take what it sent. */
    void relieve(Link sender) {
        if (!congested.isEmpty()) {
            for (Link link : congested) {
                if (link != sender) {
                    sender.waitFor(link);
                }
            }
            congested.clear();
        }
    }
}
