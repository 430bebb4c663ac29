package org.partyline.transport.connection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection that could not be made, or that broke.
 *
 * @serial exclude
 */
public final class TransportException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it was: says whether trying again can help. */
    public enum Reason {
        /** The domain does not exist, or says that it offers no such service (RFC 2782). Permanent until DNS changes. */
        NO_SUCH_SERVICE,
        /** Name servers did not answer, or answered that they failed. */
        DNS_FAILED,
        /** No address accepted the connection, or none in time; or the proxy says so, or does not allow it. */
        CONNECT_FAILED,
        /** The proxy could not be connected to, or does not speak its protocol. The message names it. */
        PROXY_FAILED,
        /** The proxy asks for credentials, or refuses those that it got. Not to be retried without a change. */
        PROXY_AUTHENTICATION_FAILED,
        /** The certificate is not trusted, or is for another name. Not to be retried without a change. */
        CERTIFICATE_REJECTED,
        /** The TLS handshake failed for another reason. */
        TLS_FAILED,
        /** The peer does not speak this protocol: HTTP, say, as captive portals do. */
        NOT_XMPP,
        /** The server sent what may not stand in a stream, or more than a limit allows. */
        PROTOCOL_VIOLATION,
        /** Something did not happen in time. */
        TIMED_OUT,
        /** The connection was lost: reset, end of file, or an I/O error. */
        CONNECTION_LOST,
        /** This side closed or cancelled it. */
        CLOSED
    }

    /**
     * One endpoint that was tried.
     *
     * @param endpoint what was tried
     * @param failure why it failed
     */
    public record Attempt(Endpoint endpoint, Throwable failure) {
        @Override
        public String toString() {
            return endpoint + ": " + failure.getMessage();
        }
    }

    private final Reason reason;
    private final transient List<Attempt> attempts;

    /**
     * Describes the failure.
     *
     * @param reason the kind of failure
     * @param message what happened, for people; holds no secret
     * @param cause the cause, or null
     */
    public TransportException(Reason reason, String message, @Nullable Throwable cause) {
        this(reason, message, cause, List.of());
    }

    /**
     * Describes the failure.
     *
     * @param reason the kind of failure
     * @param message what happened, for people; holds no secret
     * @param cause the cause, or null
     * @param attempts every endpoint tried, in order, with its failure
     */
    public TransportException(Reason reason, String message, @Nullable Throwable cause, List<Attempt> attempts) {
        super(message, cause);
        this.reason = reason;
        this.attempts = List.copyOf(attempts);
    }

    /** {@return the kind of failure} */
    public Reason reason() {
        return reason;
    }

    /** {@return every endpoint that was tried, in order, with its failure; empty where connecting was not the matter} */
    public List<Attempt> attempts() {
        return attempts;
    }
}
