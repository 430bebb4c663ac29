package org.partyline.xmpp.internal.session;

import java.util.Set;
import org.partyline.error.ConnectionException;
import org.partyline.error.ConnectionException.Reason;
import org.partyline.error.ImException;
import org.partyline.error.RequestRejectedException;
import org.partyline.error.ServerClosedException;
import org.partyline.internal.engine.Verdict;

/** Says for every way in which a connection or an attempt can end whether another attempt follows, and how soon (L30). */
final class RetryTable {
    /** Conditions that hit many clients of a server at once. */
    private static final Set<String> SERVER_IN_TROUBLE = Set.of(
            "internal-server-error",
            "policy-violation",
            "remote-connection-failed",
            "reset",
            "resource-constraint",
            "see-other-host",
            "system-shutdown");

    /**
     * Only a client that was online asks this of the table. The service was there, and DNS is being changed; or its certificate was
     * good, and a network that wants to be signed in to stands in between, or a certificate is overdue. Nothing secret is said to
     * whom is not trusted, so trying again does no harm.
     */
    private static final Set<Reason> PASSES = Set.of(Reason.NO_SUCH_SERVICE, Reason.CERTIFICATE_REJECTED);

    private RetryTable() {}

    static Verdict verdict(ImException failure) {
        if (failure instanceof ServerClosedException closed) {
            return !closed.isRetryable()
                    ? Verdict.STOP
                    : SERVER_IN_TROUBLE.contains(closed.condition()) ? Verdict.RETRY_SPREAD : Verdict.RETRY_SOON;
        }
        if (failure instanceof RequestRejectedException refused) {
            // Binding was refused. What may pass is marked so, or has to do with the server's load.
            boolean passing = refused.isRetryable() || refused.condition().equals("resource-constraint");
            return passing ? Verdict.RETRY_SPREAD : Verdict.STOP;
        }
        if (failure instanceof ConnectionException connection && PASSES.contains(connection.reason())) {
            return Verdict.RETRY_SPREAD;
        }
        return failure.isRetryable() ? Verdict.RETRY_SOON : Verdict.STOP;
    }
}
