package org.partyline.xmpp.internal.negotiation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.error.ConnectionException;
import org.partyline.error.ConnectionException.Attempt;
import org.partyline.error.ConnectionException.Reason;
import org.partyline.error.ConnectionLostException;
import org.partyline.error.ImException;
import org.partyline.error.ProtocolViolationException;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportException;

/** Turns what the transport reports into what the application is told. */
public final class ConnectFailures {
    private ConnectFailures() {}

    /**
     * {@return the failure of an attempt to connect}
     *
     * @param failure what the transport reports
     * @param endpoint what was connected to, or null if nothing was
     */
    public static ImException of(TransportException failure, @Nullable Endpoint endpoint) {
        String message = text(failure);
        if (failure.reason() == TransportException.Reason.PROTOCOL_VIOLATION) {
            return new ProtocolViolationException("connect", message, failure);
        }
        List<Attempt> attempts = new ArrayList<>();
        for (TransportException.Attempt each : failure.attempts()) {
            attempts.add(attempt(each.endpoint(), text(each.failure())));
        }
        if (attempts.isEmpty() && endpoint != null) {
            attempts.add(attempt(endpoint, message));
        }
        Reason reason = reason(failure.reason());
        return new ConnectionException(message, reason, attempts, failure, retryable(reason));
    }

    /**
     * {@return the failure of a connection that was online}
     *
     * @param failure what the transport reports, or null if the server closed it in order
     */
    public static ImException lost(@Nullable TransportException failure) {
        if (failure == null) {
            return new ConnectionLostException("stay connected", "the server closed the connection", null, true);
        }
        return failure.reason() == TransportException.Reason.PROTOCOL_VIOLATION
                ? new ProtocolViolationException("stay connected", text(failure), failure)
                : new ConnectionLostException("stay connected", text(failure), failure, true);
    }

    static Attempt attempt(Endpoint endpoint, String failure) {
        return new Attempt(endpoint.toString(), failure);
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static Reason reason(TransportException.Reason reason) {
        return switch (reason) {
            case NO_SUCH_SERVICE -> Reason.NO_SUCH_SERVICE;
            case DNS_FAILED -> Reason.DNS_FAILED;
            case PROXY_FAILED -> Reason.PROXY_FAILED;
            case PROXY_AUTHENTICATION_FAILED -> Reason.PROXY_AUTHENTICATION_FAILED;
            case CERTIFICATE_REJECTED -> Reason.CERTIFICATE_REJECTED;
            case TLS_FAILED -> Reason.TLS_FAILED;
            case NOT_XMPP, PROTOCOL_VIOLATION -> Reason.WRONG_PROTOCOL;
            case TIMED_OUT -> Reason.TIMED_OUT;
            case CONNECT_FAILED, CONNECTION_LOST, CLOSED -> Reason.UNREACHABLE;
        };
    }

    private static boolean retryable(Reason reason) {
        return reason != Reason.NO_SUCH_SERVICE
                && reason != Reason.CERTIFICATE_REJECTED
                && reason != Reason.PROXY_AUTHENTICATION_FAILED;
    }
}
