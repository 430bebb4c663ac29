package org.partyline.session;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a client tells its own server of itself at sign-in, so that the account's owner can tell devices apart (XEP-0388
 * section 2.3). Nobody else hears of it.
 *
 * @param id this installation's id, a random UUID (version 4) that the application keeps; or null: then it lasts as long as
 *     the server's token in the secret store does
 * @param software the application's name, or null
 * @param device what the user calls this device, or null
 */
public record UserAgent(
        @Nullable UUID id,
        @Nullable String software,
        @Nullable String device) {
    /** Tells of nothing. */
    public static final UserAgent ANONYMOUS = new UserAgent(null, null, null);

    private static final int MAX_LENGTH = 255;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the id is not of version 4, or a text is over 255 characters or holds a control
     *     character
     */
    public UserAgent {
        if (id != null && id.version() != 4) {
            throw new IllegalArgumentException("the id is a UUID of version " + id.version() + ", not 4");
        }
        check("software", software);
        check("device", device);
    }

    private static void check(String name, @Nullable String text) {
        if (text != null
                && (text.length() > MAX_LENGTH
                        || text.codePoints()
                                .anyMatch(c -> Character.isISOControl(c)
                                        || Character.getType(c) == Character.SURROGATE
                                        || c == 0xFFFE
                                        || c == 0xFFFF))) {
            throw new IllegalArgumentException(
                    "the " + name + " is over " + MAX_LENGTH + " characters, or holds one that XML does not carry");
        }
    }
}
