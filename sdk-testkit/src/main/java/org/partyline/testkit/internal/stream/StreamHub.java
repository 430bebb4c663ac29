package org.partyline.testkit.internal.stream;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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
    private static final String MAC = "HmacSHA256";

    private final Router router;
    private final StreamSettings settings;
    private final Timers timers;
    private final Statistics statistics = new Statistics();
    private final Resumptions resumptions = new Resumptions();
    /** Links that could not take a stanza at once while the present one was routed. */
    private final Set<Link> congested = new LinkedHashSet<>();

    private final byte[] idKey = new byte[32];

    public StreamHub(Router router, StreamSettings settings, Timers timers) {
        this.router = router;
        this.settings = settings;
        this.timers = timers;
        RANDOM.nextBytes(idKey);
    }

    public Router router() {
        return router;
    }

    StreamSettings settings() {
        return settings;
    }

    /** {@return the faults that hold for all} */
    public FaultPlan faults() {
        return router.faults();
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

    /** {@return an id that stays the same for the same text, and from which nobody can tell it} */
    String stableId(String of) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(idKey, MAC));
            byte[] hidden = Arrays.copyOf(mac.doFinal(of.getBytes(StandardCharsets.UTF_8)), ID_BYTES);
            return Base64.getUrlEncoder().encodeToString(hidden);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + MAC, e);
        }
    }

    Timers timers() {
        return timers;
    }

    /** Binds a resource. A session that had it is ended with a conflict (RFC 6120 section 7.7.2.2). */
    Session bind(Account account, String resource, Wire wire) {
        Session older = account.session(resource);
        if (older != null) {
            replace(older);
        }
        statistics.sessionOnline();
        return account.open(resource, wire);
    }

    /** Ends the sessions that an installation bound before (XEP-0386 section 4.1). */
    void replaceAll(Account account, String client) {
        for (Session session : account.sessionsNow()) {
            if (client.equals(session.client())) {
                replace(session);
            }
        }
    }

    private void replace(Session older) {
        Wire replaced = older.wire();
        end(older);
        if (replaced != null) {
            replaced.fail(StreamError.of("conflict", "Replaced by new connection"));
        }
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
