package org.partyline.session;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partyline.error.ImException;

/**
 * One change of {@link ConnectionState}.
 *
 * @param from the state before
 * @param to the state now
 * @param resumed when {@code to} is {@code ONLINE}: whether the session before was resumed, so that nothing was missed;
 *     with a durable store, the session before can be that of an earlier process
 * @param failure why, when something failed, else null
 * @param delay when {@code to} is {@code WAITING}: how long until the next attempt, else null
 */
public record StateChange(
        ConnectionState from,
        ConnectionState to,
        boolean resumed,
        @Nullable ImException failure,
        @Nullable Duration delay) {

    /** {@return why, when something failed} */
    public Optional<ImException> cause() {
        return Optional.ofNullable(failure);
    }
}
