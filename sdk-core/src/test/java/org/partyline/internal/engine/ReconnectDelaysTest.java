package org.partyline.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReconnectDelaysTest {
    private static final int SAMPLES = 2_000;

    private record Range(Duration least, Duration most) {}

    /** The range that the delays of many clients fill, after so many attempts that failed before. */
    private static Range observed(Verdict verdict, int failedBefore) {
        Duration least = Duration.ofDays(1);
        Duration most = Duration.ZERO;
        for (int seed = 0; seed < SAMPLES; seed++) {
            ReconnectDelays delays = new ReconnectDelays(new Jitter(seed));
            for (int i = 0; i < failedBefore; i++) {
                delays.next(verdict);
            }
            Duration delay = delays.next(verdict);
            least = delay.compareTo(least) < 0 ? delay : least;
            most = delay.compareTo(most) > 0 ? delay : most;
        }
        return new Range(least, most);
    }

    private static void assertFills(Range observed, double leastSeconds, double mostSeconds) {
        double span = mostSeconds - leastSeconds;
        double least = observed.least().toMillis() / 1000.0;
        double most = observed.most().toMillis() / 1000.0;
        assertTrue(least >= leastSeconds && least <= leastSeconds + span * 0.05, "least " + least);
        assertTrue(most <= mostSeconds && most >= mostSeconds - span * 0.05, "most " + most);
    }

    @Test
    void theFirstDelayDependsOnTheCause() {
        assertFills(observed(Verdict.RETRY_SOON, 0), 0, 5);
        assertFills(observed(Verdict.RETRY_SPREAD, 0), 0, 30);
    }

    @Test
    @DisplayName("L29: U(1, min(180, 10 * 2^k)) s after k failures")
    void laterDelaysDoubleUpToTheCap() {
        double[] longest = {20, 40, 80, 160, 180, 180, 180};
        for (int k = 0; k < longest.length; k++) {
            assertFills(observed(Verdict.RETRY_SOON, k + 1), 1, longest[k]);
        }
    }

    @Test
    void theSeriesStartsAnewOnlyAfterAMinuteOnline() {
        ReconnectDelays delays = new ReconnectDelays(new Jitter(7));
        for (int i = 0; i < 10; i++) {
            delays.next(Verdict.RETRY_SOON);
        }
        delays.wasOnline(Duration.ofSeconds(59));
        assertTrue(longestOf(delays).compareTo(Duration.ofSeconds(30)) > 0, "still far apart");
        delays.wasOnline(Duration.ofSeconds(60));
        assertTrue(delays.next(Verdict.RETRY_SOON).compareTo(Duration.ofSeconds(5)) <= 0);
    }

    private static Duration longestOf(ReconnectDelays delays) {
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 20; i++) {
            Duration delay = delays.next(Verdict.RETRY_SOON);
            longest = delay.compareTo(longest) > 0 ? delay : longest;
        }
        return longest;
    }

    @Test
    @DisplayName("R10: 10,000 clients, 5 s outage, 300 sign-ins a second")
    void aHerdComesBackWithoutTramplingTheServer() {
        record Attempt(double at, int client) {}
        int clients = 10_000;
        PriorityQueue<Attempt> attempts = new PriorityQueue<>((a, b) -> Double.compare(a.at(), b.at()));
        List<ReconnectDelays> delays = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            delays.add(new ReconnectDelays(new Jitter(1_000 + i)));
            attempts.add(new Attempt(seconds(delays.get(i).next(Verdict.RETRY_SOON)), i));
        }
        int[] perSecond = new int[1_000];
        int[] signIns = new int[1_000];
        int online = 0;
        double last = 0;
        while (online < clients) {
            Attempt attempt = attempts.remove();
            int second = (int) attempt.at();
            // While the server is down connections are refused by the machine and cost it nothing.
            boolean up = attempt.at() >= 5;
            if (up) {
                perSecond[second]++;
            }
            if (up && signIns[second] < 300) {
                signIns[second]++;
                online++;
                last = attempt.at();
            } else {
                double delay = seconds(delays.get(attempt.client()).next(Verdict.RETRY_SOON));
                attempts.add(new Attempt(attempt.at() + delay, attempt.client()));
            }
        }
        int peak = 0;
        for (int each : perSecond) {
            peak = Math.max(peak, each);
        }
        assertTrue(peak <= 1_000, "peak of " + peak + " attempts in a second");
        assertTrue(last <= 200, "the last one is online after " + last + " s");
        assertEquals(clients, online);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
