package org.partyline.message;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partyline.error.ImException;

/**
 * A client has read from the account's archive what it missed while it had no connection, or what the server did not
 * deliver (XEP-0313). What it had not given to the application before, it gave in the archive's order.
 *
 * @param messages how many archived messages were read, those known before included
 * @param given how many of them the application was given
 * @param gapPossible whether something may be missing all the same: the archive has let go of where this client stood, or could
 *     not be read to its end
 * @param failure why it could not be read to its end, or null
 */
public record CatchUp(
        int messages,
        int given,
        boolean gapPossible,
        @Nullable ImException failure) {

    /** {@return why the archive could not be read to its end} */
    public Optional<ImException> cause() {
        return Optional.ofNullable(failure);
    }
}
