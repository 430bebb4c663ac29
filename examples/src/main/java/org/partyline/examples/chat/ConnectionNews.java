package org.partyline.examples.chat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.error.ImException;
import org.partyline.examples.text.ForeignText;
import org.partyline.session.StateChange;

/** Tells how the connection fares. */
final class ConnectionNews {
    private final Session session;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private boolean lost;

    ConnectionNews(Session session) {
        this.session = session;
    }

    void listen() {
        session.client().states().subscribe(this::onChange);
    }

    /** {@return fails when the client has given up for good} */
    CompletableFuture<Void> ended() {
        return ended;
    }

    private void onChange(StateChange change) {
        switch (change.to()) {
            case WAITING -> {
                lost = true;
                session.screen().notice(sentence(change.failure()) + "; trying again in " + words(change.delay()));
            }
            case ONLINE -> {
                if (lost) {
                    lost = false;
                    session.screen()
                            .good(
                                    change.resumed()
                                            ? "online again; the session was resumed, nothing was missed"
                                            : "online again, in a new session");
                } else {
                    session.screen()
                            .good("online as "
                                    + session.client()
                                            .self()
                                            .map(Jid::displayForm)
                                            .orElse("somebody"));
                }
            }
            case DISCONNECTED -> {
                ImException failure = change.failure();
                if (failure != null) {
                    ended.completeExceptionally(failure);
                }
            }
            case CONNECTING, CLOSED -> {}
        }
        session.refresh();
    }

    private static String sentence(@Nullable ImException failure) {
        String message = failure == null ? null : failure.getMessage();
        if (message == null) {
            return "connection lost";
        }
        String safe = ForeignText.line(message);
        return safe.startsWith("connection lost") ? safe : "connection lost: " + safe;
    }

    private static String words(@Nullable Duration delay) {
        long millis = delay == null ? 0 : delay.toMillis();
        return millis < 1_000 ? "a moment" : Math.round(millis / 1_000.0) + " s";
    }
}
