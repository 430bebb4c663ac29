package org.partyline.testkit.internal.stream;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.account.StreamManagement;
import org.partyline.testkit.internal.xmpp.Address;

/** Sessions that can be resumed, and what is remembered of those that no longer can (XEP-0198 section 5). */
final class Resumptions {
    /** Ended sessions whose counts are remembered. */
    private static final int MAX_ENDED = 1_000;

    private final Map<String, Session> sessions = new HashMap<>();
    private final Map<String, Runnable> timers = new HashMap<>();
    /** Oldest first. */
    private final Map<String, Ended> ended = new LinkedHashMap<>();

    void add(StreamManagement management, Session session) {
        sessions.put(management.id(), session);
    }

    /** {@return the session of this account and id, or null} */
    @Nullable
    Session find(@Nullable String id, Account account) {
        Session session = id == null ? null : sessions.get(id);
        return session != null && session.account() == account ? session : null;
    }

    void expiresBy(StreamManagement management, Runnable cancelTimer) {
        timers.put(management.id(), cancelTimer);
    }

    /** {@return whether the session was waiting to be resumed; its time no longer runs} */
    boolean wake(StreamManagement management) {
        Runnable cancel = timers.remove(management.id());
        if (cancel != null) {
            cancel.run();
        }
        return cancel != null;
    }

    /** Forgets a session, but not how many stanzas of it were handled. */
    void remove(StreamManagement management, Session session) {
        if (sessions.remove(management.id(), session)) {
            if (ended.size() == MAX_ENDED) {
                ended.remove(ended.keySet().iterator().next());
            }
            ended.put(management.id(), new Ended(session.account().address(), management.handledCount()));
        }
    }

    /** {@return how many stanzas of an ended session were handled, or null if it is not known} */
    @Nullable
    Long handledBy(@Nullable String id, Account account) {
        Ended known = id == null ? null : ended.get(id);
        return known != null && known.account().equals(account.address()) ? known.handled() : null;
    }

    /** Forgets everything, as a server does that was restarted. */
    void clear() {
        timers.values().forEach(Runnable::run);
        timers.clear();
        sessions.clear();
        ended.clear();
    }

    private record Ended(Address account, long handled) {}
}
