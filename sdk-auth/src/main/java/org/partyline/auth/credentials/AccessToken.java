package org.partyline.auth.credentials;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A bearer token of an authorization server (RFC 6750). Never shows it in {@code toString}. */
public final class AccessToken {
    private static final int MAX_LENGTH = 8 * 1024;

    private final char[] value;
    private final @Nullable Instant expiry;

    private AccessToken(char[] value, @Nullable Instant expiry) {
        this.value = value;
        this.expiry = expiry;
    }

    /**
     * {@return a token}
     *
     * @param value the token, of the characters that RFC 6750 section 2.1 allows; copied
     * @param expiry when it ends, or null if that is not known: it is then used until it is refused
     * @throws IllegalArgumentException if it is empty, over 8,192 characters, or holds a character that no token has; the
     *     message does not show it
     */
    public static AccessToken of(char[] value, @Nullable Instant expiry) {
        if (value.length == 0 || value.length > MAX_LENGTH) {
            throw new IllegalArgumentException("a token has 1 to " + MAX_LENGTH + " characters, not " + value.length);
        }
        for (char c : value) {
            boolean legal = (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || (c >= '0' && c <= '9')
                    || "-._~+/=".indexOf(c) >= 0;
            if (!legal) {
                throw new IllegalArgumentException("a character that no bearer token has (RFC 6750 section 2.1)");
            }
        }
        return new AccessToken(value.clone(), expiry);
    }

    /** {@return a copy of the token, for the caller to wipe} */
    public char[] value() {
        return value.clone();
    }

    /** {@return when it ends, or null if that is not known} */
    public @Nullable Instant expiry() {
        return expiry;
    }

    /** Overwrites the token. It cannot be used afterwards. */
    public void wipe() {
        Arrays.fill(value, '\0');
    }

    @Override
    public String toString() {
        return "AccessToken[***, expiry=" + expiry + "]";
    }
}
