package org.partyline.internal.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/** Runs the TCK of Reactive Streams for publishers that fail neither at once nor of themselves. */
public final class Tck {
    /** Nothing fails before anything is asked for. */
    private static final Set<String> NEVER_FAILS_AT_ONCE = Set.of(
            "optional_spec104_mustSignalOnErrorWhenFails",
            "required_spec109_mayRejectCallsToSubscribeIfPublisherIsUnableOrUnwillingToServeThemRejectionMustTrigger"
                    + "OnErrorAfterOnSubscribe");

    /** The TCK names the rule, but holds it to be untestable. */
    private static final Set<String> NOT_TESTABLE = Set.of(
            "untested_spec106_mustConsiderSubscriptionCancelledAfterOnErrorOrOnCompleteHasBeenCalled",
            "untested_spec107_mustNotEmitFurtherSignalsOnceOnErrorHasBeenSignalled",
            "untested_spec108_possiblyCanceledSubscriptionShouldNotReceiveOnErrorOrOnCompleteSignals",
            "untested_spec109_subscribeShouldNotThrowNonFatalThrowable",
            "untested_spec110_rejectASubscriptionRequestIfTheSameSubscriberSubscribesTwice",
            "untested_spec304_requestShouldNotPerformHeavyComputations",
            "untested_spec305_cancelMustNotSynchronouslyPerformHeavyComputation");

    private Tck() {}

    /**
     * Fails unless the rules are kept.
     *
     * @param verification the TCK's test
     * @param passed how many of its rules are checked
     * @param skipped what it skips besides what it skips for all of these
     */
    public static void holds(Class<?> verification, int passed, Set<String> skipped) {
        TestListenerAdapter results = new TestListenerAdapter();
        TestNG runner = new TestNG(false);
        runner.setUseDefaultListeners(false);
        runner.setVerbose(0);
        runner.setTestClasses(new Class<?>[] {verification});
        runner.addListener(results);
        runner.run();

        for (ITestResult failed : results.getFailedTests()) {
            throw new AssertionError(failed.getName(), failed.getThrowable());
        }
        assertEquals(List.of(), results.getConfigurationFailures());
        Set<String> expected = new HashSet<>(NEVER_FAILS_AT_ONCE);
        expected.addAll(NOT_TESTABLE);
        expected.addAll(skipped);
        assertEquals(
                expected,
                results.getSkippedTests().stream().map(ITestResult::getName).collect(Collectors.toSet()));
        assertEquals(passed, results.getPassedTests().size());
    }
}
