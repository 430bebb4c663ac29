package org.partyline.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * D1 to D5 under faults. The size is small where every build runs it; {@code partyline.chaos.messages}, {@code .faults} and
 * {@code .seeds} (the first and the last) make it larger.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ChaosSuite {
    /** Seconds for which the server keeps a session: short, so that some can be resumed and some cannot. */
    static final int HIBERNATION = 5;

    private Interop interop;

    abstract RealServer startServer();

    @BeforeAll
    void start() {
        interop = new Interop(startServer());
        // What all clients share is made by the first.
        Interop.await(interop.build(interop.builder(interop.account("first"))).connect());
        interop.endTest();
    }

    @AfterAll
    void stop() {
        if (interop != null) {
            interop.close();
        }
    }

    static long[] seeds() {
        String range = System.getProperty("partyline.chaos.seeds", "1-5");
        int between = range.indexOf('-');
        long first = Long.parseLong(between < 0 ? range : range.substring(0, between));
        long last = Long.parseLong(range.substring(between + 1));
        return LongStream.rangeClosed(first, last).toArray();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsLost_norGivenTwice_norOutOfOrder(long seed) {
        Footprint before = Footprint.now();
        Chaos.Report report = new Chaos(
                        interop,
                        seed,
                        Integer.getInteger("partyline.chaos.messages", 1_000),
                        Integer.getInteger("partyline.chaos.faults", 20))
                .run();
        System.out.println(interop.server.name() + ", " + report.summary());
        assertTrue(report.isClean(), report::toString);
        before.awaitReturn(Duration.ofSeconds(30));
    }
}
