package org.partyline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The JUnit 5 extension, seen by running test classes that use it. */
class TestNetworkExtensionTest {
    private static final List<TestNetwork> SEEN = new ArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @Test
    void everyTest_getsANetworkOfItsOwn_whichIsClosedAfterwards() {
        run(PerTest.class, 2, 0);

        assertEquals(6, SEEN.size());
        assertSame(SEEN.get(0), SEEN.get(1), "one network for all methods of a test");
        assertSame(SEEN.get(0), SEEN.get(2), "one network for all methods of a test");
        assertNotSame(SEEN.get(0), SEEN.get(3));
        SEEN.forEach(TestNetworkExtensionTest::assertClosed);
    }

    @Test
    void network_thatBeforeAllAskedFor_isTheClasss_andClosedAfterIt() {
        run(PerClass.class, 2, 0);

        assertEquals(3, SEEN.size());
        assertSame(SEEN.get(0), SEEN.get(1));
        assertSame(SEEN.get(0), SEEN.get(2));
        assertClosed(SEEN.get(0));
    }

    @Test
    void network_ofATestThatFails_isClosedToo() {
        run(Failing.class, 0, 1);

        assertClosed(SEEN.get(0));
    }

    @Test
    void settings_areUsed_andAccountsAreNamed() {
        run(WithSettings.class, 1, 0);
    }

    private static void run(Class<?> tests, int succeeding, int failing) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(tests))
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        assertEquals(
                succeeding + " and " + failing,
                summary.getTestsSucceededCount() + " and " + summary.getTestsFailedCount(),
                () -> summary.getFailures().stream()
                        .map(failure -> failure.getException().toString())
                        .toList()
                        .toString());
    }

    private static void assertClosed(TestNetwork network) {
        assertThrows(IllegalStateException.class, network::statistics);
    }

    @ExtendWith(TestNetworkExtension.class)
    static class PerTest {
        @BeforeEach
        void before(TestNetwork network) {
            SEEN.add(network);
        }

        @Test
        void one(TestNetwork network) {
            SEEN.add(network);
        }

        @Test
        void other(TestNetwork network) {
            SEEN.add(network);
        }

        @AfterEach
        void after(TestNetwork network) {
            SEEN.add(network);
            assertEquals(0, network.statistics().signIns());
        }
    }

    @ExtendWith(TestNetworkExtension.class)
    static class PerClass {
        @BeforeAll
        static void before(TestNetwork network) {
            SEEN.add(network);
        }

        @Test
        void one(TestNetwork network) {
            SEEN.add(network);
        }

        @Test
        void other(TestNetwork network) {
            SEEN.add(network);
            assertEquals(0, network.statistics().signIns());
        }
    }

    @ExtendWith(TestNetworkExtension.class)
    static class Failing {
        @Test
        void fails(TestNetwork network) {
            SEEN.add(network);
            throw new AssertionError("as it should");
        }
    }

    static class WithSettings {
        @RegisterExtension
        final TestNetworkExtension extension = TestNetworkExtension.with(
                settings -> settings.domain("verona.test").mechanisms("PLAIN"));

        @Test
        void test(TestNetwork network, @Username("juliet") TestAccount juliet) throws Exception {
            assertEquals("juliet@verona.test", juliet.jid());
            try (RawClient client = RawClient.directTls(network)) {
                assertTrue(client.open().contains("<mechanism>PLAIN</mechanism></mechanisms>"));
                client.send(RawClient.plainAuth(juliet));
                client.awaitSuccess();
            }
        }
    }
}
