package org.partyline.transport.internal.netty;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Attempt;
import org.partyline.transport.connection.TransportException.Reason;

/** Every endpoint that was tried, and what they all amount to. */
final class AttemptLog {
    /** What the user must hear of first: a rejected certificate, whatever else failed. */
    private static final List<Reason> BY_WEIGHT = List.of(
            Reason.CERTIFICATE_REJECTED,
            Reason.PROXY_AUTHENTICATION_FAILED,
            Reason.PROXY_FAILED,
            Reason.NOT_XMPP,
            Reason.PROTOCOL_VIOLATION,
            Reason.TLS_FAILED,
            Reason.TIMED_OUT,
            Reason.CONNECTION_LOST,
            Reason.CONNECT_FAILED,
            Reason.DNS_FAILED,
            Reason.NO_SUCH_SERVICE);

    private final List<Attempt> attempts = new ArrayList<>();

    void add(Endpoint endpoint, Throwable failure) {
        attempts.add(new Attempt(endpoint, failure));
    }

    /** {@return whether an address was found for any endpoint: the network and its names work} */
    boolean anyHostAnswered() {
        return attempts.stream()
                .map(AttemptLog::reason)
                .anyMatch(reason -> reason != Reason.DNS_FAILED && reason != Reason.NO_SUCH_SERVICE);
    }

    /** {@return whether the proxy itself failed, so that there is no way to any endpoint} */
    boolean endedByProxy() {
        return attempts.stream()
                .map(AttemptLog::reason)
                .anyMatch(reason -> reason == Reason.PROXY_FAILED || reason == Reason.PROXY_AUTHENTICATION_FAILED);
    }

    /**
     * {@return the failure that stands for all}
     *
     * @param reason what it is, unless a certificate was rejected; null for the weightiest of the attempts'
     * @param what the beginning of its message
     */
    TransportException summary(@Nullable Reason reason, String what) {
        for (Reason candidate : BY_WEIGHT) {
            for (Attempt attempt : attempts) {
                boolean decides = reason == null || candidate == Reason.CERTIFICATE_REJECTED || candidate == reason;
                if (decides && reason(attempt) == candidate) {
                    return new TransportException(candidate, what + ": " + attempt, attempt.failure(), attempts);
                }
            }
        }
        return new TransportException(reason == null ? Reason.CONNECT_FAILED : reason, what, null, attempts);
    }

    private static Reason reason(Attempt attempt) {
        return attempt.failure() instanceof TransportException known ? known.reason() : Reason.CONNECT_FAILED;
    }
}
