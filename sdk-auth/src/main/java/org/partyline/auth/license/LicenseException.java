package org.partyline.auth.license;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A license, a token or a proof that is refused, here or by a server. The message holds neither token nor key.
 *
 * @serial exclude
 */
public final class LicenseException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MAX_CODE = 64;

    private final LicenseCode code;
    private final String wireCode;
    private final @Nullable Duration retryAfter;
    private final @Nullable URI actionUrl;
    private final @Nullable String reference;

    /**
     * Describes a refusal that was found here.
     *
     * @param code why
     * @param message for people; holds neither token nor key
     */
    public LicenseException(LicenseCode code, String message) {
        this(code, code.name(), message, null, null, null);
    }

    private LicenseException(
            LicenseCode code,
            String wireCode,
            String message,
            @Nullable Duration retryAfter,
            @Nullable URI actionUrl,
            @Nullable String reference) {
        super(wireCode + ": " + message);
        this.code = code;
        this.wireCode = wireCode;
        this.retryAfter = retryAfter;
        this.actionUrl = actionUrl;
        this.reference = reference;
    }

    /**
     * {@return a refusal that a server told}
     *
     * @param wireCode the code as the server writes it: capitals, digits and underlines, at most 64; of anything else only that
     *     it is none is kept
     * @param message for people; holds neither token nor key
     */
    public static LicenseException told(String wireCode, String message) {
        boolean legal = !wireCode.isEmpty()
                && wireCode.length() <= MAX_CODE
                && wireCode.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_');
        String kept = legal ? wireCode : LicenseCode.UNKNOWN.name();
        return new LicenseException(LicenseCode.named(kept), kept, message, null, null, null);
    }

    /**
     * {@return this refusal with what helps. What is null stays as it is}
     *
     * @param retry when to try again, or null
     * @param action where a person can do something about it, or null
     * @param ticket what an operator finds the case by, or null
     */
    public LicenseException with(@Nullable Duration retry, @Nullable URI action, @Nullable String ticket) {
        String text = String.valueOf(getMessage()).substring(wireCode.length() + 2);
        LicenseException more = new LicenseException(
                code,
                wireCode,
                text,
                retry == null ? retryAfter : retry,
                action == null ? actionUrl : action,
                ticket == null ? reference : ticket);
        more.setStackTrace(getStackTrace());
        return more;
    }

    /** {@return why, or {@link LicenseCode#UNKNOWN} if a server says what this library does not know} */
    public LicenseCode code() {
        return code;
    }

    /** {@return the code as the server wrote it; the name of {@link #code()} if it is known} */
    public String wireCode() {
        return wireCode;
    }

    /** {@return whether trying the same again is of no use, before a person did something} */
    public boolean terminal() {
        return code.terminal();
    }

    /** {@return after how long to try again, if that is known} */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** {@return where a person can do something about it, if that is known} */
    public Optional<URI> actionUrl() {
        return Optional.ofNullable(actionUrl);
    }

    /** {@return what the operator finds the case by, if a server told} */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }
}
