package org.partyline.examples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.partyline.examples.text.Layout;
import org.partyline.examples.text.Palette;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;

@Timeout(120)
class DemoTest {
    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final Duration BRIEF = Duration.ofSeconds(2); // where what is waited for cannot come

    private final StringWriter printed = new StringWriter();

    @Test
    void demo_onAGoodNetwork_holdsAndCounts() throws InterruptedException {
        try (TestNetwork network = Demo.network()) {
            assertEquals(0, play(network, PATIENT), printed::toString);

            assertEquals(1, network.statistics().resumptions());
            assertEquals(0, network.statistics().sessionsOnline());
        }
        String text = printed.toString();
        assertTrue(text.contains("6/6"), text);
        assertTrue(text.contains("Every step held"), text);
        assertTrue(text.contains("Juliet to Romeo, in the order in which they were sent: 10 of 10"), text);
    }

    @Test
    void demo_whereSessionsCannotBeResumed_failsInThatStep() throws InterruptedException {
        try (TestNetwork network = Demo.network()) {
            network.faults(network.account(juliet())).refuseResume(false);

            assertEquals(1, play(network, PATIENT), printed::toString);
        }
        assertFailed("5/6", "sessions resumed, by Juliet's count: 1", "it was 0");
    }

    @Test
    void demo_wherePlainAloneIsOffered_failsToSignIn() throws InterruptedException {
        try (TestNetwork network = TestNetwork.builder()
                .domain("capulet.example")
                .mechanisms("PLAIN")
                .anotherDomain("montague.example", "PLAIN")
                .start()) {
            assertEquals(1, play(network, PATIENT), printed::toString);
        }
        assertFailed("1/6", "Juliet is online", "cannot sign in");
    }

    @Test
    void demo_whereMessagesVanish_failsForWantOfAReceipt() throws InterruptedException {
        try (TestNetwork network = Demo.network()) {
            network.sink("juliet");

            assertEquals(1, play(network, BRIEF), printed::toString);
        }
        assertFailed("4/6", "a receipt for \"But soft", "it did not come about within 2 s");
    }

    private static TestAccount juliet() {
        return new TestAccount("juliet", "capulet.example", "of no matter: the demo sets its own");
    }

    private int play(TestNetwork network, Duration patience) throws InterruptedException {
        Playbill playbill =
                new Playbill(new PrintWriter(printed, true), new Layout(Layout.UNBOUNDED, new Palette(false)));
        return DemoCommand.play(network, playbill, patience, 10);
    }

    private void assertFailed(String step, String expected, String seen) {
        String text = printed.toString();
        String end = text.substring(Math.max(0, text.indexOf("Step ")));
        assertTrue(end.startsWith("Step " + step + " failed"), text);
        assertTrue(end.contains("expected: ") && end.contains(expected), text);
        assertTrue(end.contains("seen: ") && end.contains(seen), text);
        assertFalse(text.contains("Exception"), text);
        assertFalse(text.contains("Every step held"), text);
    }
}
