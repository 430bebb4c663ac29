package org.partyline.message;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partyline.error.ImException;

/**
 * A sent message has come further.
 *
 * @param message the message
 * @param from what it was
 * @param to what it is now
 * @param failure why, where it was refused or cancelled, or null
 */
public record DeliveryChange(
        SentMessage message,
        DeliveryState from,
        DeliveryState to,
        @Nullable ImException failure) {

    /** {@return why, where it was refused or cancelled} */
    public Optional<ImException> cause() {
        return Optional.ofNullable(failure);
    }
}
