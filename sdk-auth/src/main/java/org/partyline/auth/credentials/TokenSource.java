package org.partyline.auth.credentials;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The present token of a {@link TokenProvider}: asked for once however many wait for it, kept while it is good, and asked
 * for anew a minute before it ends or when a server has refused it. Safe for use by many threads.
 */
public final class TokenSource {
    /** How long before its end a token is taken to be over: a sign-in takes time, and clocks differ. */
    static final Duration MARGIN = Duration.ofSeconds(60);

    private final TokenProvider provider;
    private final Clock clock;
    private @Nullable CompletableFuture<AccessToken> present;

    TokenSource(TokenProvider provider, Clock clock) {
        this.provider = Objects.requireNonNull(provider, "provider");
        this.clock = clock;
    }

    /**
     * {@return the present token, or the one that is being asked for. Cancelling it stops this caller's waiting alone}
     */
    public CompletableFuture<AccessToken> current() {
        CompletableFuture<AccessToken> answer;
        synchronized (this) {
            if (present != null && isUsable(present)) {
                return present.copy();
            }
            answer = new CompletableFuture<>();
            present = answer;
        }
        ask(answer);
        return answer.copy();
    }

    private void ask(CompletableFuture<AccessToken> answer) {
        try {
            provider.token().whenComplete((token, failure) -> {
                if (failure != null) {
                    answer.completeExceptionally(failure);
                } else if (token == null) {
                    answer.completeExceptionally(new IllegalStateException("the token provider gave no token"));
                } else {
                    answer.complete(token);
                }
            });
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /** {@return whether a token is kept that need not be asked for} */
    public synchronized boolean hasToken() {
        return present != null && present.isDone() && isUsable(present);
    }

    private boolean isUsable(CompletableFuture<AccessToken> asked) {
        if (!asked.isDone()) {
            return true;
        }
        if (asked.isCompletedExceptionally()) {
            return false;
        }
        Instant expiry = asked.join().expiry();
        return expiry == null || clock.instant().plus(MARGIN).isBefore(expiry);
    }

    /**
     * Forgets a token that a server refused.
     *
     * @param refused the token; does nothing if another has taken its place
     */
    public synchronized void refused(AccessToken refused) {
        if (present != null && present.isDone() && !present.isCompletedExceptionally() && present.join() == refused) {
            present = null;
        }
    }
}
