package org.partyline.interop;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Servers and clients that are not ours and may not be installed. Tests that need an absent one are skipped, and named
 * loudly when the run ends; with {@code PARTYLINE_REAL_SERVERS=required} they fail instead.
 */
public final class Peers implements TestExecutionListener {
    private static final Set<String> MISSING = new TreeSet<>();

    /** For the service loader. */
    public Peers() {}

    /** Skips the calling test, or fails it, if something is not installed. */
    static void need(String what, boolean installed, String packages) {
        if (installed) {
            return;
        }
        String message = what + " is not installed (Debian: apt-get install " + packages + ")";
        if ("required".equals(System.getenv("PARTYLINE_REAL_SERVERS"))) {
            throw new AssertionError(message + ", and PARTYLINE_REAL_SERVERS=required");
        }
        synchronized (MISSING) {
            MISSING.add(message);
        }
        Assumptions.abort(message);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        synchronized (MISSING) {
            if (!MISSING.isEmpty()) {
                System.out.println("""

                        ****************************************************************************
                        SKIPPED for want of a peer: the interop tests with these did NOT run.
                          %s
                        PARTYLINE_REAL_SERVERS=required makes this a failure, as .ci/run does.
                        ****************************************************************************
                        """.formatted(String.join("\n  ", MISSING)));
            }
        }
    }
}
