package org.partyline.examples.chat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets a script wait for messages: each {@code /wait} takes one that came, or waits for it. One thread's alone. */
final class Arrivals {
    private static final int USUAL_SECONDS = 10;

    private int untaken;
    private CompletableFuture<Void> next = new CompletableFuture<>();

    void came() {
        untaken++;
        next.complete(null);
    }

    Command command() {
        return new Command(
                List.of("wait"),
                "[SECONDS]",
                "wait for the next message (" + USUAL_SECONDS + "); for scripts",
                this::await);
    }

    private CompletableFuture<?> await(Typed typed) throws CommandException {
        if (!typed.rest().matches("([1-9][0-9]{0,2})?")) {
            throw new CommandException("how long? /wait " + USUAL_SECONDS);
        }
        int seconds = typed.rest().isEmpty() ? USUAL_SECONDS : Integer.parseInt(typed.rest());
        if (untaken > 0) {
            untaken--;
            return CompletableFuture.completedFuture(null);
        }
        next = new CompletableFuture<>();
        return next.thenRun(() -> untaken--)
                .orTimeout(seconds, TimeUnit.SECONDS)
                .exceptionallyCompose(failure -> {
                    boolean late = failure instanceof TimeoutException;
                    return CompletableFuture.failedFuture(
                            late ? new CommandException("no message came within " + seconds + " s.") : failure);
                });
    }
}
