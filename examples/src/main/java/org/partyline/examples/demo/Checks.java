package org.partyline.examples.demo;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.partyline.examples.text.Explanation;
import org.partyline.stream.EventStream;

/** Looks whether a step holds. Every wait ends. */
final class Checks {
    private final Playbill playbill;
    private final Duration patience;

    Checks(Playbill playbill, Duration patience) {
        this.playbill = playbill;
        this.patience = patience;
    }

    /** Waits for a future, and says that what was expected came about. */
    <T> T await(String expected, CompletableFuture<T> future) throws StepFailedException, InterruptedException {
        T value = quietly(expected, future);
        playbill.held(expected);
        return value;
    }

    /** Waits for a future. */
    <T> T quietly(String expected, CompletableFuture<T> future) throws StepFailedException, InterruptedException {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StepFailedException(expected, "it did not come about within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new StepFailedException(expected, Explanation.of(e));
        }
    }

    /** Compares a count, a list or a state, and says that it is as expected. */
    <T> void same(String what, T expected, T seen) throws StepFailedException {
        if (!expected.equals(seen)) {
            throw new StepFailedException(what + ": " + expected, "it was " + seen);
        }
        playbill.held(what + ": " + seen);
    }

    /**
     * {@return completes once the condition holds} It is looked at now, and again at every event: there is no polling, and
     * an event that came before is not missed.
     *
     * @param events what may bring it about
     * @param condition the condition
     */
    static CompletableFuture<Void> until(EventStream<?> events, BooleanSupplier condition) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        Runnable look = () -> {
            if (condition.getAsBoolean()) {
                reached.complete(null);
            }
        };
        EventStream.Subscription subscription = events.subscribe(event -> look.run());
        reached.whenComplete((done, failure) -> subscription.close());
        look.run();
        return reached;
    }
}
