package org.partyline.error;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * No connection could be made. Lists every endpoint that was tried, each with why it failed.
 *
 * @serial exclude
 */
public final class ConnectionException extends ImException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it was. */
    public enum Reason {
        /** The domain does not exist or offers no such service. */
        NO_SUCH_SERVICE,
        /** Name servers failed. */
        DNS_FAILED,
        /** Nobody answered at any endpoint, or the proxy says so. */
        UNREACHABLE,
        /** The proxy could not be connected to, or does not speak its protocol. */
        PROXY_FAILED,
        /** The proxy asks for credentials, or refuses those that are set. */
        PROXY_AUTHENTICATION_FAILED,
        /** The certificate is not trusted, or is for another name. */
        CERTIFICATE_REJECTED,
        /** TLS could not be established, or the server does not offer it. */
        TLS_FAILED,
        /** Something answered that is not a server of this protocol. */
        WRONG_PROTOCOL,
        /** The server did not answer in time. */
        TIMED_OUT
    }

    /**
     * One endpoint that was tried.
     *
     * @param endpoint host, port and kind
     * @param failure why it failed, for people
     */
    public record Attempt(String endpoint, String failure) implements Serializable {}

    private final Reason reason;
    private final List<Attempt> attempts;

    /**
     * Describes the failure.
     *
     * @param message what happened
     * @param reason the kind of failure
     * @param attempts every endpoint that was tried, in order
     * @param cause the cause, or null
     * @param retryable whether trying again without a change can succeed
     */
    public ConnectionException(
            String message, Reason reason, List<Attempt> attempts, @Nullable Throwable cause, boolean retryable) {
        super("connect", message, cause, retryable, null);
        this.reason = reason;
        this.attempts = List.copyOf(attempts);
    }

    /** {@return the kind of failure} */
    public Reason reason() {
        return reason;
    }

    /** {@return every endpoint that was tried, in order; empty if none was found} */
    public List<Attempt> attempts() {
        return attempts;
    }
}
