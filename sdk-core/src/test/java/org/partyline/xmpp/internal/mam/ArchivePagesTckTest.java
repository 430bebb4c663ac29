package org.partyline.xmpp.internal.mam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.archive.ArchivePage;
import org.partyline.archive.ArchiveQuery;
import org.partyline.internal.future.CallbackExecutor;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;
import org.testng.annotations.AfterClass;

/** The pages of an archive keep the rules of Reactive Streams; see {@code ReactiveStreamsTckTest}. */
class ArchivePagesTckTest {
    private static final int PASSED = 29;

    private static final String NEVER_FAILS_AT_ONCE =
            "nothing is asked for, and nothing fails, before a page is requested";
    private static final String NOT_TESTABLE = "the TCK names the rule, but holds it to be untestable";

    /** What the TCK skips, and why. */
    private static final Map<String, String> SKIPPED = Map.of(
            "optional_spec104_mustSignalOnErrorWhenFails",
            NEVER_FAILS_AT_ONCE,
            "required_spec109_mayRejectCallsToSubscribeIfPublisherIsUnableOrUnwillingToServeThemRejectionMustTrigger"
                    + "OnErrorAfterOnSubscribe",
            NEVER_FAILS_AT_ONCE,
            "untested_spec106_mustConsiderSubscriptionCancelledAfterOnErrorOrOnCompleteHasBeenCalled",
            NOT_TESTABLE,
            "untested_spec107_mustNotEmitFurtherSignalsOnceOnErrorHasBeenSignalled",
            NOT_TESTABLE,
            "untested_spec108_possiblyCanceledSubscriptionShouldNotReceiveOnErrorOrOnCompleteSignals",
            NOT_TESTABLE,
            "untested_spec109_subscribeShouldNotThrowNonFatalThrowable",
            NOT_TESTABLE,
            "untested_spec110_rejectASubscriptionRequestIfTheSameSubscriberSubscribesTwice",
            NOT_TESTABLE,
            "untested_spec304_requestShouldNotPerformHeavyComputations",
            NOT_TESTABLE,
            "untested_spec305_cancelMustNotSynchronouslyPerformHeavyComputation",
            NOT_TESTABLE);

    @Test
    @DisplayName("Reactive Streams TCK 1.0.4 for Flow")
    void pagesConform() {
        TestListenerAdapter results = new TestListenerAdapter();
        TestNG runner = new TestNG(false);
        runner.setUseDefaultListeners(false);
        runner.setVerbose(0);
        runner.setTestClasses(new Class<?>[] {Pages.class});
        runner.addListener(results);
        runner.run();

        for (ITestResult failed : results.getFailedTests()) {
            throw new AssertionError(failed.getName(), failed.getThrowable());
        }
        assertEquals(List.of(), results.getConfigurationFailures());
        assertEquals(
                SKIPPED.keySet(),
                results.getSkippedTests().stream().map(ITestResult::getName).collect(Collectors.toSet()));
        assertEquals(PASSED, results.getPassedTests().size());
    }

    /** An archive of as many pages as the TCK asks for, which answers from another thread. */
    public static final class Pages extends FlowPublisherVerification<ArchivePage> {
        private final ExecutorService loop = Executors.newSingleThreadExecutor();
        private final ExecutorService callbacks = Executors.newFixedThreadPool(2);

        public Pages() {
            super(new TestEnvironment(1_000, 50));
        }

        private CompletableFuture<ArchivePage> read(ArchiveQuery query, long pages) {
            String before = query.afterId();
            long number = before == null ? 1 : Long.parseLong(before) + 1;
            String id = Long.toString(number);
            return CompletableFuture.supplyAsync(
                    () -> new ArchivePage(query, List.of(), id, id, number >= pages, true, OptionalLong.of(pages)),
                    loop);
        }

        @Override
        public Flow.Publisher<ArchivePage> createFlowPublisher(long pages) {
            return new ArchivePages(ArchiveQuery.all(), query -> read(query, pages), new CallbackExecutor(callbacks));
        }

        @Override
        public Flow.@Nullable Publisher<ArchivePage> createFailedFlowPublisher() {
            return null;
        }

        @AfterClass
        void end() {
            loop.shutdownNow();
            callbacks.shutdownNow();
        }
    }
}
